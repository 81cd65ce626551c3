// Whose purchases, of which days: what every query of the report says alike.
import type { Period } from './period.ts';

export interface Scope {
  params: Record<string, unknown>;
  /** A condition over `customer_id`. */
  whose: string;
}

export function scopeOf(period: Period, segment: string | undefined, timeZone: string): Scope {
  return {
    params: {
      timeZone,
      from: period.from,
      to: period.to,
      beforeFrom: period.beforeFrom,
      beforeTo: period.beforeTo,
      ...(segment ? { segment } : {}),
    },
    whose: segment ? 'customer_id in (select customer_id from segment_member final where segment_id = {segment:UUID} and inside)' : 'true',
  };
}

const within = (from: string, to: string) => (at: string) =>
  `${at} >= toDateTime(toDate({${from}:String}), {timeZone:String}) and ${at} < toDateTime(toDate({${to}:String}) + 1, {timeZone:String})`;

/** Conditions over a moment: in the period, in the one before, in either. */
export const NOW = within('from', 'to');
export const BEFORE = within('beforeFrom', 'beforeTo');

/** One row a customer who bought in either period: money and orders of both. */
export const buyersOf = ({ whose }: Scope) => `
  select customer_id, toFloat64(sumIf(amount, ${NOW('occurred_at')})) as spend, countIf(amount > 0 and ${NOW('occurred_at')}) as orders,
         toFloat64(sumIf(amount, ${BEFORE('occurred_at')})) as spend_before, countIf(amount > 0 and ${BEFORE('occurred_at')}) as orders_before,
         sumIf(lines, ${NOW('occurred_at')}) as units, sumIf(lines, ${BEFORE('occurred_at')}) as units_before
    from customer_order
   where occurred_at >= toDateTime(least(toDate({beforeFrom:String}), toDate({from:String})), {timeZone:String}) and ${whose}
   group by customer_id
  having orders > 0 or orders_before > 0`;
