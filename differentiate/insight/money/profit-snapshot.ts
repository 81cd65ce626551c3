// The profit of the whole base, computed once by the scoring and read by everybody.
import { newId, SYSTEM } from '@vinculo/postgres';
import type { Warehouse } from '@vinculo/warehouse';
import { type Kysely, sql } from 'kysely';
import type { Scoring, Stores } from '../scores/score-step.ts';
import type { CostTable } from './cost-table.ts';
import type { EffortTotal } from './effort.ts';
import { LOSS_REASON } from './loss-reason.ts';

/** Old snapshots are kept for comparison with an earlier day. */
const KEPT_DAYS = 400;
const MONTHS = 36;

export interface Snapshot {
  computedAt: string;
  costsVersion: number;
  costs: CostTable;
  models: Record<string, number>;
  overview: Overview;
}

/** As kept: terms by their keys, months as 202603. */
export interface Overview {
  customers: number;
  revenue: number;
  margin: number;
  profit: number;
  costs: [term: string, amount: number][];
  incomes: [term: string, amount: number][];
  bases: { cost: number; category: number; company: number };
  unknown: { customers: number; revenue: number };
  belowZero: { customers: number; loss: number; neverBought: number; reasons: { reason: string; customers: number; loss: number }[] };
  /** With the least profit of each, and the customer who has it: where the list of a tenth begins and ends. */
  deciles: { decile: number; customers: number; profit: number; last: number; lastId: string }[];
  curve: { step: number; customers: number; profit: number }[];
  byMonth: { month: number; revenue: number; margin: number; income: number; costToServe: number; profit: number }[];
  efforts: EffortTotal[];
  categories: { category: string; revenue: number; uncosted: number; observed: number | null }[];
  observedMargin: number | null;
  uncosted: number;
}

/** The snapshot in force; undefined before the first scoring. */
export async function latestSnapshot(db: Kysely<unknown>): Promise<Snapshot | undefined> {
  const { rows } = await sql<{
    computed_at: Date;
    costs_version: number;
    costs: CostTable;
    models: Record<string, number>;
    overview: Overview;
  }>`
    select computed_at, costs_version, costs, models, overview from profit_snapshot order by computed_at desc limit 1`.execute(db);
  const row = rows[0];
  return (
    row && {
      computedAt: row.computed_at.toISOString(),
      costsVersion: row.costs_version,
      costs: row.costs,
      models: row.models,
      overview: row.overview,
    }
  );
}

export async function keepSnapshot(
  { store, warehouse }: Stores,
  scoring: Scoring,
  { costs, models, efforts }: { costs: { version: number; table: CostTable }; models: Record<string, number>; efforts: EffortTotal[] },
): Promise<void> {
  const overview = { ...(await overviewOf(warehouse, scoring)), efforts };
  await store.transaction(SYSTEM, async (tx) => {
    await sql`
      insert into profit_snapshot (id, computed_at, costs_version, costs, models, overview)
      values (${newId()}, ${scoring.at}, ${costs.version}, ${JSON.stringify(costs.table)}, ${JSON.stringify(models)}, ${JSON.stringify(overview)})`.execute(
      tx,
    );
    await sql`delete from profit_snapshot where computed_at < now() - make_interval(days => ${KEPT_DAYS})`.execute(tx);
  });
}

