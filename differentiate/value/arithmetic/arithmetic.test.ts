import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { property } from '@vinculo/testing';
import { covariance, inverse } from './covariance.ts';
import { digamma, lnBeta, lnGamma } from './gamma.ts';
import { gaussLegendre } from './gauss-legendre.ts';
import { hypergeometric } from './hypergeometric.ts';
import { maximise } from './maximise.ts';
import { normalQuantile } from './normal.ts';
import { random } from './random.ts';

const near = (value: number, expected: number, relative = 1e-12) =>
  expect(Math.abs(value - expected)).toBeLessThanOrEqual(relative * Math.max(1e-300, Math.abs(expected)) + 1e-15);
const positive = fc.double({ min: 0.01, max: 200, noNaN: true });

describe('special functions', () => {
  it.each([
    [0.5, 0.572_364_942_924_700_1],
    [0.001, 6.907_178_885_383_853],
    [5, Math.log(24)],
    [10.3, 13.482_036_786_138_36],
    [171, 706.573_062_245_787_4],
    [1e6, 12_815_504.569_147_88],
  ])('ln Γ(%d)', (x, value) => near(lnGamma(x), value));

  it.each([
    [1, -0.577_215_664_901_532_9],
    [0.5, -1.963_510_026_021_423],
    [10, 2.251_752_589_066_721],
  ])('ψ(%d)', (x, value) => near(digamma(x), value));

  it('ψ is the slope of ln Γ, and Γ(x + 1) = x Γ(x)', () =>
    property(positive, (x) => {
      near(lnGamma(x + 1), lnGamma(x) + Math.log(x), 1e-11);
      near(digamma(x + 1), digamma(x) + 1 / x, 1e-11);
    }));

  it('B(a, b) keeps its digits when one of the two is large', () => {
    near(lnBeta(2, 1e8), -2 * Math.log(1e8) - Math.log1p(1e-8), 1e-13);
    near(lnBeta(0.5, 0.5), Math.log(Math.PI));
  });

  it('2F1 is what it is known to be', () => {
    for (const z of [-3, -0.5, 0.1, 0.5, 0.89, 0.95, 0.999]) {
      near(hypergeometric(1, 1, 2, z), -Math.log1p(-z) / z, 1e-11);
      near(hypergeometric(0.7, 2.3, 2.3, z), (1 - z) ** -0.7, 1e-10);
      if (z > 0) near(hypergeometric(0.5, 1, 1.5, z), Math.atanh(Math.sqrt(z)) / Math.sqrt(z), 1e-10);
    }
    // Γ(¼)²/(2 π^{3/2}), by Gauss.
    near(hypergeometric(0.5, 0.5, 1, 0.5), 1.180_340_599_016_096, 1e-12);
    // Two ways of the same value: near 1 through 1 − z, and by Euler's transformation.
    near(hypergeometric(0.3, 1.7, 2.4, 0.97), (1 - 0.97) ** 0.4 * hypergeometric(2.1, 0.7, 2.4, 0.97), 1e-10);
  });

  it('Gauss–Legendre is exact for polynomials', () => {
    const { nodes, weights } = gaussLegendre(6);
    near(
      nodes.reduce((sum, x, i) => sum + weights[i]! * x ** 11, 0),
      1 / 12,
    );
  });

  it.each([
    [0.5, 0],
    [0.975, 1.959_963_984_540_05],
    [0.05, -1.644_853_626_951_473],
    [0.999, 3.090_232_306_167_81],
  ])('the %d quantile of the normal', (p, z) => near(normalQuantile(p), z, 3e-9));
});

describe('maximise', () => {
  it('climbs Rosenbrock’s valley', () => {
    const found = maximise(
      (at, gradient) => {
        const [x, y] = [at[0]!, at[1]!];
        gradient[0] = 2 * (1 - x) + 400 * x * (y - x * x);
        gradient[1] = -200 * (y - x * x);
        return -((1 - x) ** 2) - 100 * (y - x * x) ** 2;
      },
      Float64Array.of(-1.2, 1),
    );
    expect(found.converged).toBe(true);
    near(found.at[0]!, 1, 1e-4);
  });

  it('stops at the wall where the hill goes on', () => {
    const found = maximise(
      (at, gradient) => {
        gradient[0] = 1;
        gradient[1] = -2 * at[1]!;
        return at[0]! - at[1]! ** 2;
      },
      Float64Array.of(0, 3),
      { limit: 5 },
    );
    expect(found.converged).toBe(true);
    expect(found.at[0]).toBeGreaterThanOrEqual(4.5);
    near(found.at[1]!, 0, 1e-3);
  });

  it('the covariance of a parabola is the inverse of its bend', () => {
    const bend = Float64Array.of(4, 1, 1, 3);
    const found = covariance(
      (at, gradient) => {
        gradient[0] = -(4 * at[0]! + at[1]!);
        gradient[1] = -(at[0]! + 3 * at[1]!);
        return 0;
      },
      Float64Array.of(0.2, 0.1),
    );
    inverse(bend, 2)!.forEach((entry, i) => near(found![i]!, entry, 1e-9));
  });
});

it('the random numbers have the moments they should', () => {
  const luck = random(7);
  const mean = (draw: () => number) => Array.from({ length: 40_000 }, draw).reduce((a, b) => a + b) / 40_000;
  near(mean(luck.uniform), 0.5, 0.02);
  near(
    mean(() => luck.gamma(0.3)),
    0.3,
    0.05,
  );
  near(
    mean(() => luck.gamma(4.5)),
    4.5,
    0.02,
  );
  near(
    mean(() => luck.beta(2, 6)),
    0.25,
    0.02,
  );
  near(mean(luck.exponential), 1, 0.02);
});
