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
  /** The first day with a purchase: without one before `beforeFrom`'s end there is nothing to compare with. */
  first: string | null;
}

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
  const [known] = await warehouse.rows<{ first: string; last: string; n: number }>(
    'select toString(min(day)) as first, toString(max(day)) as last, toUInt32(count()) as n from fact_order',
  );
  const last = known!.n > 0 ? known!.last : day(Date.now());
  const until = to ?? last;
  const since = from ?? day(time(yearBefore(until)) + DAY);
  if (since > until) throw fail('VIN_REPORT_PERIOD', { from: since, to: until });
  const before =
    against === 'year'
      ? { beforeFrom: yearBefore(since), beforeTo: yearBefore(until) }
      : { beforeFrom: day(time(since) - (time(until) - time(since)) - DAY), beforeTo: day(time(since) - DAY) };
  return { from: since, to: until, ...before, first: known!.n > 0 ? known!.first : null };
}
