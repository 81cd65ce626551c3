import type { Context } from '@vinculo/http';
import { type Actor, SYSTEM } from '@vinculo/postgres';
import { sql } from 'kysely';
import { nextTime, type When } from '../pulls/schedule.ts';
import { findRow } from './hand-back-row.ts';

/** Asks for every run that is due and says when the next is. Two servers at once ask for each once. */
export async function askDue({ store, jobs, settings }: Context): Promise<{ runs: number } | null> {
  const { timeZone } = await settings.get();
  return store.transaction(SYSTEM, async (tx) => {
    const { rows } = await sql<{ id: string; schedule: When }>`
      select id, schedule from hand_back
       where state = 'on' and deleted_at is null and next_at <= now() order by next_at limit 100 for update skip locked`.execute(tx);
    for (const { id, schedule } of rows) {
      await jobs.enqueue('hand-back.run', { handBackId: id }, { tx, key: id });
      await sql`update hand_back set next_at = ${nextTime(schedule, timeZone, new Date()) ?? null} where id = ${id}`.execute(tx);
    }
    return rows.length > 0 ? { runs: rows.length } : null;
  });
}

/** Asks for one now; asking twice while it waits is once. @returns the id of the job. */
export async function askNow({ store, jobs }: Pick<Context, 'store' | 'jobs'>, actor: Actor, id: string): Promise<string> {
  const { name } = await findRow(store.db, id);
  return store.transaction(actor, async (tx) => {
    await tx.emit('hand_back.asked', { kind: 'hand_back', id }, { name });
    return jobs.enqueue('hand-back.run', { handBackId: id }, { tx, key: id, actor });
  });
}
