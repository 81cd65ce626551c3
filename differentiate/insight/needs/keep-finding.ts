// Takes the groups that were found: each keeps the id, the name and the lists of the one it continues.
import { notFound } from '@vinculo/errors';
import type { Context } from '@vinculo/http';
import type { JobHandle } from '@vinculo/jobs';
import { sql } from 'kysely';
import { copyToDesk } from '../scores/copy-to-desk.ts';
import { assignCustomers } from './assign-customers.ts';
import { findingInForce } from './finding-in-force.ts';
import { lockedFinding, putInForce } from './put-in-force.ts';

type Job = Pick<JobHandle, 'actor' | 'signal' | 'progress'>;

/**
 * Puts a finding in force, and every customer into their group. `undoFinding` takes it back.
 *
 * @throws VIN_NEEDS_FINDING_NOT_FOUND when it does not wait any more.
 */
export async function keepFinding(context: Context, id: string, job: Job): Promise<void> {
  const { store, config } = context;
  await store.transaction(job.actor, async (tx) => {
    const finding = await lockedFinding(tx, id);
    // Killed after it was kept, a job goes on with putting customers into their groups.
    if (finding?.state === 'kept') return;
    if (finding?.state !== 'proposed') throw notFound('needs_finding', id);
    await sql`
      with before as (update needs_finding set state = 'discarded' where state = 'kept' returning id)
      update needs_finding set replaced = (select id from before) where id = ${id}`.execute(tx);
    await putInForce(tx, finding, config.language);
    await tx.emit('needs_finding.kept', { kind: 'needs_finding', id }, { groups: finding.outcome.groups.length });
  });
  await regroup(context, job);
}

/** Every customer into the group of the finding in force, in the warehouse and on the desk. */
export async function regroup(context: Context, job: Job): Promise<void> {
  await job.progress({ done: 0, phase: 'write' });
  const { currency, timeZone } = await context.settings.get();
  await assignCustomers(context, (await findingInForce(context.store))!, { at: new Date(), currency, timeZone, signal: job.signal });
  await job.progress({ done: 0, phase: 'copy' });
  await copyToDesk(context, job.signal);
}
