// Takes the groups that were found: each keeps the id, the name and the lists of the one it continues.
import { notFound } from '@vinculo/errors';
import type { Context } from '@vinculo/http';
import type { JobHandle } from '@vinculo/jobs';
import { newId } from '@vinculo/postgres';
import { sql } from 'kysely';
import { copyToDesk } from '../scores/copy-to-desk.ts';
import { assignCustomers } from './assign-customers.ts';
import type { FindingOutcome } from './find-needs.ts';
import { findingInForce } from './finding-in-force.ts';

/**
 * Puts a finding in force, and every customer into their group.
 *
 * @throws VIN_NEEDS_FINDING_NOT_FOUND when it does not wait any more.
 */
export async function keepFinding(context: Context, id: string, job: Pick<JobHandle, 'actor' | 'signal' | 'progress'>): Promise<void> {
  const { store, config, settings } = context;
  await store.transaction(job.actor, async (tx) => {
    const { rows } = await sql<{ outcome: FindingOutcome; state: string }>`
      select outcome, state from needs_finding where id = ${id} for update`.execute(tx);
    // Killed after it was kept, a job goes on with putting customers into their groups.
    if (rows[0]?.state === 'kept') return;
    if (rows[0]?.state !== 'proposed') throw notFound('needs_finding', id);
    const { groups } = rows[0].outcome;
    await sql`update needs_finding set state = 'discarded' where state = 'kept'`.execute(tx);
    await sql`update needs_finding set state = 'kept', kept_at = now() where id = ${id}`.execute(tx);
    await sql`update needs_group set place = null, gone_at = coalesce(gone_at, now()), customers = 0, revenue = 0`.execute(tx);
    for (const [place, { continues, proposed, customers, silhouette, differences, typical }] of groups.entries()) {
      const name = proposed[config.language];
      await sql`
        insert into needs_group (id, place, name, proposed, customers, silhouette, differences, typical)
        values (${continues ?? newId()}, ${place}, ${name}, ${JSON.stringify(proposed)}::jsonb, ${customers}, ${silhouette},
                ${JSON.stringify(differences)}::jsonb, ${typical}::uuid[])
        on conflict (id) do update
           set place = excluded.place, name = case when needs_group.renamed then needs_group.name else excluded.name end,
               proposed = excluded.proposed, customers = excluded.customers, silhouette = excluded.silhouette,
               differences = excluded.differences, typical = excluded.typical, gone_at = null`.execute(tx);
    }
    await tx.emit('needs_finding.kept', { kind: 'needs_finding', id }, { groups: groups.length });
  });
  await job.progress({ done: 0, phase: 'write' });
  const { currency, timeZone } = await settings.get();
  await assignCustomers(context, (await findingInForce(store))!, { at: new Date(), currency, timeZone, signal: job.signal });
  await job.progress({ done: 0, phase: 'copy' });
  await copyToDesk(context, job.signal);
}
