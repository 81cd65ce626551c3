// What the customers of the period left, and how much of it the best few bring.
import type { Warehouse } from '@vinculo/warehouse';
import type { Figures } from './read-report.ts';
import { buyersOf, type Scope } from './scope.ts';

type Profit = Figures['profit'];
const BEST = [1, 5, 10, 20];
/** Points of the curve: one a hundredth of the customers. */
const POINTS = 100;

/** Months are whole: those the period touches. */
const MONTHS = (from: string, to: string) => `month between toYYYYMM(toDate({${from}:String})) and toYYYYMM(toDate({${to}:String}))`;
const NOW = MONTHS('from', 'to');
const BEFORE = MONTHS('beforeFrom', 'beforeTo');

export async function readProfit(
  warehouse: Pick<Warehouse, 'rows'>,
  scope: Scope,
  buyers: Figures['buyers'],
  comparable: boolean,
): Promise<Profit> {
  const [sum] = await warehouse.rows<Record<string, number>>(
    `select toFloat64(sumIf(m.margin, ${NOW})) as margin, toFloat64(sumIf(m.cost_to_serve, ${NOW})) as cost, toFloat64(sumIf(m.profit, ${NOW})) as profit,
            toFloat64(sumIf(m.margin, ${BEFORE})) as margin_before, toFloat64(sumIf(m.cost_to_serve, ${BEFORE})) as cost_before,
            toFloat64(sumIf(m.profit, ${BEFORE})) as profit_before, toUInt32(countIf(isNotNull(m.profit) and ${NOW})) as known
       from customer_month m where ((${NOW}) or (${BEFORE})) and ${scope.whose}`,
    scope.params,
  );
  const found = sum!;
  const known = found.known! > 0;
  const compared = (name: string) => ({ now: found[name] ?? 0, before: comparable ? (found[`${name}_before`] ?? 0) : null });
  const profit = compared('profit');
  const each = (money: number | null, count: number | null) => (money === null || !count ? null : money / count);
  return {
    known,
    margin: compared('margin'),
    costToServe: compared('cost'),
    profit,
    perBuyer: { now: each(profit.now, buyers.now) ?? 0, before: each(profit.before, buyers.before) },
    ...(await concentration(warehouse, scope, known)),
  };
}

/** Customers ranked by what they left, or by what they spent where no margin is known. */
async function concentration(
  warehouse: Pick<Warehouse, 'rows'>,
  scope: Scope,
  known: boolean,
): Promise<Pick<Profit, 'belowZero' | 'best' | 'curve'>> {
  const ranked = `
    select spend, profit, row_number() over (order by ${known ? 'profit' : 'spend'} desc, customer_id) as place, count() over () as n
      from (
        select b.customer_id as customer_id, b.spend as spend, toFloat64(ifNull(m.profit, 0)) as profit
          from (${buyersOf(scope)}) b
          left join (select customer_id, sum(profit) as profit from customer_month where ${NOW} group by customer_id) m on m.customer_id = b.customer_id
         where b.orders > 0
      )`;
  const [below] = await warehouse.rows<Profit['belowZero']>(
    `select toUInt32(countIf(profit < 0)) as customers, sumIf(-profit, profit < 0) as loss from (${ranked})`,
    scope.params,
  );
  const best = await warehouse.rows<Profit['best'][number]>(
    `select percent, toUInt32(countIf(place <= ceil(n * percent / 100))) as customers,
            if(sum(spend) = 0, 0, sumIf(spend, place <= ceil(n * percent / 100)) / sum(spend)) as revenueShare,
            if(sumIf(profit, profit > 0) = 0, null, sumIf(profit, profit > 0 and place <= ceil(n * percent / 100)) / sumIf(profit, profit > 0)) as profitShare
       from (${ranked}) array join [${BEST.join(', ')}] as percent group by percent order by percent`,
    scope.params,
  );
  const steps = await warehouse.rows<{ point: number; spend: number; profit: number }>(
    `select toUInt32(ceil(place * ${POINTS} / n)) as point, sum(spend) as spend, sum(profit) as profit from (${ranked}) group by point order by point`,
    scope.params,
  );
  const all = { spend: steps.reduce((sum, one) => sum + one.spend, 0), profit: steps.reduce((sum, one) => sum + one.profit, 0) };
  const running = { spend: 0, profit: 0 };
  const curve = [{ customers: 0, revenue: 0, profit: known ? 0 : null }];
  for (const { point, spend, profit } of steps) {
    running.spend += spend;
    running.profit += profit;
    curve.push({
      customers: point / POINTS,
      revenue: all.spend > 0 ? running.spend / all.spend : 0,
      profit: known && all.profit > 0 ? running.profit / all.profit : null,
    });
  }
  return {
    belowZero: known ? below! : { customers: 0, loss: 0 },
    best: steps.length > 0 ? best : [],
    curve: steps.length > 0 ? curve : [],
  };
}
