// What the customers of the period left, and how much of it the best few bring.
import type { Warehouse } from '@vinculo/warehouse';
import type { Figures } from './read-report.ts';
import { NOW as BOUGHT, type Scope } from './scope.ts';

type Profit = Figures['profit'];
const BEST = [1, 5, 10, 20];
/** Points of the curve: one a hundredth of the customers. */
const POINTS = 100;

/** Of months: see {@link scopeOf}. */
export const MONTHS_NOW = 'month between {monthFrom:UInt32} and {monthTo:UInt32}';
/** Of a month `m` of customer_month: what it left is known of something. Where nothing came in, nothing is known by it. */
export const PROFIT_KNOWN = 'isNotNull(m.profit) and (m.revenue != 0 or m.income != 0)';
const NOW = MONTHS_NOW;
const BEFORE = 'month between {monthBeforeFrom:UInt32} and {monthBeforeTo:UInt32}';

export async function readProfit(
  warehouse: Pick<Warehouse, 'rows'>,
  scope: Scope,
  buying: Promise<Figures['buyers']>,
  comparable: boolean,
): Promise<Profit> {
  const summing = warehouse.rows<Record<string, number>>(
    `select toFloat64(sumIf(m.margin, ${NOW})) as margin, toFloat64(sumIf(m.cost_to_serve, ${NOW})) as cost, toFloat64(sumIf(m.profit, ${NOW})) as profit,
            toFloat64(sumIf(m.margin, ${BEFORE})) as margin_before, toFloat64(sumIf(m.cost_to_serve, ${BEFORE})) as cost_before,
            toFloat64(sumIf(m.profit, ${BEFORE})) as profit_before, toUInt32(countIf(${PROFIT_KNOWN} and ${NOW})) as known
       from customer_month m where ((${NOW}) or (${BEFORE})) and ${scope.whose}`,
    scope.params,
  );
  const found = (await summing)[0]!;
  const known = found.known! > 0;
  const [buyers, ranked] = await Promise.all([buying, concentration(warehouse, scope, known)]);
  const compared = (name: string) => ({ now: found[name] ?? 0, before: comparable ? (found[`${name}_before`] ?? 0) : null });
  const profit = compared('profit');
  const each = (money: number | null, count: number | null) => (money === null || !count ? null : money / count);
  return {
    known,
    margin: compared('margin'),
    costToServe: compared('cost'),
    profit,
    perBuyer: { now: each(profit.now, buyers.now) ?? 0, before: each(profit.before, buyers.before) },
    ...ranked,
  };
}

/** Customers ranked by what they left, or by what they spent where no margin is known. */
async function concentration(
  warehouse: Pick<Warehouse, 'rows'>,
  scope: Scope,
  known: boolean,
): Promise<Pick<Profit, 'belowZero' | 'best' | 'curve'>> {
  // Purchases and months together, each customer once: to join the one with the other takes longer.
  const nothing = 'toDecimal64(0, 4)';
  const buyers = `
    select customer_id, toFloat64(sum(paid)) as spend, sum(bought) as orders, toFloat64(sum(left)) as profit
      from (
        select customer_id, amount as paid, toUInt32(amount > 0) as bought, ${nothing} as left from fact_order where ${BOUGHT} and ${scope.whose}
        union all
        select customer_id, ${nothing}, 0, ifNull(profit, ${nothing}) from customer_month where ${NOW} and ${scope.whose}
      )
     group by customer_id having orders > 0`;
  // Whoever is among the best one in a hundred is also among the best five: `first` is the smallest of those they are in.
  const within = BEST.flatMap((percent, n) => [`place <= ceil(n * ${percent} / 100)`, String(n)]).join(', ');
  const steps = await warehouse.rows<Step>(
    `select toUInt32(ceil(place * ${POINTS} / n)) as point, multiIf(${within}, ${BEST.length}) as first, toUInt32(count()) as customers,
            sum(r.spend) as spend, sum(r.profit) as profit, sumIf(r.profit, r.profit > 0) as gain,
            toUInt32(countIf(r.profit < 0)) as below, sumIf(-r.profit, r.profit < 0) as loss
       from (select spend, profit, row_number() over (order by ${known ? 'profit' : 'spend'} desc, customer_id) as place, count() over () as n from (${buyers})) r
      group by point, first order by point, first`,
    scope.params,
  );
  const all = summed(steps);
  const best = BEST.map((percent, n) => {
    const some = summed(steps.filter(({ first }) => first <= n));
    return {
      percent,
      customers: some.customers,
      revenueShare: all.spend === 0 ? 0 : some.spend / all.spend,
      profitShare: all.gain === 0 ? null : some.gain / all.gain,
    };
  });
  const curve = [{ customers: 0, revenue: 0, profit: known ? 0 : null }];
  for (const point of new Set(steps.map((step) => step.point))) {
    const running = summed(steps.filter((step) => step.point <= point));
    curve.push({
      customers: point / POINTS,
      revenue: all.spend > 0 ? running.spend / all.spend : 0,
      profit: known && all.profit > 0 ? running.profit / all.profit : null,
    });
  }
  return {
    belowZero: known ? { customers: all.below, loss: all.loss } : { customers: 0, loss: 0 },
    best: steps.length > 0 ? best : [],
    curve: steps.length > 0 ? curve : [],
  };
}

const SUMS = ['customers', 'spend', 'profit', 'gain', 'below', 'loss'] as const;
type Sums = Record<(typeof SUMS)[number], number>;
type Step = Sums & { point: number; first: number };

const summed = (steps: readonly Step[]): Sums =>
  Object.fromEntries(SUMS.map((name) => [name, steps.reduce((sum, step) => sum + step[name], 0)])) as Sums;
