import { hash } from 'node:crypto';
import type { CountryCode, DateOrder } from '@vinculo/normalise';
import { recordId } from '@vinculo/postgres';
import { move, transferableSymbol, valueSymbol } from 'piscina';
import { MATCH_FIELDS, normaliseRecord } from '../records/normalise-record.ts';
import { cellsOf } from './check-facts.worker.ts';
import { eachRecord } from './file/read-cells.ts';
import type { TableFile } from './file/table-file.ts';
import { customerKey } from './customer-key.ts';
import { rawRow, type RowError } from './row-error.ts';

export interface NormaliseBlock {
  bytes: Uint8Array<ArrayBuffer>;
  ends: Uint32Array<ArrayBuffer>;
  firstRecord: number;
  table: TableFile;
  /** The field of each column, null where it is ignored. */
  fields: (string | null)[];
  sourceId: string;
  country: CountryCode;
  dateOrder: DateOrder;
}

export interface NormalisedBlock {
  /** TabSeparated for the warehouse: {@link STAGED_COLUMNS}. */
  body: Uint8Array<ArrayBuffer>;
  rows: number;
  errors: RowError[];
}

export const STAGED_COLUMNS = ['row', 'id', 'key', 'kind', 'raw', 'traits', 'hash', ...MATCH_FIELDS, 'filled', 'invalid'];

/** Reads and normalises a block of customers. */
export function normaliseCustomers(block: NormaliseBlock): NormalisedBlock {
  const { table, fields, sourceId, country, dateOrder } = block;
  const bytes = Buffer.from(block.bytes.buffer, block.bytes.byteOffset, block.bytes.byteLength);
  const used = fields.flatMap((field, column) => (field ? [{ field, column }] : []));
  const keyColumn = table.columns[used.find(({ field }) => field === 'key')?.column ?? 0] ?? '';
  const errors: RowError[] = [];
  const parts: string[] = [];
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
    const key = customerKey(raw);
    if (key === undefined) {
      errors.push({ row, column: keyColumn, value: '', reason: 'required', raw: rawRow(table.columns, cells) });
      return;
    }
    const { kind, traits, match, filled, invalid } = normaliseRecord(raw, { country, dateOrder });
    const json = JSON.stringify(raw);
    let line = `${row}\t${recordId(sourceId, key)}\t${tab(key)}\t${kind}\t${tab(json)}\t${tab(JSON.stringify(traits))}\t${contentHash(json)}`;
    for (const field of MATCH_FIELDS) line += `\t${match[field]}`;
    parts.push(`${line}\t${filled}\t${invalid}\n`);
  });
  const encoded = new TextEncoder().encode(parts.join(''));
  return { body: encoded as Uint8Array<ArrayBuffer>, rows, errors };
}

/** In a thread: the body goes back without being copied. */
export default function inThread(block: NormaliseBlock): NormalisedBlock {
  const made = normaliseCustomers(block);
  return move({ ...made, [transferableSymbol]: [made.body.buffer], [valueSymbol]: made } as never) as unknown as NormalisedBlock;
}

/** Neither store keeps NUL, and Postgres no half of a surrogate pair. */
function storable(value: string): string {
  const whole = value.includes('\0') ? value.replaceAll('\0', '') : value;
  return whole.replace(LONE_SURROGATE, '\ufffd');
}
const LONE_SURROGATE = /\p{Surrogate}/gu;

/** 64 bits of the row's content as Postgres's bigint has them. */
function contentHash(json: string): string {
  return BigInt.asIntN(64, BigInt(`0x${hash('md5', json).slice(0, 16)}`)).toString();
}

// oxlint-disable-next-line no-control-regex -- exactly what the format escapes
const SPECIAL = /[\\\t\n\r]/;
const ESCAPES: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

function tab(value: string): string {
  return SPECIAL.test(value) ? value.replace(/[\\\t\n\r]/g, (char) => ESCAPES[char]!) : value;
}
