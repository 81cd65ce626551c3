import type { Context } from '@vinculo/http';
import { SYSTEM } from '@vinculo/postgres';
import { sql } from 'kysely';
import { dropCredential } from '../credentials/credentials.ts';
import { nextTime, type When } from './schedule.ts';

/** Asks for every run that is due and says when the next is. Two servers at once ask for each once. */
export async function askDue({ store, jobs, settings }: Context): Promise<{ runs: number } | null> {
  const { timeZone } = await settings.get();
  return store.transaction(SYSTEM, async (tx) => {
    const { rows } = await sql<{ id: string; schedule: When }>`
      select id, schedule from connection
       where enabled and deleted_at is null and next_at <= now() order by next_at limit 100 for update skip locked`.execute(tx);
    for (const { id, schedule } of rows) {
      await jobs.enqueue('connection.run', { connectionId: id }, { tx, key: id });
      await sql`update connection set next_at = ${nextTime(schedule, timeZone, new Date()) ?? null} where id = ${id}`.execute(tx);
    }
    return rows.length > 0 ? { runs: rows.length } : null;
  });
}

const REMOVED_FOR_DAYS = 30;
const RUNS_FOR_DAYS = 180;

/** Forgets for good what was removed a month ago, secrets included, and old runs that found nothing to do. */
export async function cleanConnections({ store }: Context): Promise<{ connections: number; runs: number }> {
  return store.transaction(SYSTEM, async (tx) => {
    const { rows: gone } = await sql<{ credential_id: string | null }>`
      delete from connection where deleted_at < now() - make_interval(days => ${REMOVED_FOR_DAYS}) returning credential_id`.execute(tx);
    for (const { credential_id: id } of gone) if (id) await dropCredential(tx, id);
    const { rows: runs } = await sql`
      delete from connection_run r
       where r.ended_at < now() - make_interval(days => ${RUNS_FOR_DAYS})
          or (r.ended_at < now() - interval '7 days' and r.state = 'done'
              and not exists (select from connection_import i where i.run_id = r.id))
      returning r.id`.execute(tx);
    return { connections: gone.length, runs: runs.length };
  });
}
