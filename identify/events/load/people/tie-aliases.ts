// alias: two keys of one source are one person. Tied as soon as both are records; never against what people decided.
import { tieRecords } from '@vinculo/customer-file';
import type { Context } from '@vinculo/http';
import { SYSTEM } from '@vinculo/postgres';
import { sql } from 'kysely';

const AT_ONCE = 50;

/** @returns how many were tied, or will not be. */
export async function tieAliases(context: Context): Promise<number> {
  const { store } = context;
  const { rows } = await sql<{ previous: string; record: string }>`
    select a.previous_id as previous, a.record_id as record
      from event_alias a
      join link p on p.record_id = a.previous_id and p.valid_to is null
      join link r on r.record_id = a.record_id and r.valid_to is null
     where a.state = 'waiting' order by a.previous_id limit ${AT_ONCE}`.execute(store.db);
  for (const { previous, record } of rows) {
    const tied = await tieRecords(context, SYSTEM, [record, previous], 'alias');
    await store.transaction(SYSTEM, async (tx) => {
      await sql`
        update event_alias set state = ${tied ? 'tied' : 'refused'}, changed_at = now()
         where previous_id = ${previous} and record_id = ${record}`.execute(tx);
    });
  }
  return rows.length;
}
