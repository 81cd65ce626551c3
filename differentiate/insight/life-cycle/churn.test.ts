import { describe, expect, it } from 'vitest';
import { survivalOf } from './churn.ts';

describe('the share still there', () => {
  it('counts who is still a customer until today and no longer: the textbook sums, by hand', () => {
    // Twenty began; two left in the first month, one in the third; three were last seen in the second, the rest go on.
    const curve = survivalOf([
      { month: 0, gone: 2, all: 2 },
      { month: 1, gone: 0, all: 3 },
      { month: 2, gone: 1, all: 1 },
      { month: 5, gone: 0, all: 14 },
    ]);
    expect(curve.map(({ atRisk }) => atRisk)).toEqual([20, 18, 15, 14, 14, 14, 0]);
    expect(curve.map(({ share }) => Number(share.toFixed(6)))).toEqual([1, 0.9, 0.9, 0.84, 0.84, 0.84, 0.84]);
  });

  it('ends where fewer than five are left, and is whole before anybody came', () => {
    expect(survivalOf([{ month: 3, gone: 4, all: 4 }])).toEqual([{ month: 0, share: 1, atRisk: 4 }]);
    expect(survivalOf([])).toEqual([{ month: 0, share: 1, atRisk: 0 }]);
  });
});
