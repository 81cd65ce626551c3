// The profit of one customer, opened into its terms: how many units at which price, month by month.
import type { Context } from '@vinculo/http';
import type { z } from 'zod';
import { type CustomerProfit, type CustomerTerm } from '../api/profit.ts';
import { EffortKind } from '../api/costs.ts';
import { currentCosts } from './current-costs.ts';
import { effortsOf } from './effort.ts';
import { NO_COSTS, termOf, unitCosts } from './cost-table.ts';
import { termDescriptions } from './describe-term.ts';
import { livingCustomer } from './living-customer.ts';
import { roundedCost } from './priced-effort.ts';
import { writtenMonth } from './profit-overview.ts';
import { latestSnapshot } from './profit-snapshot.ts';

type Profit = z.infer<typeof CustomerProfit>;
type Term = z.infer<typeof CustomerTerm>;

interface Effort {
  month: number;
  kind: string;
  via: string;
  quantity: number;
}

/** @throws VIN_CUSTOMER_NOT_FOUND if nobody has that id. @returns null where nothing is known of them yet. */
export async function customerProfit(
  { store, warehouse, settings }: Pick<Context, 'store' | 'warehouse' | 'settings'>,
  asked: string,
): Promise<Profit | null> {
  const { id: customer } = await livingCustomer(store.db, asked);
  const [snapshot, current, describe, { currency, timeZone }] = await Promise.all([
    latestSnapshot(store.db),
    currentCosts(store.db),
    termDescriptions(store.db),
    settings.get(),
  ]);
  const params = { customer };
  const [row] = await warehouse.rows<{
    revenue: number;
    margin: number | null;
    basis: Profit['marginBasis'];
    cost: number;
    profit: number | null;
    income: number;
    unknown: number;
    costs: Record<string, number>;
    incomes: Record<string, number>;
  }>(
    `select toFloat64(p.revenue) as revenue, toFloat64(p.margin) as margin, toString(p.margin_basis) as basis, toFloat64(p.cost_to_serve) as cost,
            toFloat64(p.profit) as profit, toFloat64(p.income) as income, toFloat64(p.unknown_revenue) as unknown, p.costs as costs, p.incomes as incomes
       from customer_profit p where p.customer_id = {customer:UUID}`,
    params,
  );
  const took = await warehouse.rows<Effort>(
    `select toUInt32(month) as month, kind, via, toFloat64(e.quantity) as quantity
       from (${effortsOf('customer_id = {customer:UUID}')}) e order by month, kind, via`,
    { ...params, timeZone },
  );
  if (!snapshot || (!row && took.length === 0)) return null;
  const months = await warehouse.rows<{
    month: number;
    revenue: number;
    margin: number | null;
    income: number;
    cost: number;
    profit: number | null;
  }>(
    `select toUInt32(month) as month, toFloat64(m.revenue) as revenue, toFloat64(m.margin) as margin, toFloat64(m.income) as income,
            toFloat64(m.cost_to_serve) as cost, toFloat64(m.profit) as profit
       from customer_month m where m.customer_id = {customer:UUID} order by month`,
    params,
  );
  const table = snapshot.costs ?? NO_COSTS;
  const counted = new Map<string, Pick<Term, 'quantity' | 'prices'>>();
  const unpriced = new Map<string, Profit['unpriced'][number]>();
  for (const effort of took) {
    const { kind, via, quantity } = effort;
    const term = termOf(table, kind, via);
    const known = EffortKind.safeParse(kind);
    if (!term?.rates.some(({ amount }) => amount > 0)) {
      const so = unpriced.get(`${kind}\n${via}`);
      if (known.success && kind !== 'fixed') {
        unpriced.set(`${kind}\n${via}`, { kind: known.data, via, quantity: (so?.quantity ?? 0) + quantity });
      }
      continue;
    }
    const key = unitCosts(term, kind, via)[0]!.term;
    const so = counted.get(key) ?? { quantity: 0, prices: [] };
    counted.set(key, so);
    so.quantity = (so.quantity ?? 0) + quantity;
    for (const [n, unit] of unitCosts(term, kind, via).entries()) {
      const units = kind === 'fixed' ? monthsWithin(effort, unit) : effort.month >= unit.from && effort.month < unit.to ? quantity : 0;
      if (units === 0) continue;
      const { from, amount } = term.rates.toSorted((a, b) => (a.from ?? '').localeCompare(b.from ?? ''))[n]!;
      let price = so.prices.find((one) => one.from === from);
      if (!price) so.prices.push((price = { from, amount, quantity: 0, cost: 0 }));
      price.quantity += units;
      // A fixed cost is rounded month by month, every other effort as the scoring rounds it.
      price.cost += kind === 'fixed' ? units * roundedCost(1, unit.amount) : roundedCost(units, unit.amount);
    }
  }
  const terms = (amounts: Record<string, number>, side: Term['side']): Term[] =>
    Object.entries(amounts)
      .map(([term, amount]) => ({ term, side, amount, ...describe(term), ...(counted.get(term) ?? { quantity: null, prices: [] }) }))
      .filter(({ amount }) => amount !== 0)
      .toSorted((a, b) => b.amount - a.amount);
  return {
    computedAt: snapshot.computedAt,
    currency,
    revenue: row?.revenue ?? 0,
    goods: row ? (row.margin === null ? null : row.revenue - row.unknown - row.margin) : 0,
    margin: row ? row.margin : 0,
    marginBasis: row?.basis ?? 'cost',
    unknownRevenue: row?.unknown ?? 0,
    income: row?.income ?? 0,
    costToServe: row?.cost ?? 0,
    profit: row ? row.profit : 0,
    terms: [...terms(row?.incomes ?? {}, 'income'), ...terms(row?.costs ?? {}, 'cost')],
    unpriced: [...unpriced.values()],
    byMonth: months.map(({ month, cost, ...money }) => ({ month: writtenMonth(month), costToServe: cost, ...money })),
    outdated: snapshot.costsVersion !== current.version,
  };
}

/** Months of a customer that fall into an interval of prices; `quantity` of them from `month` on. */
function monthsWithin({ month, quantity }: Effort, { from, to }: { from: number; to: number }): number {
  const index = (at: number) => Math.floor(at / 100) * 12 + (at % 100) - 1;
  const first = Math.max(index(month), index(Math.max(from, 1)));
  const end = Math.min(index(month) + quantity, index(to));
  return Math.max(0, end - first);
}