async function overviewOf(warehouse: Warehouse, { signal }: Scoring): Promise<Omit<Overview, 'efforts'>> {
  const rows = <T>(text: string, params: Record<string, unknown> = {}) => warehouse.rows<T>(text, params, { signal, background: true });
  const [sums] = await rows<{
    known: number;
    revenue: number;
    margin: number;
    profit: number;
    costs: Record<string, number>;
    incomes: Record<string, number>;
    cost: number;
    category: number;
    company: number;
    below: number;
    loss: number;
    never: number;
    unknown: number;
    unknown_revenue: number;
  }>(
    `select toUInt32(countIf(ok)) as known, toFloat64(sumIf(p.revenue, ok)) as revenue, toFloat64(sumIf(ifNull(p.margin, 0), ok)) as margin,
            toFloat64(ifNull(sum(p.profit), 0)) as profit, sumMapIf(p.costs, ok) as costs, sumMapIf(p.incomes, ok) as incomes,
            toUInt32(countIf(ok and p.margin_basis = 'cost')) as cost, toUInt32(countIf(ok and p.margin_basis = 'category')) as category,
            toUInt32(countIf(ok and p.margin_basis = 'company')) as company,
            toUInt32(countIf(p.profit < 0)) as below, toFloat64(ifNull(sumIf(p.profit, p.profit < 0), 0)) as loss,
            toUInt32(countIf(p.profit < 0 and p.revenue = 0 and p.income = 0)) as never,
            toUInt32(countIf(not ok)) as unknown, toFloat64(sumIf(p.unknown_revenue, not ok)) as unknown_revenue
       from (select *, isNotNull(profit) as ok from customer_profit) p`,
  );
  const reasons = await rows<Overview['belowZero']['reasons'][number]>(
    `select reason, toUInt32(count()) as customers, toFloat64(sum(lost)) as loss
       from (select ${LOSS_REASON} as reason, assumeNotNull(profit) as lost from customer_profit where profit < 0)
      group by reason order by loss limit 50`,
  );
  // A hundred steps of customers, best first; tenths are ten of them.
  const steps = await rows<{ step: number; customers: number; profit: number; last: number; lastId: string }>(
    `select 1 + intDiv(100 * (place - 1), n) as step, toUInt32(count()) as customers, toFloat64(sum(gain)) as profit,
            toFloat64(argMax(gain, place)) as last, toString(argMax(customer_id, place)) as lastId
       from (select customer_id, assumeNotNull(profit) as gain, row_number() over (order by gain desc, customer_id) as place, count() over () as n
               from customer_profit where isNotNull(profit))
      group by step order by step`,
  );
  const byMonth = await rows<Overview['byMonth'][number]>(
    `select toUInt32(month) as month, toFloat64(sum(m.revenue)) as revenue, toFloat64(sum(ifNull(m.margin, 0))) as margin, toFloat64(sum(m.income)) as income,
            toFloat64(sum(m.cost_to_serve)) as costToServe, toFloat64(sum(ifNull(m.profit, 0))) as profit
       from customer_month m
      where customer_id not in (select customer_id from customer_profit where isNull(profit))
      group by month order by month desc limit ${MONTHS}`,
  );
  const [stated] = await rows<{ any: number }>('select toUInt8(max(basis) > 0) as any from customer_order');
  const categories = stated?.any ? await marginsOf(rows) : [];
  const costed = categories.reduce((sum, { revenue, uncosted }) => sum + revenue - uncosted, 0);
  const left = categories.reduce((sum, { revenue, uncosted, observed }) => sum + (revenue - uncosted) * (observed ?? 0), 0);
  const tenths = new Map<number, Overview['deciles'][number]>();
  for (const { step, customers, profit, last, lastId } of steps) {
    const decile = Math.ceil(step / 10);
    const so = tenths.get(decile);
    tenths.set(decile, { decile, customers: (so?.customers ?? 0) + customers, profit: (so?.profit ?? 0) + profit, last, lastId });
  }
  return {
    customers: sums?.known ?? 0,
    revenue: sums?.revenue ?? 0,
    margin: sums?.margin ?? 0,
    profit: sums?.profit ?? 0,
    costs: Object.entries(sums?.costs ?? {}),
    incomes: Object.entries(sums?.incomes ?? {}),
    bases: { cost: sums?.cost ?? 0, category: sums?.category ?? 0, company: sums?.company ?? 0 },
    unknown: { customers: sums?.unknown ?? 0, revenue: sums?.unknown_revenue ?? 0 },
    belowZero: { customers: sums?.below ?? 0, loss: sums?.loss ?? 0, neverBought: sums?.never ?? 0, reasons },
    deciles: [...tenths.values()],
    curve: steps.map(({ step, customers, profit }) => ({ step, customers, profit })),
    byMonth: byMonth.toReversed(),
    categories,
    observedMargin: costed > 0 ? left / costed : null,
    uncosted: categories.reduce((sum, { uncosted }) => sum + uncosted, 0),
  };
}

/** Where some sales have no cost of their own: by category, what the others leave. */
function marginsOf(rows: <T>(text: string) => Promise<T[]>): Promise<Overview['categories']> {
  return rows<Overview['categories'][number]>(
    `select toString(category) as category, toFloat64(sum(l.amount)) as revenue, toFloat64(sumIf(l.amount, basis > 0)) as uncosted,
            if(sumIf(l.amount, basis = 0) <= 0, null, toFloat64(ifNull(sumIf(l.margin, basis = 0), 0)) / toFloat64(sumIf(l.amount, basis = 0))) as observed
       from customer_line l
      group by category order by uncosted desc, revenue desc limit 500`,
  );
}
