import { isAscii, isUtf8 } from 'node:buffer';
import { jsonCells, readCells, recordText, type TableFile } from '@vinculo/files';
import { move, transferableSymbol, valueSymbol } from 'piscina';
import { growing } from './growing-buffer.ts';
import { rawRow, type RowError } from './row-error.ts';

export interface PrepareFacts {
  bytes: Uint8Array<ArrayBuffer>;
  ends: Uint32Array<ArrayBuffer>;
  firstRecord: number;
  table: TableFile;
}

export interface FactBlock {
  /** CSV for the warehouse: the row number, then every column. UTF-8, the delimiter of {@link factDelimiter}. */
  body: Uint8Array<ArrayBuffer>;
  /** Rows read, the rejected included; empty lines are none. */
  rows: number;
  errors: RowError[];
}

const QUOTE = 34;
const NEWLINE = 10;

/** What separates the columns of what {@link prepareFacts} makes. */
export function factDelimiter(table: Pick<TableFile, 'format' | 'delimiter'>): string {
  return table.format === 'csv' ? table.delimiter : ',';
}

/**
 * Puts the number of each row before it, so that the warehouse's own parser can do the rest, many times faster than
 * JavaScript could. Rows that it would read differently, or not at all, are written anew or rejected here.
 */
export function prepareFacts(block: PrepareFacts): FactBlock {
  const { table, ends, firstRecord } = block;
  const bytes = Buffer.from(block.bytes.buffer, block.bytes.byteOffset, block.bytes.byteLength);
  const delimiter = factDelimiter(table);
  const separator = delimiter.charCodeAt(0);
  const asIs = table.format === 'csv' && (table.quote === '"' || !bytes.includes('"')) && fitsUtf8(bytes, table.encoding);
  const out = growing(bytes.length + ends.length * 10);
  const errors: RowError[] = [];
  let rows = 0;
  let start = 0;
  for (let i = 0; i < ends.length; i++) {
    const from = start;
    const end = ends[i]!;
    start = end;
    const record = firstRecord + i;
    if (record <= table.headerRecord || isBlank(bytes, from, end)) continue;
    rows++;
    const row = record + 1;
    if (asIs && countColumns(bytes, from, end, separator) === table.columns.length) {
      out.row(row, separator);
      out.copy(bytes, from, end);
      continue;
    }
    const cells = cellsOf(recordText(bytes, from, end, table.encoding), table);
    if (Array.isArray(cells)) out.text(`${row}${delimiter}${cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(delimiter)}\n`);
    else {
      const text = recordText(bytes, from, end, table.encoding);
      errors.push({ row, column: '', value: text.slice(0, 200), reason: cells, raw: rawRow(table.columns, [text]) });
    }
  }
  return { body: out.done(), rows, errors };
}

/** In a thread: the body goes back without being copied. */
export default function inThread(block: PrepareFacts): FactBlock {
  const made = prepareFacts(block);
  const movable = { ...made, [transferableSymbol]: [made.body.buffer], [valueSymbol]: made };
  return move(movable as never) as unknown as FactBlock;
}

/** The cells of a row, one for each column, or the reason why there are none. */
export function cellsOf(text: string, table: TableFile): string[] | 'broken_quotes' | 'not_json' | 'too_many_columns' | 'too_few_columns' {
  const { columns, format, delimiter, quote } = table;
  if (format === 'jsonl') {
    const fields = jsonCells(text);
    return fields ? columns.map((name) => fields.get(name) ?? '') : 'not_json';
  }
  const cells = readCells(text, delimiter, quote);
  if (!cells) return 'broken_quotes';
  if (cells.length === columns.length) return cells;
  return misshapen(cells, columns.length) ?? cells.slice(0, columns.length);
}

/** Why a row does not fit its header, if it does not. */
export function misshapen(cells: readonly string[], columns: number): 'too_many_columns' | 'too_few_columns' | undefined {
  if (cells.length < columns) return 'too_few_columns';
  // Spreadsheets leave separators behind the last column; only values there are a mistake.
  return cells.slice(columns).every((cell) => cell.trim() === '') ? undefined : 'too_many_columns';
}

function fitsUtf8(bytes: Buffer, encoding: TableFile['encoding']): boolean {
  return encoding === 'utf-8' ? isUtf8(bytes) : isAscii(bytes);
}

function isBlank(bytes: Buffer, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (bytes[i]! > 32) return false;
  return true;
}

/** How many columns a record has, or -1 where its quotes are not as RFC 4180 has them. */
function countColumns(bytes: Buffer, start: number, end: number, delimiter: number): number {
  let columns = 1;
  let i = start;
  while (i < end) {
    if (bytes[i] === QUOTE) {
      for (i++; ; i++) {
        if (i >= end) return -1;
        if (bytes[i] !== QUOTE) continue;
        if (bytes[i + 1] === QUOTE && i + 1 < end) i++;
        else break;
      }
      i++;
      if (i >= end || bytes[i] === NEWLINE || bytes[i] === 13) return columns;
      if (bytes[i] !== delimiter) return -1;
    } else {
      while (i < end && bytes[i] !== delimiter) i++;
      if (i >= end) return columns;
    }
    columns++;
    i++;
  }
  return columns;
}
