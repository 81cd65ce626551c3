import { fail } from '@vinculo/errors';
import type { z } from 'zod';
import type { Schedule } from '../api/pulls.ts';

export type When = z.infer<typeof Schedule>;

const MINUTE = 60_000;
const DAY = 86_400_000;
/** A day that comes once in four years, 29 February, is found. */
const DAYS_AHEAD = 4 * 366;

/**
 * When a schedule next comes round after a moment; undefined when it never does. Minutes and hours follow the clock of the world; days, weeks
 * and cron that of the business, where an hour that the clocks skip comes as the next there is.
 *
 * @throws VIN_CONNECTION_SCHEDULE for a cron expression that says nothing.
 */
export function nextTime(schedule: When, timeZone: string, after: Date): Date | undefined {
  switch (schedule.every) {
    case 'never':
      return undefined;
    case 'minutes': {
      const step = schedule.minutes * MINUTE;
      return new Date((Math.floor(after.getTime() / step) + 1) * step);
    }
    case 'hour': {
      const hour = 60 * MINUTE;
      const at = Math.floor(after.getTime() / hour) * hour + schedule.minute * MINUTE;
      return new Date(at > after.getTime() ? at : at + hour);
    }
    case 'day':
      return nextOfCron(`${schedule.minute} ${schedule.hour} * * *`, timeZone, after);
    case 'week':
      return nextOfCron(`${schedule.minute} ${schedule.hour} * * ${schedule.day % 7}`, timeZone, after);
    case 'cron':
      return nextOfCron(schedule.cron, timeZone, after);
  }
}

interface Cron {
  minutes: number[];
  hours: number[];
  fits(day: Date): boolean;
}

function nextOfCron(text: string, timeZone: string, after: Date): Date {
  const cron = parseCron(text);
  const today = localDay(after, timeZone);
  for (let ahead = 0; ahead <= DAYS_AHEAD; ahead++) {
    const day = new Date(today.getTime() + ahead * DAY);
    if (!cron.fits(day)) continue;
    for (const hour of cron.hours) {
      for (const minute of cron.minutes) {
        const at = instantOf(day.getTime() + (hour * 60 + minute) * MINUTE, timeZone);
        if (at > after) return at;
      }
    }
  }
  throw fail('VIN_CONNECTION_SCHEDULE', { cron: text });
}

const FIELDS = [
  { from: 0, to: 59 },
  { from: 0, to: 23 },
  { from: 1, to: 31 },
  { from: 1, to: 12, names: ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'] },
  { from: 0, to: 7, names: ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] },
] as const;

/** Five fields as crontab(5) has them: numbers, names, ranges, steps, lists. Where day and weekday are both restricted, either will do. */
function parseCron(text: string): Cron {
  const parts = text.trim().toLowerCase().split(/\s+/);
  const wrong = () => fail('VIN_CONNECTION_SCHEDULE', { cron: text });
  if (parts.length !== FIELDS.length) throw wrong();
  const [minutes, hours, days, months, weekdays] = parts.map((part, i) => values(part, FIELDS[i]!, wrong)) as [
    number[],
    number[],
    number[],
    number[],
    number[],
  ];
  const anyDay = parts[2]!.startsWith('*');
  const anyWeekday = parts[4]!.startsWith('*');
  const week = new Set(weekdays.map((day) => day % 7));
  return {
    minutes,
    hours,
    fits(day) {
      if (!months.includes(day.getUTCMonth() + 1)) return false;
      const byDay = days.includes(day.getUTCDate());
      const byWeek = week.has(day.getUTCDay());
      return anyDay || anyWeekday ? byDay && byWeek : byDay || byWeek;
    },
  };
}

function values(part: string, field: (typeof FIELDS)[number], wrong: () => Error): number[] {
  const found = new Set<number>();
  const number = (word: string): number => {
    const named = 'names' in field ? (field.names as readonly string[]).indexOf(word) : -1;
    const value = named >= 0 ? named + field.from : /^\d+$/.test(word) ? Number(word) : Number.NaN;
    if (!(value >= field.from && value <= field.to)) throw wrong();
    return value;
  };
  for (const item of part.split(',')) {
    const [range = '', step = '1', more] = item.split('/');
    if (more !== undefined || !/^[1-9]\d*$/.test(step)) throw wrong();
    const [first, last] = range.split('-');
    const from = range === '*' ? field.from : number(first!);
    const to = range === '*' ? field.to : last !== undefined ? number(last) : item.includes('/') ? field.to : from;
    if (to < from) throw wrong();
    for (let value = from; value <= to; value += Number(step)) found.add(value);
  }
  return [...found].toSorted((a, b) => a - b);
}

/** The day it is there, as midnight UTC of that day. */
function localDay(at: Date, timeZone: string): Date {
  return new Date(`${new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(at)}T00:00:00Z`);
}

/** Two looks settle the days on which the clocks change. */
function instantOf(wanted: number, timeZone: string): Date {
  let instant = wanted;
  for (let look = 0; look < 2; look++) instant = wanted - ahead(new Date(instant), timeZone);
  return new Date(instant);
}

/** How far the clocks of the zone are ahead of UTC, in milliseconds. */
function ahead(at: Date, timeZone: string): number {
  const text = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' }).format(at);
  return Date.parse(`${text.replace(' ', 'T')}Z`) - Math.floor(at.getTime() / 1000) * 1000;
}
