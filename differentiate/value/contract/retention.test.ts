import { describe, expect, it } from 'vitest';
import { fitBdw, fitSbg, residualPayments, retentionRate, survival } from './retention.ts';

// Survivors of 100 by year. Fader & Hardie, "How to project customer retention", 2007, table 1.
const REGULAR = [100, 63.1, 46.8, 38.2, 32.6, 28.9, 26.2, 24.1, 22.3, 20.7, 19.4, 18.3, 17.3];
const HIGH_END = [100, 86.9, 74.3, 65.3, 59.3, 55.1, 51.7, 49.1, 46.8, 44.5, 42.7, 40.9, 39.4];
const KNOWN = 8; // fitted on years 0 to 7

describe('retention', () => {
  it.each([
    ['Regular', REGULAR, 0.7041, 1.182],
    ['High End', HIGH_END, 0.6681, 3.8061],
  ])('sBG of %s', (_, years, alpha, beta) => {
    const fit = fitSbg(years.slice(0, KNOWN));
    expect(fit.converged).toBe(true);
    expect(fit.alpha).toBeCloseTo(alpha, 4);
    expect(fit.beta).toBeCloseTo(beta, 4);
  });

  it.each([
    ['Regular', REGULAR],
    ['High End', HIGH_END],
  ])('beta-discrete-Weibull follows years 8 to 12 of %s better', (_, years) => {
    const known = years.slice(0, KNOWN);
    const miss = (fit: ReturnType<typeof fitSbg>) =>
      [8, 9, 10, 11, 12].reduce((sum, t) => sum + Math.abs(years[t]! / 100 - survival(fit, t)), 0) / 5;
    const bdw = fitBdw(known);
    expect(bdw.converged).toBe(true);
    expect(bdw.logLikelihood).toBeGreaterThan(fitSbg(known).logLikelihood);
    expect(miss(bdw)).toBeLessThan(miss(fitSbg(known)));
  });

  it('finds again what it was made with', () => {
    const of = { alpha: 0.8, beta: 2.5, c: 1.4 };
    const cohort = Array.from({ length: 12 }, (_, t) => 1e5 * survival(of, t));
    const fit = fitBdw(cohort);
    for (const name of ['alpha', 'beta', 'c'] as const) expect(fit[name]).toBeCloseTo(of[name], 2);
    expect(fitSbg(cohort).c).toBe(1);
  });

  it('of sBG, who stays is ever more likely to stay: the fickle left first', () => {
    const fit = fitSbg(REGULAR);
    for (let t = 2; t < 30; t++) expect(retentionRate(fit, t)).toBeGreaterThan(retentionRate(fit, t - 1));
    expect(retentionRate(fit, 3)).toBeCloseTo((fit.beta + 2) / (fit.alpha + fit.beta + 2), 10);
  });

  it('payments to come: more after more renewals, fewer at a higher rate', () => {
    const fit = fitSbg(HIGH_END);
    expect(residualPayments(fit, 4, 10, 0.1)).toBeGreaterThan(residualPayments(fit, 1, 10, 0.1));
    expect(residualPayments(fit, 4, 10, 0.2)).toBeLessThan(residualPayments(fit, 4, 10, 0.1));
    expect(residualPayments(fit, 4, 1, 0.1)).toBeCloseTo(retentionRate(fit, 5), 12);
  });

  it('refuses a cohort that grows, and one that nobody left', () => {
    expect(() => fitSbg([100, 110])).toThrow(RangeError);
    expect(() => fitSbg([100, 100])).toThrow(RangeError);
  });
});
