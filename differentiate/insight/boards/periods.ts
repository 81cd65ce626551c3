// Stretches of days: what «este mes» is, what it is compared with, and how people say it. Days are '2026-03-01', of the company's calendar.
import type { z } from 'zod';
import type { Language } from '@vinculo/languages';
import type { Period } from '../api/boards.ts';

export interface Stretch {
  from: string;
  /** Included. */
  to: string;
  /** Where it would end: later than `to` for a month that is not over. */
  end: string;
  /** What it is made of, so that the one before is as long: months of any length, or days. */
  unit: 'day' | 'month';
  count: number;
}
export type Grain = 'day' | 'week' | 'month' | 'quarter' | 'year';

/** The first day any fact can have, for «todo». */
export const BEGINNING = '1970-01-02';

const date = (day: string) => new Date(`${day}T00:00:00Z`);
const text = (at: Date) => at.toISOString().slice(0, 10);
export const addDays = (day: string, days: number): string => text(new Date(date(day).getTime() + days * 86_400_000));
export const daysBetween = (from: string, to: string): number => Math.round((date(to).getTime() - date(from).getTime()) / 86_400_000);

/** The same day so many months later, or the last of that month. */
export function addMonths(day: string, months: number): string {
  const at = date(day);
  const first = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + months, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  return text(new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth(), Math.min(at.getUTCDate(), last))));
}

export function startOf(day: string, grain: Grain): string {
  const at = date(day);
  switch (grain) {
    case 'day':
      return day;
    case 'week':
      return addDays(day, -((at.getUTCDay() + 6) % 7));
    case 'month':
      return `${day.slice(0, 7)}-01`;
    case 'quarter':
      return text(new Date(Date.UTC(at.getUTCFullYear(), Math.floor(at.getUTCMonth() / 3) * 3, 1)));
    case 'year':
      return `${day.slice(0, 4)}-01-01`;
  }
}
const MONTHS = { month: 1, quarter: 3, year: 12 } as const;
export const next = (start: string, grain: Grain): string =>
  grain === 'day' ? addDays(start, 1) : grain === 'week' ? addDays(start, 7) : addMonths(start, MONTHS[grain]);
export const endOf = (day: string, grain: Grain): string => addDays(next(startOf(day, grain), grain), -1);

/** @param asOf The last day with data: periods are counted back from it. */
export function stretchOf(period: z.infer<typeof Period>, asOf: string): Stretch {
  const days = (count: number): Stretch => ({ from: addDays(asOf, 1 - count), to: asOf, end: asOf, unit: 'day', count });
  const current = (grain: keyof typeof MONTHS): Stretch => ({
    from: startOf(asOf, grain),
    to: asOf,
    end: endOf(asOf, grain),
    unit: 'month',
    count: MONTHS[grain],
  });
  const last = (grain: keyof typeof MONTHS): Stretch => {
    const to = addDays(startOf(asOf, grain), -1);
    return { from: startOf(to, grain), to, end: to, unit: 'month', count: MONTHS[grain] };
  };
  if (typeof period === 'object') return whole(period.from <= period.to ? period : { from: period.to, to: period.from });
  switch (period) {
    case 'last_7_days':
      return days(7);
    case 'last_30_days':
      return days(30);
    case 'last_90_days':
      return days(90);
    case 'last_12_months':
      return { from: dayAfterAYearBefore(asOf), to: asOf, end: asOf, unit: 'month', count: 12 };
    case 'this_month':
      return current('month');
    case 'last_month':
      return last('month');
    case 'this_quarter':
      return current('quarter');
    case 'last_quarter':
      return last('quarter');
    case 'this_year':
      return current('year');
    case 'last_year':
      return last('year');
    case 'all':
      return { from: BEGINNING, to: asOf, end: asOf, unit: 'day', count: daysBetween(BEGINNING, asOf) + 1 };
  }
}

/** Twelve whole months end with a month, also a February that is shorter than the one before it. */
const dayAfterAYearBefore = (day: string): string => {
  const other = addMonths(day, -12);
  return addDays(day === endOf(day, 'month') ? endOf(other, 'month') : other, 1);
};

/** What is known by the month: of a stretch, the whole months that are over; of less than one, the month it lies in, as far as it goes. */
export function wholeMonths(stretch: Stretch, asOf: string): Stretch {
  const from =
    stretch.from === startOf(stretch.from, 'month') || stretch.from < '1970-02'
      ? stretch.from
      : next(startOf(stretch.from, 'month'), 'month');
  const to = stretch.to === endOf(stretch.to, 'month') ? stretch.to : addDays(startOf(stretch.to, 'month'), -1);
  // A year that is not over stays one: it ends in December, and the one before it has the same months.
  const end = stretch.end > to && stretch.end === endOf(stretch.end, 'month') ? stretch.end : to;
  if (from <= to) return stretch.unit === 'month' ? { ...stretch, from, to, end } : stretchOf({ from, to }, to);
  const month = startOf(stretch.to, 'month');
  const last = endOf(month, 'month');
  return { from: month, to: last < asOf ? last : asOf, end: last, unit: 'month', count: 1 };
}

