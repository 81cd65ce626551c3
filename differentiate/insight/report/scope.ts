// Whose purchases, of which days: what every query of the report says alike.
import type { Period } from './period.ts';

export interface Scope {
  params: Record<string, unknown>;
  /** A condition over `customer_id`. */
  whose: string;
}

export function scopeOf(period: Omit<Period, 'comparable'>, segment: string | undefined): Scope {
  return {
    params: {
      from: period.from,
      to: period.to,
      beforeFrom: period.beforeFrom,
      beforeTo: period.beforeTo,
      ...(segment ? { segment } : {}),
    },
    whose: segment ? 'customer_id in (select customer_id from segment_member final where segment_id = {segment:UUID} and inside)' : 'true',
  };
}

/** Conditions over `day`, a day of the company's calendar: in the period, in the one before, in either. */
export const NOW = 'day between {from:Date} and {to:Date}';
export const BEFORE = 'day between {beforeFrom:Date} and {beforeTo:Date}';
export const EITHER = `(${NOW} or ${BEFORE})`;

/**
 * One row a customer who bought in either period: money and orders of both, and whether the first of all their days is in this one.
 * Read from the facts, which lie in the order of days and carry what each customer is.
 */
export const buyersOf = ({ whose }: Scope) => `
  select customer_no, any(loyalty) as loyalty, max(first and ${NOW}) as fresh,
         toFloat64(sumIf(amount, ${NOW})) as spend, countIf(amount > 0 and ${NOW}) as orders,
         toFloat64(sumIf(amount, ${BEFORE})) as spend_before, countIf(amount > 0 and ${BEFORE}) as orders_before,
         sumIf(lines, ${NOW}) as units, sumIf(lines, ${BEFORE}) as units_before
    from fact_order
   where ${EITHER} and ${whose}
   group by customer_no
  having orders > 0 or orders_before > 0`;
