// Many pairs, one after the other, each in a transaction of its own: whoever works meanwhile waits for one pair and not for all.
// Killed, a run goes on where it stopped.
import { VinculoError } from '@vinculo/errors';
import type { Context } from '@vinculo/http';
import type { JobHandle } from '@vinculo/jobs';
import { sql } from 'kysely';
import type { Actor } from '@vinculo/postgres';
import type { ReviewVerdict } from '../api/review.ts';
import type { z } from 'zod';
import { changeIdentity } from '../identity/identity-change.ts';
import { publishRecords } from '../identity/publish-identity.ts';
import { decideWithin } from './decide-pair.ts';
import { ASKS, WITH_LINKS } from './questions.ts';
import { undoWithin } from './undo-decision.ts';

type Run = Pick<JobHandle, 'actor' | 'signal' | 'progress'>;
interface Counts {
  decided: number;
  skipped: number;
}

interface BulkRow {
  pairs: string[];
  verdict: z.infer<typeof ReviewVerdict>;
  note: string | null;
}

export async function decideBulk(context: Context, { id }: { id: string }, run: Run): Promise<Counts> {
  const { store } = context;
  const { rows } = await sql<BulkRow & { done: string[] }>`
    select pairs::text[] as pairs, verdict, note, array(select pair_id from review_decision where bulk_id = ${id})::text[] as done
      from review_bulk where id = ${id}`.execute(store.db);
  const { pairs, done, ...said } = rows[0]!;
  const before = new Set(done);
  const counts: Counts = { decided: before.size, skipped: 0 };
  for (const [n, pair] of pairs.entries()) {
    await unlessStopped(run, () => endBulk(context, run.actor, id, 'decided', counts));
    await run.progress({ done: n, total: pairs.length, phase: 'review' });
    if (before.has(pair)) continue;
    if (await unlessConflict(() => decideOne(context, run.actor, pair, said, id))) counts.decided++;
    else counts.skipped++;
  }
  await endBulk(context, run.actor, id, 'decided', counts);
  return counts;
}

/** A pair that an earlier one of the same bulk has answered is passed over. */
async function decideOne(context: Context, actor: Actor, pair: string, said: Omit<BulkRow, 'pairs'>, bulk: string): Promise<boolean> {
  const moved = await changeIdentity(context.store, actor, async (tx) => {
    const { rows } = await sql<{ asks: boolean }>`
      select ${ASKS} as asks from review_pair p ${WITH_LINKS} where p.id = ${pair} for update of p`.execute(tx);
    return rows[0]?.asks ? (await decideWithin(tx, pair, said, bulk)).moved : undefined;
  });
  await publishRecords(context, moved ?? []);
  return moved !== undefined;
}

export async function undoBulk(context: Context, { id }: { id: string }, run: Run): Promise<Counts> {
  // The last decided first, as each may rest on the one before.
  const { rows } = await sql<{ id: string }>`
    select id from review_decision where bulk_id = ${id} and undone_at is null order by decided_at desc, id desc`.execute(context.store.db);
  const counts: Counts = { decided: 0, skipped: 0 };
  for (const [n, decision] of rows.entries()) {
    await unlessStopped(run, () => endBulk(context, run.actor, id, 'decided', counts));
    await run.progress({ done: n, total: rows.length, phase: 'review' });
    const undone = await unlessConflict(async () => {
      const { moved } = await changeIdentity(context.store, run.actor, (tx) => undoWithin(tx, decision.id));
      await publishRecords(context, moved);
      return true;
    });
    if (undone) counts.decided++;
    else counts.skipped++;
  }
  await endBulk(context, run.actor, id, 'undone', counts);
  return counts;
}

/** Cancelled, what was done stands and can be undone later; stopped with the server, the run goes on when the server does. */
async function unlessStopped({ signal }: Run, settle: () => Promise<void>): Promise<void> {
  if (!signal.aborted) return;
  if ((signal.reason as { why?: string } | undefined)?.why === 'cancelled') await settle();
  signal.throwIfAborted();
}

/** What somebody changed meanwhile is left as they want it, and counted. */
async function unlessConflict(work: () => Promise<boolean>): Promise<boolean> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof VinculoError && error.status === 409) return false;
    throw error;
  }
}

async function endBulk(
  { store }: Context,
  actor: Actor,
  id: string,
  state: 'decided' | 'undone',
  { decided, skipped }: Counts,
): Promise<void> {
  await store.transaction(actor, async (tx) => {
    await sql`
      update review_bulk set state = ${state},
             decided = ${decided}, skipped = ${skipped}
       where id = ${id}`.execute(tx);
  });
}
