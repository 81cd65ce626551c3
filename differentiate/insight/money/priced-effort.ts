// Effort times price, in the warehouse.
import { effortsOf, monthIndex, monthOfIndex } from './effort.ts';
import type { UnitCost } from './cost-table.ts';

export function priceParameters(prices: readonly UnitCost[]): Record<string, unknown> {
  return {
    priceKinds: prices.map(({ kind }) => kind),
    priceVias: prices.map(({ via }) => via),
    priceTerms: prices.map(({ term }) => term),
    priceFrom: prices.map(({ from }) => from),
    priceTo: prices.map(({ to }) => to),
    prices: prices.map(({ amount }) => amount.toFixed(8)),
  };
}

const PRICES = `
  (select p.1 as kind, p.2 as via, p.3 as term, p.4 as from_month, p.5 as to_month, toDecimal128(p.6, 8) as price
     from (select arrayJoin(arrayZip({priceKinds:Array(String)}, {priceVias:Array(String)}, {priceTerms:Array(String)},
                                     {priceFrom:Array(UInt32)}, {priceTo:Array(UInt32)}, {prices:Array(String)})) as p))`;

/** Rounded by customer, month and kind of effort, as {@link roundedCost} does. */
const cost = (quantity: string) => `toDecimal64(round(cast(${quantity}, 'Decimal(38, 4)') * p.price, 4), 4)`;

/**
 * Columns customer_id, month, term, cost: every effort that has a price. Needs {@link priceParameters} and `timeZone`.
 * A fixed cost is spread over the months it is for.
 *
 * @param within - a condition on customer_id: only these.
 */
export const pricedEffort = (within = 'true') => `
  select e.customer_id as customer_id, e.month as month, p.term as term, ${cost('e.quantity')} as cost
    from (${effortsOf(within, (kind) => `has({priceKinds:Array(String)}, ${kind})`)}) e join ${PRICES} p on p.kind = e.kind and p.via = e.via
   where e.kind != 'fixed' and e.month >= p.from_month and e.month < p.to_month
  union all
  select f.customer_id, f.month, p.term, ${cost('1')}
    from (select customer_id, 'fixed' as kind, toUInt32(${monthOfIndex('at')}) as month
            from (select customer_id, arrayJoin(range(toUInt64(${monthIndex('month')}), toUInt64(${monthIndex('month')} + quantity))) as at
                    from customer_effort where ${within} and kind = 'fixed' and has({priceKinds:Array(String)}, 'fixed'))) f
    join ${PRICES} p on p.kind = f.kind
   where f.month >= p.from_month and f.month < p.to_month`;

/** The same for one row outside the warehouse. */
export const roundedCost = (quantity: number, amount: number): number => Math.round(quantity * Number(amount.toFixed(8)) * 10_000) / 10_000;
