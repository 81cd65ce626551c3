// Days of the company as instants. «In the last 90 days» begins at the midnight 90 days ago where the company is, so that a rule
// gives the same all day long and moves customers at midnight alone.
import type { LastPeriod, Period } from './rule.ts';

/** The moment a rule is asked about, and where its days begin. */
export interface Clock {
  at: Date;
  timeZone: string;
}

/** From (included) and until (not included); an end that is missing is open. */
export interface Span {
  from?: Date;
  until?: Date;
}

/** The instants of a period. */
export function spanOf(period: Period, clock: Clock): Span {
  if ('last' in period) return { from: startOfLast(period, clock) };
  if ('this' in period) return { from: startOfThis(period.this, clock) };
  const span: Span = {};
  if ('from' in period) span.from = midnight(period.from, clock.timeZone);
  if (period.to !== undefined) span.until = midnight(shifted(period.to, 1), clock.timeZone);
  return span;
}

/** Midnight so many units before today. */
export function startOfLast({ last, unit }: LastPeriod, clock: Clock): Date {
  const today = dayOf(clock.at, clock.timeZone);
  if (unit === 'day' || unit === 'week') return midnight(shifted(today, -last * (unit === 'week' ? 7 : 1)), clock.timeZone);
  const [year, month, date] = today.split('-').map(Number) as [number, number, number];
  const months = year * 12 + month - 1 - last * (unit === 'year' ? 12 : 1);
  const [y, m] = [Math.floor(months / 12), months % 12];
  // The 31st of a month of 30 days is its 30th.
  const days = new Date(Date.UTC(y, m + 1, 0)).getUTCDate();
  return midnight(isoDay(Date.UTC(y, m, Math.min(date, days))), clock.timeZone);
}

function startOfThis(unit: 'week' | 'month' | 'year', clock: Clock): Date {
  const today = dayOf(clock.at, clock.timeZone);
  if (unit === 'month') return midnight(`${today.slice(0, 7)}-01`, clock.timeZone);
  if (unit === 'year') return midnight(`${today.slice(0, 4)}-01-01`, clock.timeZone);
  // Weeks begin on Monday.
  const weekday = (new Date(`${today}T00:00:00Z`).getUTCDay() + 6) % 7;
  return midnight(shifted(today, -weekday), clock.timeZone);
}

/** `2026-03-01`, the day it is there. */
export function dayOf(at: Date, timeZone: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(at);
}

/** The instant a day begins there. Where clocks are put forward at midnight, the first instant there is. */
export function midnight(day: string, timeZone: string): Date {
  const wanted = Date.parse(`${day}T00:00:00Z`);
  let at = wanted;
  // Twice: the first guess may lie on the other side of a change of the clocks.
  for (let i = 0; i < 2; i++) at = wanted - offsetMs(new Date(at), timeZone);
  return new Date(at);
}

function offsetMs(at: Date, timeZone: string): number {
  const text = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' }).format(at);
  return Date.parse(`${text.replace(' ', 'T')}Z`) - Math.floor(at.getTime() / 1000) * 1000;
}

function shifted(day: string, days: number): string {
  return isoDay(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000);
}

const isoDay = (ms: number) => new Date(ms).toISOString().slice(0, 10);
