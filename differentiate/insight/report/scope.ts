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
      ...monthsOf('month', period.from, period.to),
      ...monthsOf('monthBefore', period.beforeFrom, period.beforeTo),
      ...(segment ? { segment } : {}),
    },
    whose: segment ? 'customer_id in (select customer_id from segment_member final where segment_id = {segment:UUID} and inside)' : 'true',
  };
}

/**
 * Costs are known by the month: a month is of the period its 15th lies in, so that a year has twelve, and no month is of the
 * period and of the one before. Of days without a 15th, the month they end in. Months as numbers, 202603.
 */
function monthsOf(name: string, from: string, to: string): Record<string, number> {
  const index = (day: string) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;
  const number = (month: number) => Math.floor(month / 12) * 100 + (month % 12) + 1;
  const [first, last] = [index(from) + (from.slice(8) > '15' ? 1 : 0), index(to) - (to.slice(8) < '15' ? 1 : 0)];
  return { [`${name}From`]: number(first <= last ? first : index(to)), [`${name}To`]: number(first <= last ? last : index(to)) };
}

/** Conditions over `day`, a day of the company's calendar: in the period, in the one before, in either. */
export const NOW = 'day between {from:Date} and {to:Date}';
export const BEFORE = 'day between {beforeFrom:Date} and {beforeTo:Date}';
export const EITHER = `(${NOW} or ${BEFORE})`;

/**
 * One row a customer who bought, or brought something back, in either period: money and orders of both, and whether the first of all their days is in this one.
 * Read from the facts, which lie in the order of days and carry what each customer is.
 */
export const buyersOf = ({ whose }: Scope) => `
  select customer_no, any(loyalty) as loyalty, max(first and ${NOW}) as fresh,
         toFloat64(sumIf(amount, ${NOW})) as spend, countIf(amount > 0 and ${NOW}) as orders,
         toFloat64(sumIf(amount, ${BEFORE})) as spend_before, countIf(amount > 0 and ${BEFORE}) as orders_before,
         sumIf(lines, ${NOW}) as units, sumIf(lines, ${BEFORE}) as units_before
    from fact_order
   where ${EITHER} and ${whose}
   group by customer_no`;
