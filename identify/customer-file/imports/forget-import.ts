import type { Context } from '@vinculo/http';
import { dropStaging, stagingName } from './facts/staging.ts';
import { setCancelled } from './import-run.ts';

/** Takes back all that an import has written so far. False when its rows are already in the customer file. */
export async function forgetImport({ store, warehouse }: Pick<Context, 'store' | 'warehouse'>, importId: string): Promise<boolean> {
  const cancelled = await setCancelled(store.db, importId);
  if (!cancelled) {
    const { rows } = await store.pool.query(`select from import where id = $1 and state = 'cancelled'`, [importId]);
    if (rows.length === 0) return false;
  }
  await dropStaging(warehouse, stagingName(importId));
  await warehouse.command('delete from import_error where import_id = {importId:UUID}', { importId });
  return true;
}
