// Customers of whom a source tells nothing but their numbers: an export of a till, a file of invoices. They are customers too.
import { type Store, SYSTEM } from '@vinculo/postgres';
import type { Warehouse } from '@vinculo/warehouse';
import { sql } from 'kysely';
import { MATCH_FIELDS } from '../../records/normalise-record.ts';
import { CUSTOMER_NUMBER } from './staging.ts';

/**
 * Whether nothing but numbers is known of the source's customers. Where it has told who they are, a number it never told of is
 * a mistake or no customer at all, and waits.
 */
export async function hasNumbersOnly(store: Store, sourceId: string): Promise<boolean> {
  const { rows } = await sql<{ only: boolean }>`
    select not exists (select from source_record where source_id = ${sourceId} and raw <> jsonb_build_object('key', key)) as only`.execute(
    store.db,
  );
  return rows[0]!.only;
}

export interface NumberedFacts {
  store: Store;
  warehouse: Warehouse;
  importId: string;
  staging: string;
  /** Whose numbers they are. */
  sourceId: string;
  /** Milliseconds since 1970 when the import began. */
  began: number;
}

const TRAITS = '{"invalid":[]}';

/** A record for every number the file names and nobody has yet. A file of customers that comes later tells who they are. Doing it again changes nothing. */
export async function numberRecords({ store, warehouse, importId, staging, sourceId, began }: NumberedFacts): Promise<void> {
  // Read as one of customers that were told of at that time: their numbers were not kept.
  const [kept] = await warehouse.rows(
    'select 1 from system.columns where database = currentDatabase() and table = {staging:String} and name = {column:String}',
    { staging, column: CUSTOMER_NUMBER },
  );
  if (!kept) return;
  const params = { sourceId, importId, traits: TRAITS, began, at: new Date(began).toISOString() };
  const numbers = `select distinct record_id, ${CUSTOMER_NUMBER} as key from ${staging} where not wrong`;
  const lines = warehouse.bytes(
    `select toString(record_id), {sourceId:String}, key, 'person', toJSONString(map('key', key)), {traits:String}, 0, {importId:String}, {at:String}, {at:String}
       from (${numbers})`,
    params,
    { format: 'TabSeparated' },
  );
  await store.transaction(SYSTEM, async (tx) => {
    await sql`create temporary table numbered_record (like source_record including defaults) on commit drop`.execute(tx);
    await store.copyIn(tx, 'numbered_record', COLUMNS, lines);
    await sql`insert into source_record select * from numbered_record on conflict (id) do nothing`.execute(tx);
  });
  await warehouse.command(
    `insert into match_record (record_id, source_id, key, kind, ${MATCH_FIELDS.join(', ')}, traits, changed_at, filled, invalid, version)
     select record_id, {sourceId:UUID}, key, 'person', ${MATCH_FIELDS.map(() => `''`).join(', ')}, {traits:String},
            fromUnixTimestamp64Milli({began:Int64}), 0, 0, {began:UInt64}
       from (${numbers})
      where record_id not in (select record_id from match_record where source_id = {sourceId:UUID})`,
    params,
  );
}

const COLUMNS = ['id', 'source_id', 'key', 'kind', 'raw', 'traits', 'hash', 'import_id', 'first_seen', 'changed_at'];
