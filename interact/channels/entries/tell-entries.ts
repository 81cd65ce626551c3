// The warehouse hears of entries after they are written down: what it was not told yet is what the desk says it was not.
import { type ContactFact, manualSource, removeFacts, tellFacts, writeFacts } from '@vinculo/customer-file';
import type { Context } from '@vinculo/http';
import { lockKey, SYSTEM } from '@vinculo/postgres';
import { sql } from 'kysely';
import type { EntryKind, EntryRow } from './entry-row.ts';

/** The channel of each kind, by its one name in the product. */
const CHANNEL: Record<EntryKind, string> = { call: 'phone', visit: 'visit', post: 'post', fax: 'fax', email: 'email', reply: 'post' };

const AT_ONCE = 500;

/**
 * Tells the warehouse of every entry it was not told of: those of a customer become contacts of theirs, those deleted or moved to another
 * are taken back. Afterwards the timeline, segments and scores have them. Doing it again changes nothing.
 *
 * @returns how many were told.
 */
export async function tellEntries(context: Context): Promise<number> {
  const source = await manualSource(context, SYSTEM);
  let told = 0;
  for (;;) {
    const some = await tellSome(context, source.id);
    told += some;
    if (some < AT_ONCE) return told;
  }
}

/** One process at a time, or an older version could be written after a newer one. Killed in the middle, all of it is done again. */
async function tellSome({ store, warehouse }: Context, source: string): Promise<number> {
  return store.transaction(SYSTEM, async (tx) => {
    await sql`select pg_advisory_xact_lock(${lockKey('tell contact entries')}::bigint)`.execute(tx);
    const { rows } = await sql<EntryRow>`
      select * from contact_entry where told_at is null order by changed_at limit ${AT_ONCE}`.execute(tx);
    if (rows.length === 0) return 0;

    const told = rows.filter(({ record_id, deleted_at }) => record_id !== null && !deleted_at);
    const stale = rows.filter(({ told_record, record_id, deleted_at }) => told_record && (deleted_at || told_record !== record_id));
    await removeFacts(
      warehouse,
      'contact',
      stale.map(({ told_record }) => told_record!),
      stale.map(({ id }) => id),
    );
    await writeFacts(warehouse, { contact: told.map((row) => factOf(row, source)) }, new Date());

    const records = told.map(({ record_id }) => record_id!);
    await tellFacts(tx, [...records, ...stale.map(({ told_record }) => told_record!)], ['contact']);
    const now = rows.map(({ record_id, deleted_at }) => (deleted_at ? null : record_id));
    // Changed since it was read: it has still been told under that record, and will be told again.
    await sql`
      update contact_entry e set told_record = t.record, told_at = case when e.version = t.version then now() end
        from unnest(${rows.map(({ id }) => id)}::uuid[], ${rows.map(({ version }) => version)}::integer[], ${now}::uuid[]) as t(id, version, record)
       where e.id = t.id`.execute(tx);
    return rows.length;
  });
}

function factOf(row: EntryRow, source: string): ContactFact {
  return {
    record_id: row.record_id!,
    contact_id: row.id,
    source_id: source,
    occurred_at: row.occurred_at,
    channel: CHANNEL[row.kind],
    direction: row.direction,
    topic: row.topic,
    outcome: row.outcome,
    agent: row.author_name,
    text: row.body,
  };
}

/** {@link tellEntries} for a request: what was written down is kept, and told a minute later, if the warehouse cannot be told now. */
export async function tellAtOnce(context: Context): Promise<void> {
  await tellEntries(context).catch((error) =>
    context.log.warn({ err: error }, 'The warehouse could not be told of contacts; trying again soon'),
  );
}
