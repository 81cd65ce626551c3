// One stretch of a read: from where the last ended to where the next begins, as one file for an import.
import { createHash } from 'node:crypto';
import { compareCursors } from './places/http.ts';
import type { Column, Row } from './places/place.ts';

export interface StretchOf {
  columns: readonly Column[];
  /** Column that it advances by; none where everything is read each time. */
  cursor?: string;
  /** Rows come in the order of the cursor, so the read can be cut in two wherever its value changes. */
  ordered: boolean;
  /** Fingerprints of the rows that the last read ended with. */
  known: ReadonlySet<string>;
  /** Rows after which it ends, at the next change of the cursor. */
  most: number;
  /** How far the last read came. */
  reached?: string;
  now: Date;
}

export interface StretchEnd {
  /** Rows it holds. */
  rows: number;
  /** How far it came; undefined where no row had a value. */
  cursor?: string;
  /** Fingerprints of the rows at its end. */
  seen: string[];
  /** The place has more. */
  more: boolean;
}

export interface Stretch {
  /** Reads as far as the first row that was not there before; false when there is none, and then `end` says how many there were. */
  look(): Promise<boolean>;
  /** The rows as CSV with a header; to be read once. */
  csv(): AsyncGenerator<string>;
  end(): StretchEnd;
}

/** Rows whose fingerprints are kept: those that a read meets again when it begins a little before the cursor. */
const REMEMBERED = 5_000;
/** A clock may be wrong by a day; a date in the next century is a slip that must not put the cursor past everything to come. */
const AHEAD_MS = 86_400_000;

export const fingerprint = (row: Row): string => createHash('md5').update(row.join('\u0000')).digest('base64url').slice(0, 16);

export function openStretch(batches: AsyncGenerator<Row[]>, of: StretchOf): Stretch {
  const { columns, known, ordered, most } = of;
  const at = of.cursor === undefined ? -1 : columns.findIndex(({ name }) => name === of.cursor);
  const isTime = columns[at]?.grows === 'time';
  const latest = of.now.getTime() + AHEAD_MS;
  const tooFar = (value: string) => isTime && Date.parse(value) > latest;

  const looked: Row[] = [];
  let rows = 0;
  let cursor = of.reached;
  let tail: Row[] = [];
  let more = false;
  let previous: string | undefined;

  const note = (row: Row) => {
    rows++;
    if (at < 0) return;
    const value = row[at]!;
    if (ordered) {
      if (value !== '' && !tooFar(value)) cursor = value;
      tail.push(row);
      // Cut now and then only: a ring would be quicker still and say less.
      if (tail.length > 2 * REMEMBERED) tail = tail.slice(-REMEMBERED);
    } else if (value !== '' && !tooFar(value)) {
      const order = cursor === undefined ? 1 : compareCursors(value, cursor);
      if (order > 0) {
        cursor = value;
        tail = [];
      }
      if (order >= 0 && tail.length < REMEMBERED) tail.push(row);
    }
  };
  /** Whether the stretch is long enough and the next row begins another value, one that the next read will not begin before. */
  const ends = (row: Row) => {
    const value = row[at]!;
    const changes = previous !== undefined && value !== previous;
    previous = value;
    return ordered && at >= 0 && rows >= most && changes && !tooFar(value) && cursor !== of.reached;
  };

  return {
    async look() {
      for (;;) {
        const { value: batch, done } = await batches.next();
        if (done) break;
        looked.push(...batch);
        if (at < 0 || batch.some((row) => !known.has(fingerprint(row)))) return true;
      }
      for (const row of looked) note(row);
      return false;
    },
    async *csv() {
      yield `${columns.map(({ name }) => cell(name)).join(',')}\n`;
      const all = (async function* () {
        if (looked.length > 0) yield looked.splice(0);
        yield* batches;
      })();
      for await (const batch of all) {
        let text = '';
        for (const row of batch) {
          if (ends(row)) {
            more = true;
            break;
          }
          note(row);
          text += `${row.map((value, i) => cell(value === '' ? '' : value + (columns[i]!.suffix ?? ''))).join(',')}\n`;
        }
        if (text !== '') yield text;
        if (more) return;
      }
    },
    end: () => ({ rows, ...(cursor === undefined ? {} : { cursor }), seen: at < 0 ? [] : tail.slice(-REMEMBERED).map(fingerprint), more }),
  };
}

/** A cell of RFC 4180. A character that no text may hold is left out. */
function cell(value: string): string {
  const clean = value.includes('\0') ? value.replaceAll('\0', '') : value;
  return /[",\r\n]/.test(clean) ? `"${clean.replaceAll('"', '""')}"` : clean;
}

/** How the file of a stretch is written; nothing about it has to be guessed. */
export const STRETCH_OPTIONS = {
  format: 'csv',
  compression: 'none',
  encoding: 'utf-8',
  delimiter: ',',
  quote: '"',
  header: true,
  decimal: '.',
  dateOrder: 'ymd',
} as const;
