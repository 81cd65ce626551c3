import { describe, expect, it } from 'vitest';
import { before, buckets, inWords, stretchOf, wholeMonths, yearBefore } from './periods.ts';

const days = (stretch: { from: string; to: string } | undefined) => stretch && `${stretch.from} ${stretch.to}`;
const AS_OF = '2026-11-12';

describe('a period', () => {
  it.each([
    ['last_7_days', '2026-11-06 2026-11-12', '2026-10-30 2026-11-05', '2025-11-06 2025-11-12'],
    ['this_month', '2026-11-01 2026-11-12', '2026-10-01 2026-10-12', '2025-11-01 2025-11-12'],
    ['last_month', '2026-10-01 2026-10-31', '2026-09-01 2026-09-30', '2025-10-01 2025-10-31'],
    ['this_quarter', '2026-10-01 2026-11-12', '2026-07-01 2026-08-12', '2025-10-01 2025-11-12'],
    ['last_quarter', '2026-07-01 2026-09-30', '2026-04-01 2026-06-30', '2025-07-01 2025-09-30'],
    ['this_year', '2026-01-01 2026-11-12', '2025-01-01 2025-11-12', '2025-01-01 2025-11-12'],
    ['last_12_months', '2025-11-13 2026-11-12', '2024-11-13 2025-11-12', '2024-11-13 2025-11-12'],
  ] as const)('%s, the one before it and the one a year earlier', (period, own, previous, year) => {
    const stretch = stretchOf(period, AS_OF);
    expect([days(stretch), days(before(stretch)), days(yearBefore(stretch))]).toEqual([own, previous, year]);
  });

  it('of whole months is compared with whole months; of days, with as many days', () => {
    expect(days(before(stretchOf({ from: '2026-02-01', to: '2026-03-31' }, AS_OF)))).toBe('2025-12-01 2026-01-31');
    expect(days(before(stretchOf({ from: '2026-03-05', to: '2026-03-14' }, AS_OF)))).toBe('2026-02-23 2026-03-04');
    expect(days(yearBefore(stretchOf({ from: '2028-02-01', to: '2028-02-29' }, AS_OF)))).toBe('2027-02-01 2027-02-28');
    expect(before(stretchOf('all', AS_OF))).toBeUndefined();
  });

  it('at the 31st of a month ends with the shorter month before', () => {
    expect(days(before(stretchOf('this_month', '2026-03-31')))).toBe('2026-02-01 2026-02-28');
    expect(days(before(stretchOf('this_month', '2026-03-30')))).toBe('2026-02-01 2026-02-28');
  });

  it('with a 29 February in it, or a year before it, is as long as it says', () => {
    const last7 = stretchOf('last_7_days', '2028-03-03');
    expect([days(last7), days(yearBefore(last7))]).toEqual(['2028-02-26 2028-03-03', '2027-02-25 2027-03-03']);
    expect(days(yearBefore(stretchOf('last_7_days', '2029-03-03')))).toBe('2028-02-26 2028-03-03');
    expect(days(yearBefore(stretchOf({ from: '2028-02-29', to: '2028-02-29' }, AS_OF)))).toBe('2027-02-28 2027-02-28');
    const whole = stretchOf('last_12_months', '2029-02-28');
    expect([days(whole), days(before(whole))]).toEqual(['2028-03-01 2029-02-28', '2027-03-01 2028-02-29']);
    expect(days(stretchOf('last_12_months', '2028-02-29'))).toBe('2027-03-01 2028-02-29');
  });

  it('of what is known by the month keeps what it is of: a year, or the month its days lie in', () => {
    const by = (period: Parameters<typeof stretchOf>[0]) => wholeMonths(stretchOf(period, AS_OF), AS_OF);
    expect([days(by('this_year')), by('this_year').end, days(before(by('this_year')))]).toEqual([
      '2026-01-01 2026-10-31',
      '2026-12-31',
      '2025-01-01 2025-10-31',
    ]);
    expect([days(by('last_12_months')), by('last_12_months').end]).toEqual(['2025-12-01 2026-10-31', '2026-10-31']);
    expect(days(before(by('last_90_days')))).toBe('2026-07-01 2026-08-31');
    expect(days(by({ from: '2026-05-06', to: '2026-05-10' }))).toBe('2026-05-01 2026-05-31');
    expect([days(by('last_7_days')), by('last_7_days').end]).toEqual(['2026-11-01 2026-11-12', '2026-11-30']);
  });

  it('is said as people say it', () => {
    const say = (from: string, to: string) => inWords({ from, to }, 'es');
    expect(say('2026-10-01', '2026-10-31')).toBe('octubre de 2026');
    expect(say('2026-07-01', '2026-09-30')).toBe('3.er trimestre de 2026');
    expect(say('2025-01-01', '2025-12-31')).toBe('2025');
    expect(say('2026-10-01', '2026-10-12')).toBe('1–12 oct 2026');
    expect(inWords({ from: '2026-07-01', to: '2026-09-30' }, 'en')).toBe('Q3 2026');
  });

  it('falls into weeks that begin on Monday', () => {
    expect(buckets({ from: '2026-11-06', to: '2026-11-12' }, 'week')).toEqual(['2026-11-02', '2026-11-09']);
    expect(buckets({ from: '2026-01-31', to: '2026-03-01' }, 'month')).toEqual(['2026-01-01', '2026-02-01', '2026-03-01']);
  });
});
