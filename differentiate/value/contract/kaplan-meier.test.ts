import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { property } from '@vinculo/testing';
import { kaplanMeier } from './kaplan-meier.ts';

describe('Kaplan–Meier', () => {
  // Remission of 21 patients under 6-MP: Freireich et al., 1963, as in every textbook.
  const weeks = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35];
  const relapsed = [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0];

  it('is the curve of the textbook, with Greenwood’s error', () => {
    const { steps, median } = kaplanMeier(weeks, relapsed);
    expect(steps.map(({ time }) => time)).toEqual([6, 7, 10, 13, 16, 22, 23]);
    expect(steps.map(({ survival }) => survival.toFixed(4))).toEqual([
      '0.8571',
      '0.8067',
      '0.7529',
      '0.6902',
      '0.6275',
      '0.5378',
      '0.4482',
    ]);
    expect(steps.map(({ error }) => error.toFixed(4))).toEqual(['0.0764', '0.0869', '0.0963', '0.1068', '0.1141', '0.1282', '0.1346']);
    expect(median).toBe(23);
    // As R's survfit(conf.type = "log-log") prints it.
    expect(steps[0]!.low).toBeCloseTo(0.62, 2);
    expect(steps[0]!.high).toBeCloseTo(0.952, 3);
  });

  it('without censoring it is the share still there', () => {
    const { steps } = kaplanMeier([1, 2, 3, 4], [true, true, true, true]);
    expect(steps.map(({ survival }) => survival)).toEqual([0.75, 0.5, 0.25, 0].map((share) => expect.closeTo(share, 12)));
    expect(steps.at(-1)).toMatchObject({ low: 0, high: 0 });
  });

  it('never rises, and stays within its interval and 0…1', () =>
    property(fc.array(fc.tuple(fc.integer({ min: 0, max: 30 }), fc.boolean()), { minLength: 1, maxLength: 60 }), (seen) => {
      const { steps } = kaplanMeier(
        seen.map(([time]) => time),
        seen.map(([, ended]) => ended),
      );
      let before = 1;
      for (const { survival, low, high } of steps) {
        expect(survival).toBeLessThanOrEqual(before);
        expect(low).toBeLessThanOrEqual(survival + 1e-12);
        expect(high).toBeGreaterThanOrEqual(survival - 1e-12);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
        before = survival;
      }
    }));
});
