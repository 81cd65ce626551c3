import { SYSTEM } from '@vinculo/postgres';
import { sql } from 'kysely';
import { replaceTable } from '../scores/replace-table.ts';
import { type ScoreStep, type Stores, warehouseTime } from '../scores/score-step.ts';
import { compileFunnel } from './compile-funnel.ts';
import { funnelDefinition } from './definition.ts';

/** Two years of days. */
const KEPT_DAYS = 800;

/** Finds out how far everybody has come by the definition in force, and keeps the counts of the day. */
export async function fillFunnel(
  { store, warehouse }: Pick<Stores, 'store' | 'warehouse'>,
  at: Date,
  timeZone: string,
  signal?: AbortSignal,
): Promise<void> {
  const { id, definition } = await funnelDefinition(store);
  const query = compileFunnel(definition, warehouseTime(at), timeZone);
  await replaceTable(warehouse, 'funnel_reach', (next) =>
    warehouse.command(
      `insert into ${next} (customer_id, reached, province, sources, first_seen) ${query.sql}`,
      query.params,
      signal ? { signal } : {},
    ),
  );
  const reached = await warehouse.rows<{ reached: number; customers: number }>(
    'select reached, toUInt32(count()) as customers from funnel_reach group by reached',
  );
  const counts = definition.steps.map((_, step) => reached.reduce((sum, row) => sum + (row.reached > step ? row.customers : 0), 0));
  const day = new Intl.DateTimeFormat('en-CA', { timeZone }).format(at);
  await store.transaction(SYSTEM, async (tx) => {
    await sql`
      insert into funnel_snapshot (day, definition_id, counts) values (${day}, ${id}, ${JSON.stringify(counts)}::jsonb)
      on conflict (day) do update set definition_id = excluded.definition_id, counts = excluded.counts`.execute(tx);
    await sql`delete from funnel_snapshot where day < ${day}::date - ${KEPT_DAYS}::int`.execute(tx);
  });
}

export const funnelStep: ScoreStep = {
  name: 'funnel',
  after: ['life_cycle'],
  run: (context, { at, timeZone, signal }) => fillFunnel(context, at, timeZone, signal),
};
