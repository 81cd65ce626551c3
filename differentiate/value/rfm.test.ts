import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quantiles, RFM_GROUPS, RFM_MAP, rfmGroup } from './rfm.ts';

describe('rfmGroup', () => {
  it.each([
    [5, 5, 5, 'champions'],
    [5, 1, 1, 'new'],
    [4, 1, 1, 'promising'],
    [1, 5, 5, 'cant_lose'],
    [2, 4, 4, 'at_risk'],
    [3, 2, 3, 'attention'],
    [1, 1, 1, 'lost'],
  ])('recency %i, frequency %i, money %i is %s', (r, f, m, group) => expect(rfmGroup(r, f, m)).toBe(group));

  it('has a group for every cell, and a cell for every group', () => {
    expect(RFM_MAP.flat()).toHaveLength(25);
    expect(new Set(RFM_MAP.flat())).toEqual(new Set(RFM_GROUPS));
  });

  it('refuses what is not a quintile', () => expect(() => rfmGroup(0, 3, 3)).toThrow(RangeError));
});

describe('quantiles', () => {
  it('puts equal values together, in the quantile of the lowest of them', () => {
    expect([...quantiles(Float64Array.of(1, 1, 1, 2, 9), 5)]).toEqual([1, 1, 1, 4, 5]);
  });

  it('never puts a higher value lower', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 2, maxLength: 60 }), (list) => {
        const q = quantiles(Float64Array.from(list), 5);
        for (let i = 0; i < list.length; i++)
          for (let j = 0; j < list.length; j++) if (list[i]! < list[j]!) expect(q[i]!).toBeLessThanOrEqual(q[j]!);
      }),
    );
  });
});
