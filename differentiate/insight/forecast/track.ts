// What was bought, to hold a forecast against.
import type { Warehouse } from '@vinculo/warehouse';
import { dateOf } from '../life-cycle/purchase-days.ts';
import { type Scoring, warehouseTime } from '../scores/score-step.ts';
import { type Computed, TRACK } from './compute-forecast.ts';
import type { Span } from './span.ts';

/** A year of the forecast, in days. */
const YEAR = 365;
const YEARS_BEFORE = 2;

/** The n-th twelfth of the year after a day (before it, for n < 0), named by the month most of it falls into. */
export const monthAfter = (day: number, n: number): string => dateOf(Math.round(day + (YEAR * (n + 0.5)) / 12)).slice(0, 7);

/** Purchases since the cut by those who had bought before it, as they were and as expected: both of everybody. */
export async function track(warehouse: Warehouse, { at, timeZone, signal }: Scoring, { cut, asOf }: Span, found: Computed) {
  const rows = await warehouse.rows<{ part: number; purchases: number }>(
    `select toUInt32(intDiv((day - {cut:UInt16} - 1) * ${TRACK}, {days:UInt16})) as part, toUInt32(count()) as purchases
       from (select customer_id, day, min(day) over (partition by customer_id) as first
               from (select distinct customer_id, toUInt16(toDate(occurred_at, {timeZone:String})) as day
                       from customer_order where amount > 0 and occurred_at < {until:DateTime('UTC')}))
      where first <= {cut:UInt16} and day > {cut:UInt16} and day <= {asOf:UInt16}
      group by part order by part`,
    { timeZone, until: warehouseTime(at), cut, asOf, days: asOf - cut },
    { signal },
  );
  let actual = 0;
  return found.track.map((expected, part) => {
    actual += rows.find((row) => row.part === part)?.purchases ?? 0;
    return {
      day: dateOf(Math.round(cut + ((asOf - cut) * (part + 1)) / TRACK)),
      actual,
      expected: (expected * found.testable) / found.tested,
    };
  });
}

/** Sales of the two years before, by twelfths of a year; `existing` is what customers bought whom the company had a year ago. */
export async function salesBefore(warehouse: Warehouse, { at, timeZone, signal }: Scoring, { first, asOf }: Span) {
  const rows = await warehouse.rows<{ part: number; revenue: number; existing: number }>(
    `select toUInt32(intDiv(({asOf:UInt16} - day) * 12, ${YEAR})) as part, toFloat64(sum(money)) as revenue,
            toFloat64(sumIf(money, began <= {asOf:UInt16} - ${YEAR})) as existing
       from (select customer_id, toUInt16(toDate(occurred_at, {timeZone:String})) as day, sum(amount) as money
               from customer_order where amount > 0 and occurred_at < {until:DateTime('UTC')} group by customer_id, day) o
       join (select customer_id, min(toUInt16(toDate(occurred_at, {timeZone:String}))) as began
               from customer_order where amount > 0 group by customer_id) c on c.customer_id = o.customer_id
      where day <= {asOf:UInt16} and {asOf:UInt16} - day < ${YEARS_BEFORE * YEAR}
      group by part`,
    { timeZone, until: warehouseTime(at), asOf },
    { signal },
  );
  const parts = Math.min(12 * YEARS_BEFORE, Math.ceil(((asOf - first + 1) * 12) / YEAR));
  return Array.from({ length: parts }, (_, i) => {
    const part = parts - 1 - i;
    const row = rows.find((each) => each.part === part);
    return { month: monthAfter(asOf, -part - 1), revenue: row?.revenue ?? 0, existing: row?.existing ?? 0 };
  });
}
