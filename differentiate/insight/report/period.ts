// The days a report is about, and those it is compared with.
import type { z } from 'zod';
import type { Warehouse } from '@vinculo/warehouse';
import { fail } from '@vinculo/errors';
import type { ReportQuery } from '../api/report.ts';

export interface Period {
  from: string;
  to: string;
  beforeFrom: string;
  beforeTo: string;
  /** Whether purchases are known of the time before: otherwise there is nothing to compare with. */
  comparable: boolean;
}

/** Purchases that begin so much later than the time before, of its length, are still of all of it. */
const LATE = 0.1;

const DAY = 86_400_000;
const day = (time: number) => new Date(time).toISOString().slice(0, 10);
const time = (date: string) => Date.parse(`${date}T00:00:00Z`);
/** The same day a year before; 29 February becomes the 28th. */
const yearBefore = (date: string) => {
  const [year, rest] = [Number(date.slice(0, 4)) - 1, date.slice(4)];
  return `${year}${rest === '-02-29' ? '-02-28' : rest}`;
};

/** @throws VIN_REPORT_PERIOD the last day comes before the first. */
export async function periodOf(
  warehouse: Pick<Warehouse, 'rows'>,
  { from, to, against }: Pick<z.infer<typeof ReportQuery>, 'from' | 'to' | 'against'>,
): Promise<Period> {
  const [known] = await warehouse.rows<{ first: string; last: string; n: number; quiet: number }>(
    `select toString(min(day)) as first, toString(max(day)) as last, toUInt32(count()) as n,
            arrayMax(arrayPushBack(arrayDifference(arraySort(groupUniqArray(toInt32(day)))), 0)) as quiet from fact_order`,
  );
  const last = known!.n > 0 ? known!.last : day(Date.now());
  const until = to ?? last;
  const since = from ?? day(time(yearBefore(until)) + DAY);
  if (since > until) throw fail('VIN_REPORT_PERIOD', { from: since, to: until });
  const before =
    against === 'year'
      ? { beforeFrom: yearBefore(since), beforeTo: yearBefore(until) }
      : { beforeFrom: day(time(since) - (time(until) - time(since)) - DAY), beforeTo: day(time(since) - DAY) };
  const comparable = known!.n > 0 && isKnown(before, known!);
  return { from: since, to: until, ...before, comparable };
}

/**
 * Whether purchases are known of a time. A file that begins a week before the period would make giants of everybody: what came
 * before it is unknown, not nothing. Where nobody buys for weeks anyway, a late beginning may be one of those times.
 *
 * @param known first day with a purchase, and the most days in a row without one.
 */
export function isKnown(
  { beforeFrom, beforeTo }: Pick<Period, 'beforeFrom' | 'beforeTo'>,
  known: { first: string; quiet: number },
): boolean {
  const length = time(beforeTo) - time(beforeFrom) + DAY;
  const late = time(known.first) - time(beforeFrom);
  return late < length && late <= Math.max(known.quiet * DAY, length * LATE);
}
