import { sql } from 'kysely';
import { type Store, SYSTEM, type Transaction } from '@vinculo/postgres';

/** Tables a first load fills from nothing. */
const TABLES = ['customer', 'link', 'search_word'];

/**
 * Drops the indexes of the empty tables, except those that guard the data, and writes down how to build them: whole at the end
 * costs a fraction of row by row. Committed at once and in a blink, so that nobody waits for the load that follows.
 */
export async function deferIndexes(store: Store): Promise<void> {
  await store.transaction(SYSTEM, async (tx) => {
    const { rows } = await sql<{ name: string }>`
      insert into deferred_index (name, definition)
      select i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid)
        from pg_index i
       where i.indrelid = any(${TABLES}::regclass[]) and not i.indisunique
      returning name`.execute(tx);
    for (const { name } of rows) await sql`drop index ${sql.ref(name)}`.execute(tx);
  });
}

/** Builds what is still deferred, in the caller's transaction. */
export async function buildDeferred(tx: Transaction, onIndex?: (done: number, total: number) => Promise<void>): Promise<void> {
  const { rows } = await sql<{ name: string; definition: string }>`select name, definition from deferred_index order by name`.execute(tx);
  if (rows.length === 0) return;
  await sql`set local maintenance_work_mem = '256MB'`.execute(tx);
  for (const [done, { name, definition }] of rows.entries()) {
    await onIndex?.(done, rows.length);
    await sql.raw(definition.replace(/^create (unique )?index /i, 'create $1index if not exists ')).execute(tx);
    await sql`delete from deferred_index where name = ${name}`.execute(tx);
  }
}

/** After a run that ended before its time: the indexes it had put off. */
export async function restoreIndexes(store: Store): Promise<void> {
  const { rows } = await sql<{ some: boolean }>`select exists (select from deferred_index) as some`.execute(store.db);
  if (rows[0]!.some) await store.transaction(SYSTEM, (tx) => buildDeferred(tx));
}