/** Whole months are compared with whole months, whatever their length. */
function whole({ from, to }: { from: string; to: string }): Stretch {
  if (from === startOf(from, 'month') && to === endOf(to, 'month')) {
    const months = (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 12 + Number(to.slice(5, 7)) - Number(from.slice(5, 7)) + 1;
    return { from, to, end: to, unit: 'month', count: months };
  }
  return { from, to, end: to, unit: 'day', count: daysBetween(from, to) + 1 };
}

/** The one before, as long: of a month that is not over, as many days of the month before. Undefined for «todo». */
export function before(stretch: Stretch): Stretch | undefined {
  if (stretch.from === BEGINNING) return undefined;
  return stretch.unit === 'day' ? moved(stretch, (day) => addDays(day, -stretch.count)) : back(stretch, stretch.count);
}

/** The same days a year earlier; of days, as many, also where a 29 February lies among them. */
export function yearBefore(stretch: Stretch): Stretch | undefined {
  if (stretch.from === BEGINNING) return undefined;
  const other = back(stretch, 12);
  return stretch.unit === 'day' ? { ...other, from: addDays(other.to, 1 - stretch.count) } : other;
}

function back(stretch: Stretch, months: number): Stretch {
  // What ends with its month begins and ends with the other one, be it longer or shorter.
  const wholeEnd = stretch.to === endOf(stretch.to, 'month') && stretch.from === startOf(stretch.from, 'month');
  return moved(stretch, (day) => {
    const other = addMonths(day, -months);
    return wholeEnd && day === stretch.to ? endOf(other, 'month') : other;
  });
}

function moved(stretch: Stretch, move: (day: string) => string): Stretch {
  return { ...stretch, from: move(stretch.from), to: move(stretch.to), end: move(stretch.to) };
}

/** The starts of the stretch's days, weeks, months …, the first one perhaps before it. */
export function buckets({ from, to }: Pick<Stretch, 'from' | 'to'>, grain: Grain): string[] {
  const list: string[] = [];
  for (let start = startOf(from, grain); start <= to && list.length < 2_000; start = next(start, grain)) list.push(start);
  return list;
}

/** «octubre de 2026», «3.er trimestre de 2026», «2025», «1–12 oct 2026». */
export function inWords({ from, to }: Pick<Stretch, 'from' | 'to'>, language: Language): string {
  const locale = language === 'es' ? 'es-ES' : 'en-GB';
  const format = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, { timeZone: 'UTC', ...options });
  if (from === BEGINNING)
    return language === 'es'
      ? `todo hasta el ${format({ dateStyle: 'medium' }).format(date(to))}`
      : `all up to ${format({ dateStyle: 'medium' }).format(date(to))}`;
  if (from === startOf(from, 'year') && to === endOf(from, 'year')) return from.slice(0, 4);
  if (from === startOf(from, 'quarter') && to === endOf(from, 'quarter')) {
    const quarter = Math.floor(date(from).getUTCMonth() / 3) + 1;
    return language === 'es'
      ? `${['1.er', '2.º', '3.er', '4.º'][quarter - 1]} trimestre de ${from.slice(0, 4)}`
      : `Q${quarter} ${from.slice(0, 4)}`;
  }
  if (from === startOf(from, 'month') && to === endOf(from, 'month')) return format({ month: 'long', year: 'numeric' }).format(date(from));
  const range = format({ day: 'numeric', month: 'short', year: 'numeric' }).formatRange(date(from), date(to));
  return range.replaceAll(/[\u2009\u202F\u00A0]/g, ' ').replace(' – ', '–');
}

/** The name of a bucket on an axis; of days and weeks of several years, `withYear`. */
export function bucketWords(start: string, grain: Grain, language: Language, withYear = false): string {
  const locale = language === 'es' ? 'es-ES' : 'en-GB';
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { timeZone: 'UTC', ...options }).format(date(start));
  if (grain === 'year') return start.slice(0, 4);
  if (grain === 'quarter') return `${language === 'es' ? 'T' : 'Q'}${Math.floor(date(start).getUTCMonth() / 3) + 1} ${start.slice(0, 4)}`;
  if (grain === 'month') return format({ month: 'short', year: 'numeric' });
  return format({ day: 'numeric', month: 'short', ...(withYear ? { year: 'numeric' } : {}) });
}
