// How long customers have been customers, and how many stay.
import { kaplanMeier } from '@vinculo/value';
import type { Warehouse } from '@vinculo/warehouse';
import type { Figures } from './read-report.ts';
import type { Scope } from './scope.ts';
import { spreadOf } from './spread.ts';

type Duration = Figures['duration'];

/** Longer than this nobody looks. */
const MOST_MONTHS = 120;
/** Whole years as a customer, each band until the next begins. */
export const BANDS = ['0', '1', '2', '3', '5'] as const;

/** Columns over the buyers `b`, whose `years` are those since their first purchase. */
export const DURATION_COLUMNS = [
  'quantilesExactInclusiveIf(0.25, 0.5, 0.75)(b.years, b.orders > 0) as years',
  ...BANDS.flatMap((from, n) => {
    const until = BANDS[n + 1];
    // The first purchase may come after the period, where only something brought back is in it.
    const theirs = `b.orders > 0 and ${[n > 0 && `b.years >= ${from}`, until && `b.years < ${until}`].filter(Boolean).join(' and ')}`;
    return [`toUInt32(countIf(${theirs})) as band_${from}`, `sumIf(b.spend, ${theirs}) as band_${from}_revenue`];
  }),
].join(', ');

export function tenureOf(found: Readonly<Record<string, unknown>>): Pick<Duration, 'years' | 'bands'> {
  const bands = BANDS.map((years) => ({
    years,
    customers: found[`band_${years}`] as number,
    revenue: found[`band_${years}_revenue`] as number,
  })).filter(({ customers }) => customers > 0);
  const all = bands.reduce((sum, { customers }) => sum + customers, 0);
  return {
    years: all > 0 ? spreadOf(found.years as number[]) : null,
    bands: bands.map((one) => ({ ...one, share: one.customers / all })),
  };
}

/** Who is lost or inactive ended with the last purchase; the others go on, and how long is not known yet. */
export async function readSurvival(warehouse: Pick<Warehouse, 'rows'>, { params, whose }: Scope): Promise<Duration['survival']> {
  const lives = await warehouse.rows<{ months: number; ended: number; n: number }>(
    `select toInt32(least(${MOST_MONTHS}, intDiv((if(ended, last_day, {to:Date} + 1) - first_day) * 100, 3044))) as months,
            toUInt8(stage in ('lost', 'inactive')) as ended, toUInt32(count()) as n
       from fact_customer
      where first_day > toDate(0) and stage != '' and first_day <= {to:Date} and ${whose}
      group by months, ended order by months`,
    params,
  );
  if (lives.every(({ ended }) => ended === 0)) return [];
  // A month's figures weigh as many customers as they stand for.
  const curve = kaplanMeier(
    lives.map(({ months }) => Math.max(0, months)),
    lives.map(({ ended }) => ended),
    { counts: lives.map(({ n }) => n) },
  );
  return curve.steps.map(({ time, survival, low, high }) => ({ months: time, share: survival, low, high }));
}
