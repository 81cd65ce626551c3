import { describe, expect, it } from 'vitest';
import { instantOf, localDay, localTime } from './local-time.ts';

describe('the clock of the company', () => {
  it.each([
    ['2026-03-28T09:30', 'Europe/Madrid', '2026-03-28T08:30:00.000Z'],
    ['2026-03-29T09:30', 'Europe/Madrid', '2026-03-29T07:30:00.000Z'],
    ['2026-10-25T01:30', 'Europe/Madrid', '2026-10-24T23:30:00.000Z'],
    ['2026-07-01T23:45', 'America/Mexico_City', '2026-07-02T05:45:00.000Z'],
    ['2026-07-01T00:15', 'UTC', '2026-07-01T00:15:00.000Z'],
  ])('%s in %s is %s, and back', (local, zone, instant) => {
    expect(instantOf(local, zone)).toBe(instant);
    expect(localTime(new Date(instant), zone)).toBe(local);
  });

  it('counts days by its own midnight', () => {
    const late = new Date('2026-03-01T23:30:00Z');
    expect([localDay(0, 'Europe/Madrid', late), localDay(0, 'UTC', late), localDay(30, 'UTC', late)]).toEqual([
      '2026-03-02',
      '2026-03-01',
      '2026-03-31',
    ]);
  });
});
