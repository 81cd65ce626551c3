// From when to when the company's purchases go, and which day everything found out of them is about.
import type { Warehouse } from '@vinculo/warehouse';

export interface PurchaseDays {
  /** Days since 1970: of the first order, and of the last. */
  first: number;
  last: number;
  /** The day it is all about. */
  asOf: number;
}

const DAY_MS = 86_400_000;
/** So many days without any purchase at all are no news, even where every other day has one. */
const QUIET_DAYS = 7;
/** The longest quiet time is looked for in a year, so that one of long ago explains nothing. */
const LOOKED_BACK = 366;

/**
 * The day it is all about is today, unless the file of purchases ends earlier than its own longest quiet time explains: then it is
 * its last day. A file loaded a month ago says nothing of that month, and nobody is lost because of it. Undefined without
 * purchases; what was only brought back or given away is none.
 */
export async function purchaseDays(
  warehouse: Warehouse,
  { at, timeZone, signal }: { at: Date; timeZone: string; signal: AbortSignal },
): Promise<PurchaseDays | undefined> {
  const [ends] = await warehouse.rows<{ first: number; last: number; longest: number }>(
    `select toUInt32(min(day)) as first, toUInt32(max(day)) as last,
            toUInt32(arrayMax(arrayPushFront(arrayPopFront(arrayDifference(arraySort(groupArrayIf(day, day > latest - ${LOOKED_BACK})))), 0))) as longest
       from (select day, max(day) over () as latest
               from (select distinct toUInt16(toDate(occurred_at, {timeZone:String})) as day
                       from customer_order where occurred_at < {until:DateTime('UTC')} and amount > 0))
     having count() > 0`,
    { timeZone, until: at.toISOString().slice(0, 19).replace('T', ' ') },
    { signal },
  );
  if (!ends) return undefined;
  const today = dayIn(at, timeZone);
  const { first, last, longest } = ends;
  return { first, last, asOf: today - last > Math.max(QUIET_DAYS, longest) ? last : today };
}

/** The whole days since 1970-01-01 of the date it is at that moment in that time zone. */
export function dayIn(at: Date, timeZone: string): number {
  const date = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(at);
  return Math.floor(Date.parse(`${date}T00:00:00Z`) / DAY_MS);
}

/** 2026-03-01 */
export const dateOf = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);
