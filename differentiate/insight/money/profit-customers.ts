// Customers by profit, worst or best first: the lists behind every figure of profit, those who never bought among them.
import { type Context, decodeCursor, toPage } from '@vinculo/http';
import type { z } from 'zod';
import type { ProfitCustomer, ProfitCustomersQuery } from '../api/profit.ts';
import { termDescriptions } from './describe-term.ts';
import { LOSS_REASON } from './loss-reason.ts';
import { namesOf } from './preview-costs.ts';
import { latestSnapshot, type Overview } from './profit-snapshot.ts';

type Stores = Pick<Context, 'store' | 'warehouse'>;
type Query = z.infer<typeof ProfitCustomersQuery>;
type Customer = z.infer<typeof ProfitCustomer>;

interface Row {
  id: string;
  revenue: number;
  margin: number | null;
  income: number;
  cost: number;
  profit: number | null;
  sorted: string;
  reason: string;
}

export async function profitCustomers(
  { store, warehouse }: Stores,
  { order, cursor, limit, ...filter }: Query & { cursor?: string | undefined; limit: number },
): Promise<{ items: Customer[]; next: string | null }> {
  const { where, params } = await conditions({ store, warehouse }, filter);
  const [after, afterId] = decodeCursor(cursor, 2) ?? [];
  // Of those whose profit is unknown, by what they bought.
  const by = filter.which === 'unknown' ? 'p.revenue' : 'assumeNotNull(p.profit)';
  const descending = order === 'best' || filter.which === 'unknown';
  const beyond = `(${by} ${descending ? '<' : '>'} toDecimal64({after:String}, 4) or (${by} = toDecimal64({after:String}, 4) and p.customer_id > {afterId:UUID}))`;
  const rows = await warehouse.rows<Row>(
    `select toString(p.customer_id) as id, toFloat64(p.revenue) as revenue, toFloat64(p.margin) as margin, toFloat64(p.income) as income,
            toFloat64(p.cost_to_serve) as cost, toFloat64(p.profit) as profit, toString(${by}) as sorted, if(p.profit < 0, ${LOSS_REASON}, '') as reason
       from customer_profit p
      where ${where} ${cursor ? `and ${beyond}` : ''}
      order by ${by} ${descending ? 'desc' : 'asc'}, p.customer_id
      limit {limit:UInt32}`,
    { ...params, limit: limit + 1, ...(cursor ? { after, afterId } : {}) },
  );
  const { items, next } = toPage(rows, limit, ({ sorted, id }) => [sorted, id]);
  const [names, describe] = await Promise.all([
    namesOf(
      { store },
      items.map(({ id }) => id),
    ),
    termDescriptions(store.db),
  ]);
  return {
    next,
    // Somebody who was merged or erased since the scoring is not shown under a name that is no longer theirs.
    items: items.flatMap(({ id, cost, reason, revenue, margin, income, profit }) => {
      const name = names.get(id);
      return name === undefined
        ? []
        : [{ id, name, revenue, margin, income, profit, costToServe: cost, reason: reason ? { reason, ...describe(reason) } : null }];
    }),
  };
}

/** How many there are on such a list. */
export async function countProfitCustomers(stores: Stores, filter: Omit<Query, 'order'>): Promise<number> {
  const { where, params } = await conditions(stores, filter);
  const [counted] = await stores.warehouse.rows<{ n: number }>(
    `select toUInt32(count()) as n from customer_profit p where ${where}`,
    params,
  );
  return counted?.n ?? 0;
}

async function conditions({ store }: Stores, { which, reason, decile, basis }: Omit<Query, 'order'>) {
  const all = [
    which === 'unknown' ? 'isNull(p.profit)' : 'isNotNull(p.profit)',
    ...(which === 'below' || reason ? ['p.profit < 0'] : []),
    ...(which === 'above' ? ['p.profit >= 0'] : []),
    ...(reason ? [`${LOSS_REASON} = {reason:String}`] : []),
    ...(basis ? ['p.margin_basis = {basis:String}'] : []),
  ];
  const params: Record<string, unknown> = { reason, basis };
  if (decile) {
    const { deciles = [] } = (await latestSnapshot(store.db))?.overview ?? {};
    const between = bounds(deciles, decile);
    all.push(between.where);
    Object.assign(params, between.params);
  }
  return { where: all.join(' and '), params: Object.fromEntries(Object.entries(params).filter(([, value]) => value !== undefined)) };
}

/** A tenth ends with the customer the snapshot says, and begins after the last of the tenth before. */
function bounds(deciles: Overview['deciles'], decile: number): { where: string; params: Record<string, unknown> } {
  const own = deciles.find((one) => one.decile === decile);
  if (!own) return { where: 'false', params: {} };
  const before = deciles.filter((one) => one.decile < decile).at(-1);
  const after = (place: string) =>
    `(p.profit < toDecimal64({${place}:String}, 4) or (p.profit = toDecimal64({${place}:String}, 4) and p.customer_id > {${place}Id:UUID}))`;
  return {
    where: `not ${after('end')} ${before ? `and ${after('start')}` : ''}`,
    params: {
      end: own.last.toFixed(4),
      endId: own.lastId,
      ...(before ? { start: before.last.toFixed(4), startId: before.lastId } : {}),
    },
  };
}
