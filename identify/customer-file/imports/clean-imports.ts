import type { Context } from '@vinculo/http';
import { settleStale } from './cancel-import.ts';
import { dropStaging } from './facts/staging.ts';
import { listImports } from './import-run.ts';
import { dropOldUploads } from './uploads.ts';

const DAY = 86_400_000;
/** How long an uploaded file and what a failed import checked stay, for another try. */
const KEEP_DAYS = 7;

/** Puts away what imports leave behind: uploads nobody needs, staging tables of imports that failed long ago, ends that were missed. */
export async function cleanImports(context: Context): Promise<object> {
  const { store, warehouse, config } = context;
  await settleStale(context);
  const before = new Date(Date.now() - KEEP_DAYS * DAY);
  const open = await listImports(store.db, { limit: 1_000, open: true });
  const uploads = await dropOldUploads(config, before, new Set(open.map(({ file_path }) => file_path.split('/')[1]!)));

  const tables = await warehouse.rows<{ name: string }>(
    `select name from system.tables where database = currentDatabase() and match(name, '^import_[0-9a-f]{32}$')`,
  );
  let staging = 0;
  for (const { name } of tables) {
    const id = name.slice(7).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
    const { rows } = await store.pool.query<{ needed: boolean }>(
      `select state in ('waiting', 'checking', 'committing') or (state = 'failed' and ended_at > $2) as needed from import where id = $1`,
      [id, before],
    );
    if (rows[0]?.needed) continue;
    await dropStaging(warehouse, name);
    staging++;
  }
  return { uploads, staging };
}
