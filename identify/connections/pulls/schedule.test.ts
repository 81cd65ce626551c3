import { describe, expect, it } from 'vitest';
import { nextTime, type When } from './schedule.ts';

const at = (schedule: When, after: string, zone = 'Europe/Madrid') => nextTime(schedule, zone, new Date(after))?.toISOString();
const cron = (text: string): When => ({ every: 'cron', cron: text });

describe('the next time', () => {
  it.each<[When, string, string]>([
    [{ every: 'minutes', minutes: 15 }, '2026-11-12T06:00:00Z', '2026-11-12T06:15:00.000Z'],
    [{ every: 'minutes', minutes: 15 }, '2026-11-12T06:14:59.999Z', '2026-11-12T06:15:00.000Z'],
    [{ every: 'hour', minute: 20 }, '2026-11-12T06:20:00Z', '2026-11-12T07:20:00.000Z'],
    [{ every: 'hour', minute: 20 }, '2026-11-12T06:19:00Z', '2026-11-12T06:20:00.000Z'],
    [{ every: 'day', hour: 3, minute: 30 }, '2026-11-12T06:00:00Z', '2026-11-13T02:30:00.000Z'],
    [{ every: 'week', day: 7, hour: 0, minute: 0 }, '2026-11-12T06:00:00Z', '2026-11-14T23:00:00.000Z'],
    // The clocks go back on 25 October 2026, and forward on 29 March 2026, when there is no half past two.
    [{ every: 'day', hour: 8, minute: 0 }, '2026-10-24T07:00:00Z', '2026-10-25T07:00:00.000Z'],
    [{ every: 'day', hour: 2, minute: 30 }, '2026-03-28T12:00:00Z', '2026-03-29T01:30:00.000Z'],
    [cron('30 6 * * 1-5'), '2026-11-13T06:00:00Z', '2026-11-16T05:30:00.000Z'],
    [cron('*/20 9-17/4 1,15 * *'), '2026-11-12T06:00:00Z', '2026-11-15T08:00:00.000Z'],
    [cron('0 0 29 feb *'), '2026-11-12T06:00:00Z', '2028-02-28T23:00:00.000Z'],
    // Both restricted: the 20th or any Monday.
    [cron('0 12 20 * mon'), '2026-11-17T12:00:00Z', '2026-11-20T11:00:00.000Z'],
    [cron('0 12 * * 7'), '2026-11-12T12:00:00Z', '2026-11-15T11:00:00.000Z'],
  ])('%o after %s is %s', (schedule, after, expected) => {
    expect(at(schedule, after)).toBe(expected);
  });

  it('is of the zone of the business', () => {
    expect(at({ every: 'day', hour: 0, minute: 0 }, '2026-11-12T06:00:00Z', 'America/Bogota')).toBe('2026-11-13T05:00:00.000Z');
  });

  it('never comes for what is started by hand only', () => {
    expect(at({ every: 'never' }, '2026-11-12T06:00:00Z')).toBeUndefined();
  });

  it.each(['', '* * * *', '60 * * * *', '5-1 * * * *', '*/0 * * * *', 'a * * * *', '0 0 31 2 *', '0 0 0 * *'])('refuses «%s»', (text) => {
    expect(() => at(cron(text), '2026-11-12T06:00:00Z')).toThrow(expect.objectContaining({ code: 'VIN_CONNECTION_SCHEDULE' }));
  });
});
