// Looks for groups anew: over everybody's purchases, in a thread. The first ones are taken at once, later ones proposed.
import { fail } from '@vinculo/errors';
import type { Context } from '@vinculo/http';
import type { JobHandle } from '@vinculo/jobs';
import { newId } from '@vinculo/postgres';
import { startThread } from '@vinculo/threads';
import { sql } from 'kysely';
import { parametersOf } from './assign-customers.ts';
import { featureQuery } from './feature-query.ts';
import { findingInForce } from './finding-in-force.ts';
import { keepFinding } from './keep-finding.ts';
import type { FoundGroup, Learned } from './learn-groups.ts';
import type { NeedsThread } from './needs.worker.ts';
import { makePlan } from './plan.ts';
import { proposeNames } from './propose-name.ts';

export interface FindNeeds {
  /** How many groups; left to the data if not said. */
  count?: number | null;
  /** Somebody asked: what is found waits for their yes, unless nothing was in force. Else it is taken at once. */
  asked?: boolean;
}

/** As kept in needs_finding.outcome. */
export interface FindingOutcome extends Omit<Learned, 'model' | 'groups'> {
  stability: number;
  silhouette: number;
  groups: (Omit<FoundGroup, 'continues'> & {
    /** Id of the group in force it continues. */
    continues: string | null;
    proposed: { es: string; en: string };
  })[];
}

/**
 * @returns how many groups were found; 0 where too few customers have bought often enough and nobody asked.
 * @throws VIN_NEEDS_FEW where somebody asked.
 */
export async function findNeeds(context: Context, { count = null, asked = false }: FindNeeds, job: JobHandle): Promise<{ groups: number }> {
  const { store, warehouse, settings } = context;
  const { timeZone } = await settings.get();
  await job.progress({ done: 0, phase: 'read' });
  const inForce = await findingInForce(store);
  const plan = await makePlan(warehouse, job.signal);
  let told = Promise.resolve();
  const thread = startThread<NeedsThread>(
    new URL('./needs.worker.ts', import.meta.url),
    job.signal,
    ({ done, total }: { done: number; total: number }) => {
      told = job.progress({ done, total, phase: 'needs' });
    },
  );
  let learned: Learned | undefined;
  try {
    const parameters = parametersOf({ plan, groups: inForce?.groups ?? [] }, timeZone);
    learned = await warehouse.scratch(async (path) => {
      await warehouse.toFile(path, featureQuery(plan, 'in order'), parameters, { format: 'Native', signal: job.signal });
      return thread.call('learn', path, plan, count);
    });
    await told;
  } finally {
    await thread.end();
  }
  if (!learned) {
    if (asked) throw fail('VIN_NEEDS_FEW');
    return { groups: 0 };
  }

  const { model, groups, ...rest } = learned;
  const names = proposeNames(groups);
  const outcome: FindingOutcome = {
    ...rest,
    stability: model.stability,
    silhouette: model.silhouette,
    groups: groups.map((group, place) => ({
      ...group,
      continues: group.continues === null ? null : inForce!.groups[group.continues]!,
      proposed: names[place]!,
    })),
  };
  const id = newId();
  const by = { kind: job.actor.kind, id: job.actor.id, name: job.actor.name };
  await store.transaction(job.actor, async (tx) => {
    await sql`update needs_finding set state = 'discarded' where state = 'proposed'`.execute(tx);
    await sql`
      insert into needs_finding (id, found_by, state, asked, plan, model, outcome)
      values (${id}, ${JSON.stringify(by)}::jsonb, 'proposed', ${count}, ${JSON.stringify(plan)}::jsonb, ${JSON.stringify(model)}::jsonb,
              ${JSON.stringify(outcome)}::jsonb)`.execute(tx);
    await tx.emit('needs_finding.made', { kind: 'needs_finding', id }, { groups: groups.length, asked: count });
  });
  if (!asked || !inForce) await keepFinding(context, id, job);
  return { groups: groups.length };
}
