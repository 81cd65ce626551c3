import type { z } from 'zod';
import { bestShare, type Curve, curveFromTotals, gini, RFM_GROUPS } from '@vinculo/value';
import type { Context } from '@vinculo/http';
import { sql } from 'kysely';
import { newId, SYSTEM } from '@vinculo/postgres';
import type { Warehouse } from '@vinculo/warehouse';
import type { ValueOverview } from '../api/value.ts';

type Overview = z.infer<typeof ValueOverview>;
type Stores = Pick<Context, 'store' | 'warehouse' | 'settings'>;

const BEST = [1, 5, 10, 20];
const STEPS = 1000;
const MONTHS = 24;
/** Old snapshots are kept for comparison with an earlier day. */
const KEPT_DAYS = 400;

/** The worth of the whole base as last computed; zeros before the first scoring. */
export async function valueOverview({ store, settings }: Pick<Stores, 'store' | 'settings'>): Promise<Overview> {
  const { rows } = await sql<{ overview: Overview }>`select overview from value_snapshot order by computed_at desc limit 1`.execute(
    store.db,
  );
  if (rows[0]) return rows[0].overview;
  return {
    computedAt: null,
    customers: 0,
    buyers: 0,
    revenue: 0,
    margin: null,
    orders: 0,
    currency: (await settings.get()).currency,
    best: [],
    concentration: [],
    gini: 0,
    deciles: [],
    groups: [],
    map: [],
    byMonth: [],
  };
}

/** Computes the overview from customer_value and keeps it. */
export async function refreshOverview(context: Stores, at: Date): Promise<void> {
  const overview = await compute(context, at);
  await context.store.transaction(SYSTEM, async (tx) => {
    await sql`insert into value_snapshot (id, computed_at, overview) values (${newId()}, ${at}, ${JSON.stringify(overview)}::jsonb)`.execute(
      tx,
    );
    await sql`delete from value_snapshot where computed_at < now() - make_interval(days => ${KEPT_DAYS})`.execute(tx);
  });
}

async function compute({ store, warehouse, settings }: Stores, at: Date): Promise<Overview> {
  const { currency } = await settings.get();
  const customers = await sql<{ n: string }>`select count(*) as n from customer where merged_into is null`.execute(store.db);
  const [totals] = await warehouse.rows<{ buyers: number; revenue: number; margin: number | null; orders: number; with_margin: number }>(
    `select toUInt32(count()) as buyers, toFloat64(sum(v.revenue)) as revenue, toFloat64(sum(v.margin)) as margin, toUInt32(sum(v.orders)) as orders,
            toUInt32(countIf(isNotNull(v.margin))) as with_margin from customer_value v`,
  );
  const buyers = totals?.buyers ?? 0;
  const revenueCurve = await curve(warehouse);
  const groups = await warehouse.rows<Overview['groups'][number]>(
    'select v.rfm_group as group, toUInt32(count()) as customers, toFloat64(sum(v.revenue)) as revenue from customer_value v group by v.rfm_group',
  );
  const deciles = await warehouse.rows<Overview['deciles'][number]>(
    `select decile, customers, brought as revenue, if(total = 0, 0, brought / total) as share from (
       select v.decile as decile, toUInt32(count()) as customers, toFloat64(sum(v.revenue)) as brought, sum(brought) over () as total
         from customer_value v group by v.decile
     ) order by decile`,
  );
  const map = await warehouse.rows<Overview['map'][number]>(
    `select v.recency as recency, v.frequency as frequency, toUInt32(count()) as customers, toFloat64(sum(v.revenue)) as revenue
       from customer_value v group by v.recency, v.frequency order by recency, frequency`,
  );
  // Money by the months of profit; people by the months the scoring kept of each, so that the list of a month holds the same ones.
  const byMonth = await warehouse.rows<Overview['byMonth'][number]>(
    `select concat(substring(toString(b.month), 1, 4), '-', substring(toString(b.month), 5)) as month, m.revenue as revenue, b.buyers as buyers
       from (select arrayJoin(months) as month, toUInt32(count()) as buyers from customer_value group by month order by month desc limit ${MONTHS}) b
       join (select toUInt32(a.month) as month, toFloat64(sum(a.revenue)) as revenue from customer_month a group by month) m on m.month = b.month
      order by b.month`,
  );
  return {
    computedAt: at.toISOString(),
    customers: Number(customers.rows[0]!.n),
    buyers,
    revenue: totals?.revenue ?? 0,
    margin: totals?.with_margin ? totals.margin : null,
    orders: totals?.orders ?? 0,
    currency,
    best: buyers ? await best(warehouse) : [],
    concentration: buyers ? Array.from({ length: 101 }, (_, i) => ({ customers: i / 100, revenue: bestShare(revenueCurve, i) })) : [],
    gini: buyers ? gini(revenueCurve) : 0,
    deciles,
    groups: RFM_GROUPS.flatMap((name) => groups.filter(({ group }) => group === name)),
    map,
    byMonth,
  };
}

/**
 * What the best 1, 5, 10 and 20 % bring: so many whole customers, by revenue, and of those same customers the share of all
 * revenue and of all known margin. They are who a list of the best holds.
 */
async function best(warehouse: Warehouse): Promise<Overview['best']> {
  return warehouse.rows<Overview['best'][number]>(
    `select percent, toUInt32(countIf(percentile <= percent)) as customers,
            if(sum(revenue) = 0, 0, toFloat64(sumIf(revenue, percentile <= percent)) / toFloat64(sum(revenue))) as revenueShare,
            if(ifNull(sum(margin), 0) = 0, null, ifNull(toFloat64(sumIf(margin, percentile <= percent)), 0) / toFloat64(sum(margin))) as marginShare
       from customer_value array join {percents:Array(UInt8)} as percent
      group by percent order by percent`,
    { percents: BEST },
  );
}

/** The curve of what customers bring, best first; the warehouse sums, in at most a thousand steps of customers. */
async function curve(warehouse: Warehouse): Promise<Curve> {
  const rows = await warehouse.rows<{ total: number }>(
    `with ranked as (
       select row_number() over (order by revenue desc) as place, count() over () as n,
              sum(toFloat64(revenue)) over (order by revenue desc rows between unbounded preceding and current row) as running
         from customer_value
     )
     select argMax(running, place) as total from ranked group by intDiv((place - 1) * least(n, ${STEPS}), n) as step order by step`,
  );
  return curveFromTotals(Float64Array.of(0, ...rows.map((row) => row.total)), STEPS);
}
