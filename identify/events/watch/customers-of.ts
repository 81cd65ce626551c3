import type { Store } from '@vinculo/postgres';
import { sql } from 'kysely';

export interface KnownCustomer {
  id: string;
  name: string;
}

/** The customers these records belong to now, by record. */
export async function customersOf(store: Store, records: readonly string[]): Promise<Map<string, KnownCustomer>> {
  if (records.length === 0) return new Map();
  const { rows } = await sql<{ record_id: string; id: string; name: string }>`
    select l.record_id, c.id, c.display_name as name from link l join customer c on c.id = l.customer_id
     where l.record_id = any(${[...new Set(records)]}::uuid[]) and l.valid_to is null`.execute(store.db);
  return new Map(rows.map(({ record_id: record, id, name }) => [record, { id, name }]));
}
