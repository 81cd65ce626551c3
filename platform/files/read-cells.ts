import { isUtf8 } from 'node:buffer';
import { type TextEncoding, UTF8_CHARACTER } from './text-encoding.ts';
import type { RecordBlock } from './split-records.ts';

/**
 * The text of one record without its line end. Bytes that are not the UTF-8 they claim to be are read as Windows-1252, the
 * others of the record as UTF-8: files glued together from two systems are common, and that is what the other system wrote.
 */
export function recordText(bytes: Buffer, start: number, end: number, encoding: TextEncoding): string {
  if (end > start && bytes[end - 1] === 10) end--;
  if (end > start && bytes[end - 1] === 13) end--;
  if (encoding === 'latin1') return bytes.toString('latin1', start, end);
  if (encoding === 'windows-1252') return decodeWindows1252(bytes, start, end);
  const text = bytes.toString('utf8', start, end);
  if (text.includes('\ufffd') && !isUtf8(bytes.subarray(start, end))) return decodeMixed(bytes, start, end);
  return text;
}

/** What 0x80 to 0x9f stand for in Windows-1252; the five unused ones stay control characters, as browsers do. */
const WINDOWS_1252 =
  '\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178';
// oxlint-disable-next-line no-control-regex -- the very characters that need another reading
const CONTROL = /[\u0080-\u009f]/g;

function decodeWindows1252(bytes: Buffer, start: number, end: number): string {
  return bytes.toString('latin1', start, end).replace(CONTROL, (char) => WINDOWS_1252[char.charCodeAt(0) - 0x80]!);
}

function decodeMixed(bytes: Buffer, start: number, end: number): string {
  const text = bytes.toString('latin1', start, end);
  let decoded = '';
  let from = 0;
  const strays = (until: number) => text.slice(from, until).replace(CONTROL, (char) => WINDOWS_1252[char.charCodeAt(0) - 0x80]!);
  for (const match of text.matchAll(UTF8_CHARACTER)) {
    decoded += strays(match.index) + Buffer.from(match[0], 'latin1').toString('utf8');
    from = match.index + match[0].length;
  }
  return decoded + strays(text.length);
}

/** The values of a record, or `undefined` where its quotes are broken. A value keeps its inner line ends and spaces. */
export function readCells(text: string, delimiter: string, quote: string): string[] | undefined {
  if (quote === '' || !text.includes(quote)) return text.split(delimiter);
  const cells: string[] = [];
  let i = 0;
  for (;;) {
    if (text[i] === quote) {
      let value = '';
      let from = i + 1;
      for (;;) {
        const close = text.indexOf(quote, from);
        if (close === -1) return undefined;
        value += text.slice(from, close);
        if (text[close + 1] !== quote) {
          i = close + 1;
          break;
        }
        value += quote;
        from = close + 2;
      }
      cells.push(value);
      if (i === text.length) return cells;
      if (text[i] !== delimiter) return undefined;
      i++;
    } else {
      const end = text.indexOf(delimiter, i);
      if (end === -1) {
        cells.push(text.slice(i));
        return cells;
      }
      cells.push(text.slice(i, end));
      i = end + 1;
    }
  }
}

/** Calls `each` with the text of every record of a block and its number in the file, counted from 0. */
export function eachRecord(block: RecordBlock, encoding: TextEncoding, each: (text: string, record: number) => void): void {
  let start = 0;
  for (let i = 0; i < block.ends.length; i++) {
    const end = block.ends[i]!;
    each(recordText(block.bytes, start, end, encoding), block.firstRecord + i);
    start = end;
  }
}
