import type { TableFile } from '@vinculo/files';
import type { CountryCode } from '@vinculo/normalise';
import type { Warehouse } from '@vinculo/warehouse';
import type { Corrections } from '../../records/corrections.ts';
import { MATCH_FIELDS } from '../../records/normalise-record.ts';
import { STAGED_COLUMNS } from '../check-customers.worker.ts';
import type { Check } from '../checking.ts';
import { recordIdSql } from '../facts/sql-values.ts';
import { dropStaging, stagingName } from '../facts/staging.ts';
import { inWorker } from '../threads.ts';
import type { ColumnMapping, ImportRow } from '../import-run.ts';

/** Makes the staging table of normalised records, or takes up the one of an earlier attempt without its last, torn block. */
export async function openCustomerStaging(warehouse: Warehouse, importId: string, sourceId: string, records: number): Promise<string> {
  const name = stagingName(importId);
  if (records > 0) {
    await warehouse.command(`alter table ${name} delete where row > {records:UInt64}`, { records });
    return name;
  }
  await dropStaging(warehouse, name);
  await warehouse.command(`
    create table ${name} (
      row UInt64, key String, id UUID default ${recordIdSql(sourceId, 'key')}, kind LowCardinality(String), raw String, traits String,
      hash Int64 default reinterpretAsInt64(cityHash64(raw)),
      ${MATCH_FIELDS.map((field) => `${field} String`).join(', ')}, filled UInt32, invalid UInt32
    ) engine = MergeTree order by row`);
  return name;
}

export function customerCheck(row: ImportRow, corrections: Corrections, staging: string, table: TableFile, signal: AbortSignal): Check {
  const { country, options, columns } = row;
  const task = {
    table,
    fields: fieldsByColumn(table, columns),
    country: country as CountryCode,
    dateOrder: options.dateOrder,
    corrections,
  };
  return {
    blockBytes: 4 << 20,
    prepare: (block) => inWorker('normaliseCustomers', { ...block, ...task }, signal, [block.bytes.buffer, block.ends.buffer]),
    insert: { into: `${staging} (${STAGED_COLUMNS.join(', ')})`, format: 'TabSeparated', settings: {} },
  };
}

export function fieldsByColumn(table: TableFile, columns: ColumnMapping): (string | null)[] {
  return table.columns.map((column) => columns[column] ?? null);
}
