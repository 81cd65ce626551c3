import type { FileOptions as Options, TableFile } from '@vinculo/files';
import type { Context } from '@vinculo/http';
import type { Warehouse } from '@vinculo/warehouse';
import { factDelimiter } from '../check-facts.worker.ts';
import type { Check } from '../checking.ts';
import { inWorker } from '../threads.ts';
import type { ColumnMapping } from '../import-run.ts';
import type { FactKindName } from './fact-kinds.ts';
import type { Reading } from './fields.ts';
import { createStaging, stagingInput, stagingName, stagingSettings } from './staging.ts';

/** What reading a file of facts depends on, from its mapping, its options and the company's own settings. */
export async function readingOf(
  { settings }: Pick<Context, 'settings'>,
  table: TableFile,
  sourceId: string,
  columns: ColumnMapping,
  options: Options,
  { whole = true, customersOf, numbersOnly }: Partial<Pick<Reading, 'whole' | 'customersOf' | 'numbersOnly'>> = {},
): Promise<Reading> {
  const { timeZone, currency } = await settings.get();
  const fields = table.columns.flatMap((column, i) => (columns[column] ? [[columns[column], `c${i + 1}`] as const] : []));
  return {
    sourceId,
    decimal: options.decimal,
    dateOrder: options.dateOrder,
    timeZone,
    currency,
    whole,
    customersOf,
    numbersOnly,
    columns: new Map(fields),
  };
}

/** Makes the staging table, or takes up the one of an earlier attempt without the rows of the block it was killed in. */
export async function openFactStaging(
  warehouse: Warehouse,
  importId: string,
  kind: FactKindName,
  table: TableFile,
  reading: Reading,
  records: number,
): Promise<string> {
  const name = stagingName(importId);
  if (records === 0) {
    await createStaging(warehouse, name, kind, table.columns, reading);
  } else {
    await warehouse.command(`alter table ${name} delete where row > {records:UInt64}`, { records });
  }
  return name;
}

export function factCheck(staging: string, table: TableFile, signal: AbortSignal): Check {
  return {
    // Large enough that the engine is busy, small enough that nobody waits long behind it.
    blockBytes: 8 << 20,
    prepare: (block) => inWorker('prepareFacts', { ...block, table }, signal, [block.bytes.buffer, block.ends.buffer]),
    insert: { into: stagingInput(staging, table.columns), format: 'CSV', settings: stagingSettings(factDelimiter(table)) },
  };
}

/** Puts the rows that failed the warehouse's check where people look for them. Returns how many rows failed. */
export async function collectErrors(warehouse: Warehouse, staging: string, importId: string): Promise<number> {
  const [{ rejected }] = (await warehouse.rows<{ rejected: number }>(`select countIf(wrong) as rejected from ${staging}`)) as [
    { rejected: number },
  ];
  if (rejected > 0) {
    await warehouse.command(
      `insert into import_error (import_id, row, column, value, reason, raw)
       select {importId:UUID}, row, e.column, e.value, e.reason, raw from ${staging} array join errors as e where wrong`,
      { importId },
    );
  }
  return rejected;
}
