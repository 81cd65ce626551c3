// One customer's rhythm, down to the purchases it was read from.
import type { z } from 'zod';
import { gapDays, gapQuantile, type Rhythm, rhythmDays } from '@vinculo/value';
import type { Context } from '@vinculo/http';
import type { CustomerLifeCycle } from '../api/life-cycle.ts';
import { readReasons } from './reasons.ts';
import { lifeCycleRules } from './rules.ts';
import { latestSummary } from './summary.ts';

type View = z.infer<typeof CustomerLifeCycle>;

interface Row {
  stage: View['stage'];
  stage_since: string;
  silent_days: number;
  visits: number;
  gap_center: number;
  gap_spread: number;
  gap_degrees: number;
  churn_risk: number;
  expected_loss: number;
  period_value: number;
  brought: number;
  reasons: number[];
}

/** Gaps drawn, the latest. */
const MOST_GAPS = 60;

/** As last computed; null for somebody the scoring has not seen. */
export async function customerLifeCycle(
  { store, warehouse, settings }: Pick<Context, 'store' | 'warehouse' | 'settings'>,
  id: string,
): Promise<View | null> {
  const [row] = await warehouse.rows<Row>(
    `select stage, stage_since, silent_days, visits, gap_center, gap_spread, gap_degrees, churn_risk, expected_loss, period_value, brought, reasons
       from customer_life_cycle where customer_id = {id:UUID}`,
    { id },
  );
  const summary = await latestSummary(store);
  if (!row || !summary) return null;
  const { timeZone } = await settings.get();
  const [days, changes, rules] = [
    await warehouse.rows<{ day: string }>(
      `select distinct toDate(occurred_at, {timeZone:String}) as day from customer_order
        where customer_id = {id:UUID} and amount > 0 and day <= {asOf:Date} order by day desc limit ${MOST_GAPS + 1}`,
      { id, timeZone, asOf: summary.asOf },
    ),
    await warehouse.rows<{ at: string; before: string; after: View['stage'] }>(
      'select at, before, after from stage_change final where customer_id = {id:UUID} order by at desc, before limit 20',
      { id },
    ),
    await lifeCycleRules(store),
  ];
  const rhythm: Rhythm =
    row.stage === 'prospect'
      ? { center: Math.log(summary.rhythm.days), spread: 1, degrees: 4 }
      : { center: row.gap_center, spread: row.gap_spread, degrees: row.gap_degrees };
  return {
    stage: row.stage,
    since: row.stage_since,
    asOf: summary.asOf,
    periodDays: summary.periodDays,
    silentDays: row.silent_days,
    rhythmDays: row.visits > 1 ? rhythmDays(rhythm) : null,
    typicalDays: summary.rhythm.days,
    limits: { atRisk: gapDays(rhythm, rules.atRisk), inactive: gapDays(rhythm, rules.inactive), lost: gapDays(rhythm, rules.lost) },
    quantile: row.stage === 'prospect' ? 0 : gapQuantile(rhythm, row.silent_days),
    gaps: gapsOf(days.map(({ day }) => day).toReversed()),
    churnRisk: row.churn_risk,
    expectedLoss: row.expected_loss,
    periodValue: row.period_value,
    brought: row.brought,
    reasons: readReasons(row.reasons),
    byModel: summary.forecast.kind === 'model',
    changes: changes.map(({ at, before, after }) => ({ at, before: before === '' ? null : (before as View['stage']), after })),
  };
}

const gapsOf = (days: readonly string[]): View['gaps'] =>
  days.slice(1).map((to, i) => ({ from: days[i]!, to, days: Math.round((Date.parse(to) - Date.parse(days[i]!)) / 86_400_000) }));
