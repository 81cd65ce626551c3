// The warehouse learns who is who after the desk has committed it, never before. Rows carry the microsecond their link was
// opened as version, so saying a thing twice, or late, changes nothing.
import { Readable } from 'node:stream';
import type { Context } from '@vinculo/http';
import { type Kysely, sql } from 'kysely';
import { SYSTEM, type Transaction } from '@vinculo/postgres';

type Stores = Pick<Context, 'store' | 'warehouse'>;

const INTO = 'identity (record_id, customer_id, reason, rule, record_version, version)';

/** Tab-separated lines of identity, into the warehouse. */
export async function publishLines({ warehouse }: Pick<Stores, 'warehouse'>, lines: AsyncIterable<Uint8Array | string>): Promise<void> {
  await warehouse.insertStream(INTO, Readable.from(lines, { objectMode: false }), 'TabSeparated');
}

/** Tells the warehouse whose these records are now. For the few that a person moves. */
export async function publishRecords(
  { store, warehouse }: Stores,
  records: readonly string[],
  tx: Kysely<unknown> = store.db,
): Promise<void> {
  if (records.length === 0) return;
  const { rows } = await sql<{ record_id: string; customer_id: string; reason: string; rule: string; version: number }>`
    select record_id, customer_id, reason, coalesce(evidence ->> 'rule', '') as rule, (extract(epoch from valid_from) * 1000000)::bigint as version
      from link where record_id = any(${records}::uuid[]) and valid_to is null`.execute(tx);
  // Other names than the columns', or the condition would compare texts.
  const known = await warehouse.rows<{ id: string; seen: string }>(
    'select toString(record_id) as id, toString(record_version) as seen from identity final where record_id in {records:Array(UUID)}',
    { records },
  );
  const versions = new Map(known.map(({ id, seen }) => [id, seen]));
  await warehouse.insert(
    'identity',
    rows.map((row) => ({ ...row, record_version: versions.get(row.record_id) ?? '0' })),
  );
}

/** Notes in the desk that the warehouse knows a run's links, and tells everybody who waits for that. */
export async function markPublished(tx: Transaction, id: string, figures: Record<string, unknown>): Promise<void> {
  const { rows } = await sql`update unification set published_at = now() where id = ${id} and published_at is null returning id`.execute(
    tx,
  );
  if (rows.length > 0) await tx.emit('customers.unified', { kind: 'unification', id }, figures);
}

/**
 * Finishes runs that committed to the desk and ended before the warehouse knew. Their records come with version 0, so that the
 * next run looks at them once more.
 */
export async function publishUnpublished(stores: Stores): Promise<void> {
  const { store } = stores;
  const { rows } = await sql<{ id: string; figures: Record<string, unknown> }>`
    select id, figures from unification where published_at is null order by linked_at`.execute(store.db);
  for (const { id, figures } of rows) {
    await publishLines(stores, linksOf(stores, id));
    await store.transaction(SYSTEM, (tx) => markPublished(tx, id, figures));
  }
}

async function* linksOf({ store }: Stores, unification: string): AsyncGenerator<string> {
  const { rows } = await sql<{ lines: string }>`
    select string_agg(concat_ws(E'\\t', record_id, customer_id, reason, coalesce(evidence ->> 'rule', ''), '0', (extract(epoch from valid_from) * 1000000)::bigint), E'\\n') as lines
      from (select *, row_number() over () / 20000 as part from link
             where valid_from = (select linked_at from unification where id = ${unification}) and valid_to is null) l
     group by part`.execute(store.db);
  for (const { lines } of rows) yield `${lines}\n`;
}
