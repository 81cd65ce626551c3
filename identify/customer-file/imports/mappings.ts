import type { FileOptions as Options } from '@vinculo/files';
import type { Store, Transaction } from '@vinculo/postgres';
import { sql } from 'kysely';
import type { ColumnMapping, Kind } from './import-run.ts';

export interface RememberedMapping {
  columns: ColumnMapping;
  options: Options;
  /** The source whose customer numbers its files use, where they are not its own. */
  customersOf: string | null;
}

/** What the columns of this source's files of a kind meant the last time; `undefined` the first time. */
export async function findMapping(store: Store, sourceId: string, kind: Kind): Promise<RememberedMapping | undefined> {
  const { rows } = await sql<RememberedMapping>`
    select columns, options, customers_of as "customersOf" from mapping where source_id = ${sourceId} and kind = ${kind}`.execute(store.db);
  return rows[0];
}

/**
 * What each column of a file means: as the last time for those that were there, as proposed for the others, unless that
 * meaning is taken already.
 */
export function mappingOf(
  proposed: readonly { column: string; field: string | null }[],
  remembered: ColumnMapping | undefined,
): ColumnMapping {
  const known = proposed.filter(({ column }) => remembered && Object.hasOwn(remembered, column));
  const taken = new Set(known.map(({ column }) => remembered![column]));
  return Object.fromEntries(
    proposed.map(({ column, field }) => {
      if (remembered && Object.hasOwn(remembered, column)) return [column, remembered[column] ?? null];
      return [column, field !== null && taken.has(field) ? null : field];
    }),
  );
}

/** Columns of earlier files that this one lacks keep their meaning. */
export async function rememberMapping(
  tx: Transaction,
  { sourceId, kind, columns, options, customersOf }: { sourceId: string; kind: Kind } & RememberedMapping,
): Promise<void> {
  await sql`
    insert into mapping (source_id, kind, columns, options, customers_of, updated_by)
    values (${sourceId}, ${kind}, ${JSON.stringify(columns)}, ${JSON.stringify(options)}, ${customersOf}, ${tx.actor.name})
    on conflict (source_id, kind) do update
      set columns = mapping.columns || excluded.columns, options = excluded.options, customers_of = excluded.customers_of, updated_at = now(), updated_by = excluded.updated_by`.execute(
    tx,
  );
}
