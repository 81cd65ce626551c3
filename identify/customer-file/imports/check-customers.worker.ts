import { eachRecord, type TableFile } from '@vinculo/files';
import type { CountryCode, DateOrder } from '@vinculo/normalise';
import { move, transferableSymbol, valueSymbol } from 'piscina';
import type { Corrections } from '../records/corrections.ts';
import { MATCH_FIELDS, normaliseRecord } from '../records/normalise-record.ts';
import { storableText, withoutNul } from '../records/storable-text.ts';
import { cellsOf } from './check-facts.worker.ts';
import { customerKey } from './customer-key.ts';
import { growing } from './growing-buffer.ts';
import { rawRow, type RowError } from './row-error.ts';

export interface NormaliseBlock {
  bytes: Uint8Array<ArrayBuffer>;
  ends: Uint32Array<ArrayBuffer>;
  firstRecord: number;
  table: TableFile;
  /** The field of each column, null where it is ignored. */
  fields: (string | null)[];
  country: CountryCode;
  dateOrder: DateOrder;
  /** What people put right in whatever this source says. */
  corrections: Corrections;
}

export interface NormalisedBlock {
  /** TabSeparated for the warehouse: {@link STAGED_COLUMNS}. */
  body: Uint8Array<ArrayBuffer>;
  rows: number;
  errors: RowError[];
}

export const STAGED_COLUMNS = ['row', 'key', 'kind', 'raw', 'traits', ...MATCH_FIELDS, 'filled', 'invalid'];

/** Lines are turned into bytes in handfuls: kept as strings until the end of the block they would outlive every young garbage collection. */
const HANDFUL = 64;

/** Reads and normalises a block of customers. */
export function normaliseCustomers(block: NormaliseBlock): NormalisedBlock {
  const { table, fields, country, dateOrder, corrections } = block;
  const bytes = Buffer.from(block.bytes.buffer, block.bytes.byteOffset, block.bytes.byteLength);
  const used = fields.flatMap((field, column) => (field ? [{ field, column }] : []));
  const keyed = used.some(({ field }) => field === 'key');
  const keyColumn = table.columns[used.find(({ field }) => field === 'key')?.column ?? 0] ?? '';
  const errors: RowError[] = [];
  const out = growing(bytes.length * 4);
  const storable = table.format === 'jsonl' ? storableText : withoutNul;
  let lines = '';
  let rows = 0;

  eachRecord({ bytes, ends: block.ends, firstRecord: block.firstRecord, endByte: 0 }, table.encoding, (text, record) => {
    if (record <= table.headerRecord || text.trim() === '') return;
    rows++;
    const row = record + 1;
    const cells = cellsOf(text, table);
    if (!Array.isArray(cells)) {
      errors.push({ row, column: '', value: text.slice(0, 200), reason: cells, raw: rawRow(table.columns, [text]) });
      return;
    }
    const raw: Record<string, string> = {};
    for (const { field, column } of used) {
      const value = storable(cells[column]!.trim());
      if (value !== '') raw[field] = value;
    }
    const key = customerKey(raw, keyed);
    if (key === undefined) {
      errors.push({ row, column: keyColumn, value: '', reason: 'required', raw: rawRow(table.columns, cells) });
      return;
    }
    const { kind, traits, match, filled, invalid } = normaliseRecord(raw, { country, dateOrder, corrections });
    lines += `${row}\t${tab(key)}\t${kind}\t${json(raw)}\t${json(traits)}`;
    for (const field of MATCH_FIELDS) lines += `\t${match[field]}`;
    lines += `\t${filled}\t${invalid}\n`;
    if (rows % HANDFUL > 0) return;
    out.text(lines);
    lines = '';
  });
  out.text(lines);
  return { body: out.done(), rows, errors };
}

/** In a thread: the body goes back without being copied. */
export default function inThread(block: NormaliseBlock): NormalisedBlock {
  const made = normaliseCustomers(block);
  return move({ ...made, [transferableSymbol]: [made.body.buffer], [valueSymbol]: made } as never) as unknown as NormalisedBlock;
}

/** JSON as a TabSeparated value: of what the format escapes it holds only backslashes. */
function json(value: object): string {
  const text = JSON.stringify(value);
  return text.includes('\\') ? text.replaceAll('\\', '\\\\') : text;
}

const ESCAPES: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

function tab(value: string): string {
  return /[\\\t\n\r]/.test(value) ? value.replace(/[\\\t\n\r]/g, (char) => ESCAPES[char]!) : value;
}
