import type { Store } from '@vinculo/postgres';
import type { Warehouse } from '@vinculo/warehouse';
import { sql } from 'kysely';

/** What people call the sources. */
export async function sourceLabels(store: Store): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; label: string }>`select id, label from source`.execute(store.db);
  return new Map(rows.map(({ id, label }) => [id, label]));
}

/** What the product file calls these products; those it does not know are left out. */
export async function productNames(warehouse: Warehouse, keys: readonly string[]): Promise<Map<string, string>> {
  if (keys.length === 0) return new Map();
  const rows = await warehouse.rows<{ key: string; name: string }>(
    'select product_key as key, name from product final where product_key in {keys:Array(String)}',
    { keys: [...new Set(keys)] },
  );
  return new Map(rows.map(({ key, name }) => [key, name]));
}
