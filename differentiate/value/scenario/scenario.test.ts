import { describe, expect, it } from 'vitest';
import { NO_CHANGE, type ScenarioBase, scenario } from './scenario.ts';

const base: ScenarioBase = {
  customers: 100,
  sales: 1_000,
  margin: 300,
  lost: { customers: 20, sales: 200, margin: 50 },
  newcomers: { aMonth: 2, firstYear: [10, 15, 18, 20, 20, 20, 20, 20, 20, 20, 20, 20], marginShare: 0.25 },
};
/** Two a month: those of the first month have bought for twelve months, those of the last for one. */
const NEW = 2 * (10 + 15 + 18 + 9 * 20);

describe('scenario', () => {
  it('without change is the year as expected, newcomers as they come today included', () => {
    const year = scenario(base, NO_CHANGE);
    expect(year.sales).toBeCloseTo(1_000 + NEW, 9);
    expect(year.margin).toBeCloseTo(300 + NEW * 0.25, 9);
    expect(year.change).toEqual({ sales: 0, margin: 0, net: 0 });
    expect(year.paidBackAfter).toBe(0);
  });

  it.each([
    ['kept', { kept: 0.5 }, 100, 25],
    ['frequency', { frequency: 0.1 }, 0.1 * (1_000 + NEW), 0.1 * (300 + NEW * 0.25)],
    ['order', { order: -0.2 }, -0.2 * (1_000 + NEW), -0.2 * (300 + NEW * 0.25)],
    ['margin', { margin: 0.02 }, 0, 0.02 * (1_000 + NEW)],
    ['newcomers', { newcomers: 0.5 }, 0.5 * NEW, 0.5 * NEW * 0.25],
  ] as const)('%s alone does what it says', (lever, levers, sales, margin) => {
    const { change, alone, together } = scenario(base, { ...NO_CHANGE, ...levers });
    expect(change.sales).toBeCloseTo(sales, 9);
    expect(change.margin).toBeCloseTo(margin, 9);
    expect(alone.find((effect) => effect.lever === lever)!.margin).toBeCloseTo(margin, 9);
    expect(together.sales).toBeCloseTo(0, 9);
    expect(together.margin).toBeCloseTo(0, 9);
  });

  it('says what levers bring beyond the sum of each', () => {
    const { change, alone, together } = scenario(base, { ...NO_CHANGE, kept: 1, order: 0.1 });
    expect(together.sales).toBeCloseTo(20, 9);
    expect(alone.reduce((sum, { sales }) => sum + sales, 0) + together.sales).toBeCloseTo(change.sales, 9);
  });

  it('is the same for a whole and for the sum of its parts', () => {
    const half: ScenarioBase = {
      customers: 50,
      sales: 500,
      margin: 150,
      lost: { customers: 10, sales: 100, margin: 25 },
      newcomers: { ...base.newcomers, aMonth: 1 },
    };
    const levers = { kept: 0.3, frequency: 0.2, order: -0.1, margin: 0.01, newcomers: 0.4, cost: 0 };
    expect(2 * scenario(half, levers).margin).toBeCloseTo(scenario(base, levers).margin, 9);
  });

  it('tells when what it cost has come back, and when it does not within the year', () => {
    expect(scenario(base, { ...NO_CHANGE, kept: 1, cost: 25 }).paidBackAfter).toBeCloseTo(6, 9);
    expect(scenario(base, { ...NO_CHANGE, kept: 1, cost: 51 }).paidBackAfter).toBeNull();
    expect(scenario(base, { ...NO_CHANGE, kept: 1, cost: 51 }).change.net).toBeCloseTo(-1, 9);
  });
});
