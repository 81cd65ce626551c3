import { Readable } from 'node:stream';
import type { Sample, SampleRow } from '@vinculo/files';
import type { Context } from '@vinculo/http';
import type { CountryCode } from '@vinculo/normalise';
import { newId } from '@vinculo/postgres';
import type { z } from 'zod';
import type { Preview, PreviewRequest } from '../api/imports.ts';
import { shownRecord } from '../records/shown-record.ts';
import { factDelimiter, misshapen, prepareFacts } from './check-facts.worker.ts';
import { fieldsByColumn } from './customers/check-customers.ts';
import { customerKey } from './customer-key.ts';
import { readingOf } from './facts/check-facts.ts';
import { FACT_KINDS, type FactKind, type FactKindName } from './facts/fact-kinds.ts';
import { fieldsOf } from './facts/fields.ts';
import { createStaging, dropStaging, stagingInput, stagingName, stagingSettings } from './facts/staging.ts';
import { openUpload } from './inspect-upload.ts';
import { missingFields } from './kinds.ts';
import { findSource } from './sources.ts';
import { readUpload } from './uploads.ts';

type Row = z.infer<typeof Preview>['rows'][number];

const ROWS = 50;

/** The first rows as they would be taken in, without taking them in: every value as read, beside how it came. */
export async function previewImport(context: Context, request: z.output<typeof PreviewRequest>): Promise<z.infer<typeof Preview>> {
  const { kind, columns, options, sourceId } = request;
  const upload = await readUpload(context.config, request.uploadId);
  const source = sourceId ? await findSource(context.store, sourceId) : undefined;
  const sample = await openUpload(context, { ...upload, options });
  const shown = { ...sample, rows: sample.rows.slice(0, ROWS) };
  const country = (source?.country ?? request.country) as CountryCode;
  const rows =
    kind === 'customers'
      ? shown.rows.map((row) => customerRow(row, fieldsByColumn(sample.table, columns), { country, dateOrder: options.dateOrder }))
      : await factRows(context, kind, shown, request);
  const cells = new Map(shown.rows.map((row) => [row.row, row.cells]));
  return {
    rows: rows.map((row) => rejectMisshapen(row, misshapen(cells.get(row.row)!, sample.table.columns.length))),
    missing: missingFields(kind, columns),
  };
}

/** A row with more or fewer cells than the header has columns will not be taken; said at its first cell. */
function rejectMisshapen(row: Row, problem: string | undefined): Row {
  if (!problem) return row;
  return { ...row, rejected: true, cells: row.cells.map((cell, i) => (i === 0 ? { ...cell, problem } : cell)) };
}

function customerRow({ row, cells }: SampleRow, fields: (string | null)[], how: Parameters<typeof shownRecord>[1]): Row {
  const raw: Record<string, string> = {};
  fields.forEach((field, i) => {
    const value = cells[i]?.trim();
    if (field && value) raw[field] = value;
  });
  const rejected = customerKey(raw, fields.includes('key')) === undefined;
  const shown = shownRecord(raw, how);
  const known = fields.flatMap((field, i) => {
    if (!field) return [];
    const { value, problem } = shown[field] ?? { value: '', problem: null };
    return [{ field, raw: cells[i] ?? '', value, problem: rejected && field === 'key' ? 'required' : problem }];
  });
  return { row, cells: known, rejected };
}

/** Where the value of a field is found once it has been read; fields that only help to read others show as they came. */
const READ_AS: Record<string, string> = { product_name: 'name', campaign_name: 'name', campaign_kind: 'kind', unit_price: 'amount' };

/** Facts are read by the warehouse, so it is the warehouse that shows how. */
async function factRows(
  context: Context,
  kind: FactKindName,
  { table, rows }: Sample,
  { columns, options, sourceId }: z.output<typeof PreviewRequest>,
): Promise<Row[]> {
  const { warehouse } = context;
  const reading = await readingOf(context, table, sourceId ?? '00000000-0000-8000-8000-000000000000', columns, options);
  const { columns: columnsOf }: FactKind = FACT_KINDS[kind];
  const read = columnsOf(fieldsOf(reading));
  const typed = new Set(read.map(({ name }) => name));
  const staging = stagingName(newId());
  await createStaging(warehouse, staging, kind, table.columns, reading);
  try {
    const quoted = rows
      .map(({ cells }) => table.columns.map((_, i) => `"${(cells[i] ?? '').replaceAll('"', '""')}"`).join(','))
      .map((line) => `${line}\n`);
    const ends = new Uint32Array(rows.length);
    let length = 0;
    quoted.forEach((line, i) => {
      length += Buffer.byteLength(line);
      ends[i] = length;
    });
    const csv = { ...table, format: 'csv', delimiter: ',', quote: '"', encoding: 'utf-8', headerRecord: -1 } as const;
    const { body } = prepareFacts({ bytes: new Uint8Array(Buffer.from(quoted.join(''))), ends, firstRecord: 0, table: csv });
    await warehouse.insertStream(
      stagingInput(staging, table.columns),
      Readable.from([Buffer.from(body)]),
      'CSV',
      stagingSettings(factDelimiter(csv)),
    );
    const values = read.map(({ name, type }) => `'${name}', ${shownSql(name, type, reading.timeZone)}`).join(', ');
    const made = await warehouse.rows<{
      row: number;
      values: Record<string, string>;
      errors: { column: string; reason: string }[];
      wrong: number;
    }>(`select row, map(${values}) as values, errors, wrong from ${staging} order by row`);
    return made.map(({ row, values, errors, wrong }) => {
      const sample = rows[row - 1]!;
      const cells = table.columns.flatMap((column, i) => {
        const field = columns[column];
        if (!field) return [];
        const raw = sample.cells[i] ?? '';
        const name = READ_AS[field] ?? field;
        const problem = errors.find((error) => error.column === column)?.reason ?? null;
        return [{ field, raw, value: problem ? '' : typed.has(name) ? (values[name] ?? '') : raw.trim(), problem }];
      });
      return { row: sample.row, cells, rejected: wrong === 1 };
    });
  } finally {
    await dropStaging(warehouse, staging);
  }
}

/** A value as people write it; times in the zone of the business, midnight as the day it begins. */
function shownSql(name: string, type: string, timeZone: string): string {
  if (!type.includes('DateTime')) return `ifNull(toString(${name}), '')`;
  return `replaceOne(ifNull(toString(toTimeZone(${name}, '${timeZone}')), ''), ' 00:00:00', '')`;
}
