// The base as each scoring found it: computed once, read by everybody.
import { type GapModel, STAGES } from '@vinculo/value';
import { newId, type Store, SYSTEM } from '@vinculo/postgres';
import type { Warehouse } from '@vinculo/warehouse';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { LifeCycleSummary } from '../api/life-cycle.ts';
import type { ComputedFigures } from './life-cycle-table.ts';
import type { LifeCycleRules } from './rules.ts';

type Summary = z.infer<typeof LifeCycleSummary>;

/** Years of nights. */
const KEPT_DAYS = 1_200;

/** As last computed; undefined before the first scoring with purchases. */
export async function latestSummary({ db }: Pick<Store, 'db'>): Promise<Summary | undefined> {
  const { rows } = await sql<{ summary: Summary }>`select summary from life_cycle_snapshot order by computed_at desc limit 1`.execute(db);
  return rows[0]?.summary;
}

/** Counts the stages of the scoring that ends, and keeps them. Without purchases nothing is known, and nothing kept. */
export async function keepSummary(
  { store, warehouse }: { store: Store; warehouse: Warehouse },
  at: Date,
  learned: (ComputedFigures & { asOf: string; rules: LifeCycleRules }) | undefined,
): Promise<void> {
  if (!learned) {
    await store.transaction(SYSTEM, async (tx) => void (await sql`delete from life_cycle_snapshot`.execute(tx)));
    return;
  }
  const counted = await warehouse.rows<Summary['stages'][number]>(
    `select stage, toUInt32(count()) as customers, sum(brought) as brought, sum(expected_loss) as expectedLoss, toUInt32(countIf(stage_before != stage)) as entered
       from customer_life_cycle group by stage`,
  );
  const moves = await warehouse.rows<Summary['moves'][number]>(
    `select stage_before as before, stage as after, toUInt32(count()) as customers, sum(brought) as brought
       from customer_life_cycle group by before, after order by customers desc`,
  );
  const summary: Summary = {
    computedAt: at.toISOString(),
    asOf: learned.asOf,
    periodDays: learned.period,
    rhythm: rhythmFigures(learned.gaps),
    stages: STAGES.map(
      (stage) => counted.find((row) => row.stage === stage) ?? { stage, customers: 0, brought: 0, expectedLoss: 0, entered: 0 },
    ),
    moves,
    forecast: {
      kind: learned.churn.kind,
      why: learned.churn.kind === 'rhythm' ? learned.churn.why : 'better',
      trial: learned.churn.trial,
    },
  };
  await store.transaction(SYSTEM, async (tx) => {
    await sql`
      insert into life_cycle_snapshot (id, computed_at, as_of, summary)
      values (${newId()}, ${at}, ${learned.asOf}, ${JSON.stringify(summary)}::jsonb)`.execute(tx);
    await sql`delete from life_cycle_snapshot where computed_at < now() - make_interval(days => ${KEPT_DAYS})`.execute(tx);
  });
}

const rhythmFigures = ({ mean, customers }: GapModel) => ({ days: Math.exp(mean), learnedFrom: customers });
