import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bestShare, concentrationCurve, curveFromTotals, gini } from './concentration.ts';

const amounts = fc.array(fc.integer({ min: 1, max: 100_000 }), { minLength: 1, maxLength: 200 }).map((list) => Float64Array.from(list));

describe('the concentration curve', () => {
  it('is the diagonal when everybody brings the same', () => {
    const curve = concentrationCurve(new Float64Array(50).fill(7));
    expect(gini(curve)).toBeCloseTo(0, 12);
    expect(bestShare(curve, 20)).toBeCloseTo(0.2, 12);
  });

  it('says what one in four brings', () => {
    const curve = concentrationCurve(Float64Array.of(70, 10, 10, 10));
    expect(bestShare(curve, 25)).toBeCloseTo(0.7, 12);
    expect(bestShare(curve, 50)).toBeCloseTo(0.8, 12);
  });

  it('rises above the whole where some customers lose money', () => {
    const curve = concentrationCurve(Float64Array.of(120, -20), 2);
    expect([...curve]).toEqual([0, 1.2, 1]);
  });

  it('is the same from running totals', () => {
    const values = Float64Array.of(5, 3, 2);
    expect(curveFromTotals(Float64Array.of(0, 5, 8, 10), 6)).toEqual(concentrationCurve(values, 6));
  });

  it('never falls and never sags below the diagonal when everybody brings something', () => {
    fc.assert(
      fc.property(amounts, (values) => {
        const curve = concentrationCurve(values);
        for (let i = 1; i < curve.length; i++) {
          expect(curve[i]!).toBeGreaterThanOrEqual(curve[i - 1]! - 1e-12);
          expect(curve[i]!).toBeGreaterThanOrEqual(i / (curve.length - 1) - 1e-9);
        }
        expect(gini(curve)).toBeGreaterThanOrEqual(-1e-9);
        expect(gini(curve)).toBeLessThan(1);
      }),
    );
  });

  it('is flat at nothing when nobody brings anything', () => expect(bestShare(concentrationCurve(new Float64Array(3)), 20)).toBe(0));
});
