import { describe, expect, it } from 'vitest';
import { dayAfter, startOfDay } from './business-day.ts';

describe('startOfDay', () => {
  it.each([
    ['2026-01-15', 'Europe/Madrid', '2026-01-14T23:00:00.000Z'],
    ['2026-07-15', 'Europe/Madrid', '2026-07-14T22:00:00.000Z'],
    ['2026-03-29', 'Europe/Madrid', '2026-03-28T23:00:00.000Z'], // clocks go forward at two
    ['2026-03-30', 'Europe/Madrid', '2026-03-29T22:00:00.000Z'],
    ['2026-10-25', 'Europe/Madrid', '2026-10-24T22:00:00.000Z'], // and back at three
    ['2026-10-26', 'Europe/Madrid', '2026-10-25T23:00:00.000Z'],
    ['2026-01-15', 'America/Bogota', '2026-01-15T05:00:00.000Z'],
    ['2026-01-15', 'UTC', '2026-01-15T00:00:00.000Z'],
  ])('%s in %s begins at %s', (day, zone, instant) => expect(startOfDay(day, zone)).toBe(instant));
});

describe('dayAfter', () => {
  it.each([
    ['2026-02-28', '2026-03-01'],
    ['2028-02-28', '2028-02-29'],
    ['2026-12-31', '2027-01-01'],
  ])('%s is before %s', (day, next) => expect(dayAfter(day)).toBe(next));
});
