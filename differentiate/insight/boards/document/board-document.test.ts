// What a board looks like on paper, as far as numbers say it: pages that are filled, axes that read well.
import { describe, expect, it } from 'vitest';
import { pagesOf } from './board-document.ts';
import { axisSteps } from './draw-charts.ts';

const row = (wants: number, bends: boolean) => ({ drawn: [], wants, bends });

describe('axisSteps', () => {
  it.each([
    [0, 7, true, [0, 2, 4, 6, 8]],
    [0, 3, true, [0, 1, 2, 3]],
    [0, 1, true, [0, 1]],
    [0, 970, false, [0, 250, 500, 750, 1000]],
    [0, 31_400, false, [0, 10_000, 20_000, 30_000, 40_000]],
    [-120, 340, false, [-200, 0, 200, 400]],
    [0, 0, false, [0, 0.25]],
    [0, 0.8, false, [0, 0.2, 0.4, 0.6, 0.8]],
  ])('from %d to %d, whole %s', (low, high, whole, steps) => {
    expect(axisSteps(low, high, whole)).toEqual(steps);
  });

  it('always holds all there is, in three to seven even steps', () => {
    for (let n = 1; n < 2_000; n++) {
      const [low, high] = [-((n * 37) % 91) * (n % 3), n * 1.7 ** (n % 20)];
      const steps = axisSteps(low, high, n % 2 === 0);
      expect(steps[0]).toBeLessThanOrEqual(low);
      expect(steps.at(-1)).toBeGreaterThanOrEqual(high * (1 - 1e-9));
      expect(steps.length).toBeGreaterThan(1);
      expect(steps.length).toBeLessThanOrEqual(8);
    }
  });
});

describe('pagesOf', () => {
  it('fills a page by making its pictures higher, and never the last one', () => {
    const [first, last] = pagesOf([row(96, false), row(210, true), row(400, false)], 66, 559);
    expect(first!.map(({ tall }) => tall)).toEqual([96, 210 * 1.6]);
    expect(last!.map(({ tall }) => tall)).toEqual([400]);
  });

  it('lowers pictures a little rather than leave half a page empty', () => {
    const pages = pagesOf([row(96, false), row(210, true), row(210, true)], 66, 559);
    expect(pages).toHaveLength(1);
    const used = pages[0]!.reduce((sum, { tall }) => sum + tall + 12, -12);
    expect(used).toBeCloseTo(559 - 66, 6);
  });

  it('leaves figures and lists as they are', () => {
    expect(pagesOf([row(300, false), row(300, false)], 66, 559).map((page) => page.map(({ tall }) => tall))).toEqual([[300], [300]]);
  });
});
