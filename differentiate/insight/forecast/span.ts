// Over which days a forecast learns: the company's purchases from the first to now, and where they are cut to test the models.
import type { Warehouse } from '@vinculo/warehouse';
import { dayIn } from '../life-cycle/read-histories.ts';

export interface Span {
  /** Days since 1970. */
  first: number;
  asOf: number;
  /** Last day known to the models under test. */
  cut: number;
}

/** Less than three months shows too little of who comes back. */
export const DAYS_NEEDED = 90;
/** So many days without any purchase are no news, even where every other day has one. */
const QUIET_DAYS = 7;
/** A third of what there is tests the models, a year at most: then every season is in it once. */
const LONGEST_TEST = 365;

/**
 * The day it is all about is today, unless the file of purchases ends earlier than its own longest quiet time explains: then it is
 * its last day. Undefined without purchases.
 */
export async function forecastSpan(
  warehouse: Warehouse,
  { at, until, timeZone, signal }: { at: Date; until: string; timeZone: string; signal: AbortSignal },
): Promise<Span | undefined> {
  const [ends] = await warehouse.rows<{ first: number; last: number; longest: number }>(
    `select toUInt32(ifNull(min(day), 0)) as first, toUInt32(ifNull(max(day), 0)) as last,
            toUInt32(ifNull(arrayMax(arrayPopFront(arrayDifference(arraySort(groupArrayIf(day, day > latest - 366))))), 0)) as longest
       from (select day, max(day) over () as latest
               from (select distinct toUInt16(toDate(occurred_at, {timeZone:String})) as day
                       from customer_order where occurred_at < {until:DateTime('UTC')} and amount > 0))`,
    { timeZone, until },
    { signal },
  );
  if (!ends || ends.last === 0) return undefined;
  const today = dayIn(at, timeZone);
  const asOf = today - ends.last > Math.max(QUIET_DAYS, ends.longest) ? ends.last : today;
  return { first: ends.first, asOf, cut: asOf - Math.min(LONGEST_TEST, Math.round((asOf - ends.first) / 3)) };
}
