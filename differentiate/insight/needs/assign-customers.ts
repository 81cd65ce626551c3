// Says of every buyer which group is theirs: quick, for nothing is learned.
import { startThread } from '@vinculo/threads';
import { sql } from 'kysely';
import { SYSTEM } from '@vinculo/postgres';
import { replaceTable } from '../scores/replace-table.ts';
import type { Scoring, Stores } from '../scores/score-step.ts';
import { featureQuery } from './feature-query.ts';
import type { FindingInForce } from './finding-in-force.ts';
import type { NeedsThread } from './needs.worker.ts';

/** Of the query of features. */
export const parametersOf = ({ plan, groups }: Pick<FindingInForce, 'plan' | 'groups'>, timeZone: string) => ({
  ...plan,
  groups,
  timeZone,
});

/** Fills customer_needs, and counts the groups on the desk. */
export async function assignCustomers({ store, warehouse }: Stores, finding: FindingInForce, scoring: Scoring): Promise<void> {
  const { at, signal } = scoring;
  const thread = startThread<NeedsThread>(new URL('./needs.worker.ts', import.meta.url), signal, () => {});
  try {
    const task = { plan: finding.plan, model: finding.model, ids: finding.groups, now: Math.floor(at.getTime() / 1000) };
    const query = featureQuery(finding.plan, 'everybody');
    await warehouse.scratch((from) =>
      warehouse.scratch(async (to) => {
        await warehouse.toFile(from, query, parametersOf(finding, scoring.timeZone), { format: 'Native', signal });
        await thread.call('assign', task, { from, to });
        await replaceTable(warehouse, 'customer_needs', (next) =>
          warehouse.insertFile(`${next} (customer_id, group_id, fit, computed_at)`, to, 'RowBinary', { signal }),
        );
      }),
    );
  } finally {
    await thread.end();
  }
  const counted = await warehouse.rows<{ id: string; customers: number; revenue: number }>(
    `select toString(n.group_id) as id, toUInt32(count()) as customers, toFloat64(sum(v.revenue)) as revenue
       from customer_needs n join customer_value v on v.customer_id = n.customer_id group by id`,
    {},
    { signal },
  );
  await store.transaction(SYSTEM, async (tx) => {
    await sql`update needs_group set customers = 0, revenue = 0 where customers > 0`.execute(tx);
    for (const { id, customers, revenue } of counted)
      await sql`update needs_group set customers = ${customers}, revenue = ${revenue} where id = ${id}`.execute(tx);
  });
}
