import { describe, expect, it } from 'vitest';
import { nextTime } from './next-time.ts';

const at = (rhythm: Parameters<typeof nextTime>[0], after: string, zone = 'Europe/Madrid') =>
  nextTime(rhythm, zone, new Date(after)).toISOString();

describe('the next time', () => {
  it.each([
    [{ every: 'day', onDay: 1, atHour: 8 }, '2026-11-12T06:00:00Z', '2026-11-12T07:00:00.000Z'],
    [{ every: 'day', onDay: 1, atHour: 8 }, '2026-11-12T07:00:00Z', '2026-11-13T07:00:00.000Z'],
    [{ every: 'week', onDay: 1, atHour: 8 }, '2026-11-12T06:00:00Z', '2026-11-16T07:00:00.000Z'],
    [{ every: 'month', onDay: 1, atHour: 0 }, '2026-11-12T06:00:00Z', '2026-11-30T23:00:00.000Z'],
    // The clocks go back on 25 October 2026: eight in the morning stays eight in the morning.
    [{ every: 'day', onDay: 1, atHour: 8 }, '2026-10-24T07:00:00Z', '2026-10-25T07:00:00.000Z'],
    [{ every: 'day', onDay: 1, atHour: 8 }, '2026-10-23T07:00:00Z', '2026-10-24T06:00:00.000Z'],
  ] as const)('%o after %s is %s', (rhythm, after, expected) => {
    expect(at(rhythm, after)).toBe(expected);
  });

  it('is of the zone: Monday in Bogotá begins when Madrid has its morning', () => {
    expect(at({ every: 'week', onDay: 1, atHour: 0 }, '2026-11-12T06:00:00Z', 'America/Bogota')).toBe('2026-11-16T05:00:00.000Z');
  });
});
