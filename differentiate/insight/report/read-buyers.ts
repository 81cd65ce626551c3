// Everything about those who bought, in one pass over them: how many, how much, where the growth comes from, why and since when.
import type { Warehouse } from '@vinculo/warehouse';
import { DURATION_COLUMNS, tenureOf } from './read-duration.ts';
import { LOYALTY_COLUMNS, loyaltyOf } from './read-loyalty.ts';
import type { Figures } from './read-report.ts';
import { buyersOf, EITHER, NOW, type Scope } from './scope.ts';
import { spreadOf } from './spread.ts';

type Spread = Figures['normal']['spend'];
type Row = Record<string, number> & { spend: number[]; orders: number[]; order: number[] };

export interface Buyers {
  buyers: Figures['buyers'];
  spread: { spend: Spread; orders: Spread; averageOrder: Spread };
  volume: Omit<Figures['volume'], 'byMonth'>;
  growth: Figures['growth'];
  loyalty: Figures['loyalty'];
  tenure: Pick<Figures['duration'], 'years' | 'bands'>;
}

/** @param comparable whether there were purchases in the period before. */
export async function readBuyers(warehouse: Pick<Warehouse, 'rows'>, scope: Scope, comparable: boolean): Promise<Buyers> {
  const [row] = await warehouse.rows<Row>(
    `select toUInt32(countIf(b.orders > 0)) as buyers, toUInt32(countIf(b.orders_before > 0)) as buyers_before,
            sum(b.spend) as revenue, sum(b.spend_before) as revenue_before,
            toUInt32(sum(b.orders)) as all_orders, toUInt32(sum(b.orders_before)) as all_orders_before,
            toUInt32(sum(b.units)) as units, toUInt32(sum(b.units_before)) as units_before,
            quantilesExactInclusiveIf(0.25, 0.5, 0.75)(b.spend, b.orders > 0) as spend, quantilesExactInclusiveIf(0.25, 0.5, 0.75)(b.orders, b.orders > 0) as orders,
            quantilesExactInclusiveIf(0.25, 0.5, 0.75)(b.spend / b.orders, b.orders > 0) as order,
            toUInt32(countIf(is_new)) as new_customers, sumIf(b.spend - b.spend_before, is_new) as new_money,
            toUInt32(countIf(is_back)) as back_customers, sumIf(b.spend - b.spend_before, is_back) as back_money,
            toUInt32(countIf(stayed and b.spend > b.spend_before)) as more_customers, sumIf(b.spend - b.spend_before, (stayed or idle) and b.spend > b.spend_before) as more_money,
            toUInt32(countIf(stayed and b.spend <= b.spend_before)) as less_customers, sumIf(b.spend - b.spend_before, (stayed or idle) and b.spend <= b.spend_before) as less_money,
            toUInt32(countIf(gone)) as gone_customers, sumIf(b.spend - b.spend_before, gone) as gone_money,
            quantileExactInclusiveIf(0.5)(b.spend / b.spend_before - 1, stayed and b.spend_before > 0) as of_same, toUInt32(countIf(stayed)) as same,
            ${LOYALTY_COLUMNS}, ${DURATION_COLUMNS}
       from (
         select x.*, c.profit as profit, dateDiff('day', c.first_day, {to:Date}) / 365.25 as years,
                x.orders > 0 and x.orders_before > 0 as stayed, x.orders > 0 and x.orders_before = 0 and x.fresh as is_new,
                x.orders > 0 and x.orders_before = 0 and not x.fresh as is_back,
                x.orders = 0 and x.orders_before > 0 as gone,
                -- Only brought something back: no buyer of either period, yet their money is of all sales.
                x.orders = 0 and x.orders_before = 0 as idle
           from (${buyersOf(scope)}) x join (select customer_no, first_day, profit from fact_customer where first_day > toDate(0)) c on c.customer_no = x.customer_no
       ) b`,
    scope.params,
  );
  const found = row!;
  const before = (value: number) => (comparable ? value : null);
  const compared = (name: string) => ({ now: found[name]!, before: before(found[`${name}_before`]!) });
  const revenue = compared('revenue');
  const orders = compared('all_orders');
  const each = (money: number | null, count: number | null) => (money === null || !count ? null : money / count);
  return {
    buyers: compared('buyers'),
    spread: { spend: spreadOf(found.spend), orders: spreadOf(found.orders), averageOrder: spreadOf(found.order) },
    volume: {
      revenue,
      orders,
      units: compared('units'),
      averageOrder: { now: each(revenue.now, orders.now) ?? 0, before: each(revenue.before, orders.before) },
    },
    growth: {
      rate: revenue.before ? revenue.now / revenue.before - 1 : null,
      ofSame: comparable && found.same! > 0 ? found.of_same! : null,
      steps: comparable
        ? (['new', 'back', 'more', 'less', 'gone'] as const).map((step) => ({
            step,
            customers: found[`${step}_customers`]!,
            money: found[`${step}_money`]!,
          }))
        : [],
    },
    loyalty: loyaltyOf(found),
    tenure: tenureOf(found),
  };
}

/** Month by month, each beside the month of the same place in the period before. */
export async function readMonths(
  warehouse: Pick<Warehouse, 'rows'>,
  scope: Scope,
  comparable: boolean,
): Promise<Figures['volume']['byMonth']> {
  const rows = await warehouse.rows<{ month: string; revenue: number; before: number }>(
    `select formatDateTime({from:Date} + toIntervalMonth(place), '%Y-%m') as month, sumIf(amount, now) as revenue, sumIf(amount, not now) as before
       from (
         select toFloat64(sum(amount)) as amount, ${NOW} as now, dateDiff('month', if(now, {from:Date}, {beforeFrom:Date}), day) as place
           from fact_order where ${EITHER} and ${scope.whose} group by day
       )
      where {from:Date} + toIntervalMonth(place) <= toLastDayOfMonth({to:Date})
      group by place order by place`,
    scope.params,
  );
  return rows.map(({ month, revenue, before }) => ({ month, revenue, before: comparable ? before : null }));
}
