import { isUtf8 } from 'node:buffer';
import { constants, gunzipSync } from 'node:zlib';
import { fail } from '@vinculo/errors';
import { detectDecimal, detectDateOrder } from './detect-values.ts';
import { eachRecord, readCells } from './read-cells.ts';
import { recordEnds } from './split-records.ts';
import { detectEncoding, type TextEncoding } from './text-encoding.ts';

/** How a file is written. */
export interface FileOptions {
  format: 'csv' | 'xlsx' | 'jsonl' | 'parquet';
  compression: 'none' | 'gzip';
  encoding: TextEncoding;
  delimiter: string;
  /** Empty where nothing is quoted. */
  quote: string;
  header: boolean;
  decimal: ',' | '.';
  dateOrder: 'dmy' | 'mdy' | 'ymd';
  /** Of a workbook; the first that has values when not given. */
  sheet?: string;
}

/** How much of a file detection looks at. */
export const HEAD_BYTES = 256 * 1024;

const DELIMITERS = [',', ';', '\t', '|'] as const;
const SAMPLE_RECORDS = 200;

/**
 * How a file is written, from its first bytes (as they are on disk): compression, format, encoding, delimiter, quote,
 * header, decimal mark and date order.
 *
 * @throws VIN_IMPORT_EMPTY, VIN_IMPORT_FORMAT.
 */
export function detectOptions(raw: Buffer, fileName: string): FileOptions {
  const compression = raw[0] === 0x1f && raw[1] === 0x8b ? 'gzip' : 'none';
  const head = compression === 'gzip' ? inflateHead(raw, fileName) : raw;
  if (head.length === 0) throw fail('VIN_IMPORT_EMPTY', { file: fileName });

  const spreadsheet = { compression, encoding: 'utf-8', delimiter: ',', quote: '"', header: true, decimal: '.', dateOrder: 'ymd' } as const;
  if (head.subarray(0, 4).equals(ZIP)) return { ...spreadsheet, format: 'xlsx' };
  if (head.subarray(0, 4).equals(PARQUET)) return { ...spreadsheet, format: 'parquet' };

  const { encoding, mark, utf16 } = detectEncoding(head);
  const text = utf16 ? fromUtf16(head.subarray(mark), utf16) : head.subarray(mark);
  if (text.includes(0)) throw fail('VIN_IMPORT_FORMAT', { file: fileName });
  if (!/\S/.test(text.toString('latin1'))) throw fail('VIN_IMPORT_EMPTY', { file: fileName });
  if (isJsonLines(text)) {
    const lines = { ...spreadsheet, format: 'jsonl', encoding, header: false } as const;
    const values = jsonValues(text);
    return { ...lines, decimal: detectDecimal(values) ?? '.', dateOrder: detectDateOrder(values) ?? 'ymd' };
  }

  const { delimiter, quote, rows } = detectSeparators(text, encoding);
  const header = looksLikeHeader(rows);
  const values = rows.slice(header ? 1 : 0).flat();
  return {
    format: 'csv',
    compression,
    encoding,
    delimiter,
    quote,
    header,
    // A list separator of ";" is what spreadsheets use exactly where the comma is the decimal mark.
    decimal: detectDecimal(values) ?? (delimiter === ';' ? ',' : '.'),
    dateOrder: detectDateOrder(values) ?? 'dmy',
  };
}

const ZIP = Buffer.from('PK\u0003\u0004');
const PARQUET = Buffer.from('PAR1');

function inflateHead(raw: Buffer, file: string): Buffer {
  try {
    // The head is cut anywhere, so what has been decompressed so far is all there is to see.
    return gunzipSync(raw, { finishFlush: constants.Z_SYNC_FLUSH }).subarray(0, HEAD_BYTES);
  } catch (cause) {
    throw fail('VIN_IMPORT_FORMAT', { file }, cause);
  }
}

function fromUtf16(bytes: Buffer, kind: 'utf16le' | 'utf16be'): Buffer {
  const even = Buffer.from(bytes.subarray(0, bytes.length - (bytes.length % 2)));
  return Buffer.from((kind === 'utf16be' ? even.swap16() : even).toString('utf16le'));
}

function isJsonLines(text: Buffer): boolean {
  const line = text.toString('utf8').trimStart().split('\n', 1)[0]!;
  if (!line.startsWith('{')) return false;
  try {
    JSON.parse(line);
    return true;
  } catch {
    // The head may hold only part of a very long first line.
    return text.indexOf(10) === -1 && isUtf8(text.subarray(0, text.length - 4)) && /^\{\s*"/.test(line);
  }
}

function jsonValues(text: Buffer): string[] {
  const values: string[] = [];
  for (const line of text.toString('utf8').split('\n').slice(0, SAMPLE_RECORDS)) {
    try {
      for (const value of Object.values(JSON.parse(line) as object)) if (typeof value === 'string') values.push(value);
    } catch {
      // A line that is not JSON is counted when the file is checked; here it says nothing.
    }
  }
  return values;
}

/** The separators under which the rows agree most on how many columns there are. */
function detectSeparators(text: Buffer, encoding: TextEncoding): { delimiter: string; quote: string; rows: string[][] } {
  const quote = singleQuoted(text) ? "'" : '"';
  const tries = DELIMITERS.map((delimiter) => {
    const rows = readSample(text, encoding, delimiter, quote);
    const columns = rows[0]?.length ?? 0;
    const agreeing = rows.filter((row) => row.length === columns).length / Math.max(rows.length, 1);
    return { delimiter, rows, score: columns < 2 ? 0 : agreeing + Math.min(columns, 50) / 500 };
  });
  const best = tries.reduce((a, b) => (b.score > a.score ? b : a));
  return { delimiter: best.delimiter, quote, rows: best.rows };
}

function readSample(text: Buffer, encoding: TextEncoding, delimiter: string, quote: string): string[][] {
  const all = recordEnds(text, { delimiter: delimiter.charCodeAt(0), quote: quote.charCodeAt(0) }, false);
  // The last record of a head is usually torn; of a short file it may be all there is.
  if (all.length === 0 || (text.length < HEAD_BYTES - 8 && all.at(-1) !== text.length)) all.push(text.length);
  const ends = all.slice(0, SAMPLE_RECORDS);
  const rows: string[][] = [];
  eachRecord({ bytes: text, ends: Uint32Array.from(ends), firstRecord: 0, endByte: 0 }, encoding, (record) => {
    const cells = record === '' ? undefined : readCells(record, delimiter, quote);
    if (cells) rows.push(cells);
  });
  return rows;
}

function singleQuoted(text: Buffer): boolean {
  const sample = text.toString('latin1');
  const wrapped = sample.match(/(^|[,;\t|\n])'[^'\n]*'(?=[,;\t|\r\n])/g)?.length ?? 0;
  const lines = sample.split('\n').length;
  return !sample.includes('"') && wrapped > lines / 2;
}

/** A first row that names columns: no value of it is data, and no two are the same: “ID” and “id” are two. */
function looksLikeHeader(rows: string[][]): boolean {
  const first = (rows[0] ?? []).map((cell) => cell.trim()).filter((cell) => cell !== '');
  if (first.length === 0 || first.some((cell) => DATA.test(cell) || cell.includes('@'))) return false;
  return new Set(first).size === first.length;
}

/** A number, an amount, a date, a phone, a card or an id: nobody names a column like that. */
const DATA = /^[+(-]?\d[\d\s.,:/()+-]*[€$%A-Za-z]?$/;
