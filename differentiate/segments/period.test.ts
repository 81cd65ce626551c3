import { describe, expect, it } from 'vitest';
import { dayOf, midnight, spanOf, startOfLast } from './period.ts';

const at = (text: string, timeZone = 'Europe/Madrid') => ({ at: new Date(text), timeZone });

describe('a day of the company', () => {
  it('begins at its midnight, winter and summer, and where the clocks change', () => {
    expect(midnight('2026-01-15', 'Europe/Madrid').toISOString()).toBe('2026-01-14T23:00:00.000Z');
    expect(midnight('2026-07-15', 'Europe/Madrid').toISOString()).toBe('2026-07-14T22:00:00.000Z');
    expect(midnight('2026-03-29', 'Europe/Madrid').toISOString()).toBe('2026-03-28T23:00:00.000Z');
    expect(midnight('2026-03-30', 'Europe/Madrid').toISOString()).toBe('2026-03-29T22:00:00.000Z');
    expect(midnight('2026-10-26', 'Europe/Madrid').toISOString()).toBe('2026-10-25T23:00:00.000Z');
    expect(midnight('2026-05-01', 'America/Bogota').toISOString()).toBe('2026-05-01T05:00:00.000Z');
  });

  it('is tomorrow already there while it is today in UTC', () => {
    expect(dayOf(new Date('2026-11-22T23:30:00Z'), 'Europe/Madrid')).toBe('2026-11-23');
    expect(startOfLast({ last: 1, unit: 'day' }, at('2026-11-22T23:30:00Z')).toISOString()).toBe('2026-11-21T23:00:00.000Z');
  });
});

describe('a period', () => {
  it('of months and years ends where the month is shorter', () => {
    expect(startOfLast({ last: 1, unit: 'month' }, at('2026-03-31T12:00:00Z')).toISOString()).toBe('2026-02-27T23:00:00.000Z');
    expect(startOfLast({ last: 1, unit: 'year' }, at('2028-02-29T12:00:00Z')).toISOString()).toBe('2027-02-27T23:00:00.000Z');
    expect(startOfLast({ last: 14, unit: 'month' }, at('2026-01-10T12:00:00Z')).toISOString()).toBe('2024-11-09T23:00:00.000Z');
  });

  it('of this week, month or year begins on Monday, on the first, in January', () => {
    const clock = at('2026-11-22T12:00:00Z'); // a Sunday
    expect(spanOf({ this: 'week' }, clock).from!.toISOString()).toBe('2026-11-15T23:00:00.000Z');
    expect(spanOf({ this: 'month' }, clock).from!.toISOString()).toBe('2026-10-31T23:00:00.000Z');
    expect(spanOf({ this: 'year' }, clock).from!.toISOString()).toBe('2025-12-31T23:00:00.000Z');
  });

  it('between two days holds both', () => {
    const { from, until } = spanOf({ from: '2026-03-01', to: '2026-03-31' }, at('2026-11-22T12:00:00Z'));
    expect([from!.toISOString(), until!.toISOString()]).toEqual(['2026-02-28T23:00:00.000Z', '2026-03-31T22:00:00.000Z']);
  });
});
