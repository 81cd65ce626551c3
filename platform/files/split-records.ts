/** Whole records of a text file, cut out of its bytes but not yet read. */
export interface RecordBlock {
  bytes: Buffer;
  /** Where each record ends in `bytes`, its line end included: the next begins there. */
  ends: Uint32Array<ArrayBuffer>;
  /** Number of the first record in the file, counted from 0. */
  firstRecord: number;
  /** Bytes of the stream up to the end of this block: an import goes on from here. */
  endByte: number;
}

export interface SplitOptions {
  /** One ASCII character; empty where a line is a record whatever it holds (JSON lines). */
  delimiter: string;
  /** One ASCII character; empty where nothing is quoted. */
  quote: string;
  /** A block is at least this long unless it is the last. */
  blockBytes?: number;
  /** Where the stream given begins, when an import goes on. */
  startByte?: number;
  startRecord?: number;
}

/** A quoted value longer than this was never closed: somebody typed a lone quote. */
const LONGEST_RECORD = 256 * 1024;
const NEWLINE = 10;
const RETURN = 13;

/**
 * Cuts a stream of bytes, in any encoding that contains ASCII, into blocks of whole records as RFC 4180 has them:
 * line ends inside quotes belong to the value. A record with a broken quote is its first line alone, so one bad line
 * never swallows the good ones after it.
 */
export async function* splitRecords(source: AsyncIterable<Buffer>, options: SplitOptions): AsyncGenerator<RecordBlock> {
  const { delimiter, quote, blockBytes = 4 << 20 } = options;
  const scan: Scan = { delimiter: delimiter === '' ? -1 : delimiter.charCodeAt(0), quote: quote === '' ? -1 : quote.charCodeAt(0) };
  let record = options.startRecord ?? 0;
  let byte = options.startByte ?? 0;
  let parts: Buffer[] = [];
  let length = 0;

  const cut = (final: boolean): RecordBlock | undefined => {
    const bytes = parts.length === 1 ? parts[0]! : Buffer.concat(parts, length);
    const ends = recordEnds(bytes, scan, final);
    const used = ends.at(-1) ?? 0;
    parts = used < bytes.length ? [bytes.subarray(used)] : [];
    length -= used;
    if (ends.length === 0) return undefined;
    byte += used;
    const block = { bytes: bytes.subarray(0, used), ends: Uint32Array.from(ends), firstRecord: record, endByte: byte };
    record += ends.length;
    return block;
  };

  let wanted = blockBytes;
  for await (const part of source) {
    parts.push(part);
    length += part.length;
    if (length < wanted) continue;
    const block = cut(false);
    // A record longer than a block: wait for twice as much, so that it is not scanned again with every part.
    wanted = block ? blockBytes : length * 2;
    if (block) yield block;
  }
  if (length > 0) {
    const block = cut(true);
    if (block) yield block;
  }
}

interface Scan {
  delimiter: number;
  quote: number;
}

/** The end of each whole record in `bytes`. With `final` the last record needs no line end. */
export function recordEnds(bytes: Buffer, scan: Scan, final: boolean): number[] {
  const ends: number[] = [];
  const plain = scan.quote === -1 || bytes.indexOf(scan.quote) === -1;
  let start = 0;
  while (start < bytes.length) {
    const end = plain ? lineEnd(bytes, start) : recordEnd(bytes, start, scan, final);
    if (end === -1) {
      if (final) ends.push(bytes.length);
      break;
    }
    ends.push(end);
    start = end;
  }
  return ends;
}

/** After the next line end, or -1 if there is none. */
function lineEnd(bytes: Buffer, start: number): number {
  return bytes.indexOf(NEWLINE, start) + 1 || -1;
}

function recordEnd(bytes: Buffer, start: number, { delimiter, quote }: Scan, final: boolean): number {
  const length = bytes.length;
  let i = start;
  for (;;) {
    if (bytes[i] === quote) {
      i = afterQuoted(bytes, i + 1, quote);
      if (i === -1) {
        const given = length - start;
        return final || given > LONGEST_RECORD ? firstLine(bytes, start) : -1;
      }
      if (i === length) return -1;
      const next = bytes[i]!;
      if (next === NEWLINE) return i + 1;
      if (next === RETURN && i + 1 === length) return -1;
      if (next === RETURN && bytes[i + 1] === NEWLINE) return i + 2;
      if (next !== delimiter) return firstLine(bytes, start);
      i++;
    } else {
      while (i < length && bytes[i] !== delimiter && bytes[i] !== NEWLINE) i++;
      if (i === length) return -1;
      if (bytes[i] === NEWLINE) return i + 1;
      i++;
    }
    if (i === length) return -1;
  }
}

/** The first line as a record of its own; the whole rest where it has no line end. */
function firstLine(bytes: Buffer, start: number): number {
  const end = lineEnd(bytes, start);
  return end === -1 ? bytes.length : end;
}

/** Where the quoted value that began before `i` has ended (after its closing quote), or -1. Doubled quotes belong to it. */
function afterQuoted(bytes: Buffer, i: number, quote: number): number {
  for (; i < bytes.length; i++) {
    if (bytes[i] !== quote) continue;
    if (bytes[i + 1] === quote) i++;
    else return i + 1;
  }
  return -1;
}
