// How many bought, how much, and where the growth comes from.
import type { Warehouse } from '@vinculo/warehouse';
import type { Figures } from './read-report.ts';
import { BEFORE, buyersOf, NOW, type Scope } from './scope.ts';

type Spread = Figures['normal']['spend'];
type Row = Record<string, number> & { spend: number[]; orders: number[]; order: number[] };

export interface Buyers {
  buyers: Figures['buyers'];
  spread: { spend: Spread; orders: Spread; averageOrder: Spread };
  volume: Figures['volume'];
  growth: Figures['growth'];
}

/** @param comparable whether there were purchases in the period before. */
export async function readBuyers(warehouse: Pick<Warehouse, 'rows'>, scope: Scope, comparable: boolean): Promise<Buyers> {
  const [row] = await warehouse.rows<Row>(
    `select toUInt32(countIf(b.orders > 0)) as buyers, toUInt32(countIf(orders_before > 0)) as buyers_before,
            sum(b.spend) as revenue, sum(spend_before) as revenue_before,
            toUInt32(sum(b.orders)) as all_orders, toUInt32(sum(orders_before)) as all_orders_before,
            toUInt32(sum(units)) as units, toUInt32(sum(b.units_before)) as units_before,
            quantilesIf(0.25, 0.5, 0.75)(b.spend, b.orders > 0) as spend, quantilesIf(0.25, 0.5, 0.75)(b.orders, b.orders > 0) as orders,
            quantilesIf(0.25, 0.5, 0.75)(b.spend / b.orders, b.orders > 0) as order,
            toUInt32(countIf(is_new)) as new_customers, sumIf(b.spend, is_new) as new_money,
            toUInt32(countIf(is_back)) as back_customers, sumIf(b.spend, is_back) as back_money,
            toUInt32(countIf(stayed and b.spend > spend_before)) as more_customers, sumIf(b.spend - spend_before, stayed and b.spend > spend_before) as more_money,
            toUInt32(countIf(stayed and b.spend <= spend_before)) as less_customers, sumIf(b.spend - spend_before, stayed and b.spend <= spend_before) as less_money,
            toUInt32(countIf(b.orders = 0)) as gone_customers, sumIf(b.spend - spend_before, b.orders = 0) as gone_money,
            medianIf(b.spend / spend_before - 1, stayed and spend_before > 0) as of_same, toUInt32(countIf(stayed)) as same
       from (
         select *, orders > 0 and orders_before > 0 as stayed, orders > 0 and orders_before = 0 and ${NOW('v.first_purchase_at')} as is_new,
                orders > 0 and orders_before = 0 and not is_new as is_back
           from (${buyersOf(scope)}) x left join (select customer_id, first_purchase_at from customer_value) v on v.customer_id = x.customer_id
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
      byMonth: await months(warehouse, scope, comparable),
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
  };
}

/** Month by month, each beside the month of the same place in the period before. */
async function months(warehouse: Pick<Warehouse, 'rows'>, scope: Scope, comparable: boolean): Promise<Figures['volume']['byMonth']> {
  const rows = await warehouse.rows<{ month: string; revenue: number; before: number }>(
    `select formatDateTime(toDate({from:String}) + toIntervalMonth(place), '%Y-%m') as month, sumIf(amount, now) as revenue, sumIf(amount, not now) as before
       from (
         select toFloat64(amount) as amount, ${NOW('occurred_at')} as now,
                dateDiff('month', if(now, toDate({from:String}), toDate({beforeFrom:String})), toDate(occurred_at, {timeZone:String})) as place
           from customer_order where ((${NOW('occurred_at')}) or (${BEFORE('occurred_at')})) and ${scope.whose}
       )
      where toDate({from:String}) + toIntervalMonth(place) <= toLastDayOfMonth(toDate({to:String}))
      group by place order by place`,
    scope.params,
  );
  return rows.map(({ month, revenue, before }) => ({ month, revenue, before: comparable ? before : null }));
}

/** Quartiles; zeros where nobody bought. */
export function spreadOf([low, middle, high]: readonly (number | null)[]): Spread {
  const number = (value: number | null | undefined) => (Number.isFinite(value) ? value! : 0);
  return { low: number(low), middle: number(middle), high: number(high) };
}
