// The customers behind a figure of the six questions: exactly those it counted, of the same days and the same segment.
import { type Context, decodeCursor, toPage } from '@vinculo/http';
import type { z } from 'zod';
import type { ReportCustomer, ReportCustomersQuery } from '../api/report.ts';
import { namesOf } from '../money/preview-costs.ts';
import { periodOf } from './period.ts';
import { BANDS } from './read-duration.ts';
import { MONTHS_NOW, PROFIT_KNOWN } from './read-profit.ts';
import { buyersOf, NOW, type Scope, scopeOf } from './scope.ts';

type Stores = Pick<Context, 'store' | 'warehouse'>;
type Query = z.infer<typeof ReportCustomersQuery>;
type Customer = z.infer<typeof ReportCustomer>;

/** Conditions over the buyers `b` of either period, each of the customers of one figure. */
const WHO: Record<NonNullable<Query['who']>, string> = {
  buyers: 'b.orders > 0',
  new: 'b.orders > 0 and b.orders_before = 0 and b.fresh',
  back: 'b.orders > 0 and b.orders_before = 0 and not b.fresh',
  more: 'b.orders > 0 and b.orders_before > 0 and b.spend > b.spend_before',
  less: 'b.orders > 0 and b.orders_before > 0 and b.spend <= b.spend_before',
  gone: 'b.orders = 0 and b.orders_before > 0',
  below: 'b.orders > 0 and b.profit < 0',
};

export async function reportCustomers(
  { store, warehouse }: Stores,
  { cursor, limit, ...query }: Query & { cursor?: string | undefined; limit: number },
): Promise<{ items: Customer[]; next: string | null }> {
  const { rows: all, params } = await listed({ warehouse }, query);
  // Who left most first: of those who stopped, by what they spent before.
  const by = query.who === 'below' ? '-b.profit' : query.who === 'gone' ? 'b.spend_before' : 'b.spend';
  const [after, afterId] = decodeCursor(cursor, 2) ?? [];
  const rows = await warehouse.rows<Omit<Customer, 'name'> & { sorted: string }>(
    `select toString(b.customer_id) as id, b.spend as spend, toUInt32(b.orders) as orders, b.spend_before as spendBefore, toUInt32(b.orders_before) as ordersBefore,
            b.known_profit as profit, toString(${by}) as sorted
       from (${all}) b
      ${cursor ? `where ${by} < {after:Float64} or (${by} = {after:Float64} and b.customer_id > {afterId:UUID})` : ''}
      order by ${by} desc, b.customer_id limit {limit:UInt32}`,
    { ...params, limit: limit + 1, ...(cursor ? { after: Number(after), afterId } : {}) },
  );
  const { items, next } = toPage(rows, limit, ({ sorted, id }) => [sorted, id]);
  const names = await namesOf(
    { store },
    items.map(({ id }) => id),
  );
  return {
    next,
    // Somebody who was merged or erased since the scoring is not shown under a name that is no longer theirs.
    items: items.flatMap(({ sorted: _sorted, ...one }) => {
      const name = names.get(one.id);
      return name === undefined ? [] : [{ ...one, name }];
    }),
  };
}

/** How many there are on such a list: the figure. */
export async function countReportCustomers({ warehouse }: Pick<Stores, 'warehouse'>, query: Query): Promise<number> {
  const { rows, params } = await listed({ warehouse }, query);
  const [counted] = await warehouse.rows<{ n: number }>(`select toUInt32(count()) as n from (${rows}) b`, params);
  return counted?.n ?? 0;
}

async function listed({ warehouse }: Pick<Stores, 'warehouse'>, query: Query): Promise<{ rows: string; params: Record<string, unknown> }> {
  const scope = scopeOf(await periodOf(warehouse, query), query.segment);
  const { who = 'buyers', best, loyalty, years, province, category } = query;
  const band = years === undefined ? -1 : BANDS.indexOf(years);
  const until = BANDS[band + 1];
  const conditions = [
    WHO[who],
    ...(loyalty ? ['b.loyalty = {loyalty:String}'] : []),
    ...(band > 0 ? [`b.years >= ${years}`] : []),
    ...(band >= 0 && until ? [`b.years < ${until}`] : []),
    ...(province ? ['b.customer_id in (select customer_id from customer_profile final where alive and province = {province:String})'] : []),
    ...(category
      ? [`b.customer_no in (select customer_no from customer_line where category = {category:String} and amount > 0 and ${NOW})`]
      : []),
  ];
  const chosen = `select * from (${withProfit(scope)}) b where ${conditions.join(' and ')}`;
  const params = Object.fromEntries(
    Object.entries({ ...scope.params, loyalty, province, category }).filter(([, value]) => value !== undefined),
  );
  if (!best) return { rows: chosen, params };
  // Ranked as the report ranks them: by what they left, or by what they spent where no margin is known.
  const [months] = await warehouse.rows<{ known: number }>(
    `select count() as known from customer_month m where ${PROFIT_KNOWN} and ${MONTHS_NOW} and ${scope.whose}`,
    scope.params,
  );
  const rank = months!.known > 0 ? 'profit' : 'spend';
  const ranked = `select r.*, row_number() over (order by r.${rank} desc, r.customer_id) as place, count() over () as n from (${chosen}) r`;
  return { rows: `select * from (${ranked}) where place <= ceil(n * ${best} / 100)`, params };
}

/** The buyers with who they are, since when, and what they left in the months of the period. */
const withProfit = (scope: Scope) => `
  select x.* except (customer_no), c.customer_no as customer_no, c.customer_id as customer_id, dateDiff('day', c.first_day, {to:Date}) / 365.25 as years,
         toFloat64(m.profit) as known_profit, ifNull(known_profit, 0) as profit
    from (${buyersOf(scope)}) x
    join (select customer_no, customer_id, first_day from fact_customer where first_day > toDate(0)) c on c.customer_no = x.customer_no
    left join (select customer_id, sum(profit) as profit from customer_month where ${MONTHS_NOW} group by customer_id) m on m.customer_id = c.customer_id`;
