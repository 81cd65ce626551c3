// Takes back that groups were taken: those of before are in force again, and the ones taken back wait for a yes as they did.
import { conflict } from '@vinculo/errors';
import type { Context } from '@vinculo/http';
import type { JobHandle } from '@vinculo/jobs';
import { sql } from 'kysely';
import { regroup } from './keep-finding.ts';
import { lockedFinding, putInForce } from './put-in-force.ts';

const changed = () =>
  conflict('needs_finding', {
    es: 'Esos grupos ya no están en uso, o no había otros antes. No se ha deshecho nada: mira los que valen ahora.',
    en: 'Those groups are not in use any more, or there were none before them. Nothing was undone: look at those that hold now.',
  });

/** @throws VIN_NEEDS_FINDING_CONFLICT when it is not in force, or none was before it. */
export async function requireUndoable({ store }: Pick<Context, 'store'>, id: string): Promise<void> {
  const { rows } = await sql`select from needs_finding where id = ${id} and state = 'kept' and replaced is not null`.execute(store.db);
  if (rows.length === 0) throw changed();
}

/**
 * Puts back what was in force before a finding was kept, with the groups it had and whatever they have been renamed to since.
 *
 * @throws VIN_NEEDS_FINDING_CONFLICT when another has been kept since.
 */
export async function undoFinding(context: Context, id: string, job: Pick<JobHandle, 'actor' | 'signal' | 'progress'>): Promise<void> {
  const { store, config } = context;
  await store.transaction(job.actor, async (tx) => {
    const finding = await lockedFinding(tx, id);
    // Killed after it was taken back, a job goes on with putting customers into their groups.
    if (finding && finding.state !== 'kept' && finding.replaced === null && finding.group_ids) return;
    const before = finding?.state === 'kept' && finding.replaced ? await lockedFinding(tx, finding.replaced) : undefined;
    if (!before) throw changed();
    // Another search may have found groups meanwhile: only one proposal waits, and that is the newer one.
    await sql`
      update needs_finding set replaced = null, state = case when exists (select from needs_finding where state = 'proposed') then 'discarded' else 'proposed' end
       where id = ${id}`.execute(tx);
    await putInForce(tx, before, config.language);
    await tx.emit('needs_finding.undone', { kind: 'needs_finding', id }, { groups: before.outcome.groups.length });
  });
  await regroup(context, job);
}
