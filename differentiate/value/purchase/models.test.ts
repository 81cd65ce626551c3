// Laws every purchase model keeps, and the formulas of the papers as slow oracles.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { property } from '@vinculo/testing';
import { lnBeta, lnGamma } from '../arithmetic/gamma.ts';
import { hypergeometric } from '../arithmetic/hypergeometric.ts';
import { bgNbd, mbgCnbd, mbgNbd } from './beta-geometric.ts';
import { fitPurchases } from './fit-purchases.ts';
import { histories } from './histories.ts';
import { discountedPurchases, outlook, purchasesWithin } from './outlook.ts';
import { paretoNbd } from './pareto-nbd.ts';
import type { Predictor, PurchaseModel } from './purchase-model.ts';
import { simulatePurchases } from './simulate.ts';

const MODELS = [bgNbd, mbgNbd, paretoNbd, mbgCnbd(2), mbgCnbd(3)];
const parameter = fc.double({ min: 0.05, max: 20, noNaN: true });
const parameters = fc.tuple(parameter, parameter, parameter, parameter);
const customer = fc
  .tuple(fc.integer({ min: 0, max: 60 }), fc.double({ min: 0.01, max: 1, noNaN: true }), fc.double({ min: 1, max: 150, noNaN: true }))
  .map(([x, share, T]) => ({ x, tx: x === 0 ? 0 : share * T, T }));

const aliveOf = (predictor: Predictor, { x, tx, T }: { x: number; tx: number; T: number }) => {
  const weights = new Float64Array(predictor.phases);
  predictor.alive(x, tx, T, weights);
  return { weights, alive: weights.reduce((a, b) => a + b) };
};

const logLikelihood = (model: PurchaseModel, of: number[], { x, tx, T }: { x: number; tx: number; T: number }) =>
  model.logLikelihood(histories({ x: [x], tx: [tx], T: [T] }), Float64Array.from(of), new Float64Array(4));

describe.each(MODELS.map((model) => [model.k > 1 ? `${model.name}, k = ${model.k}` : model.name, model] as const))('%s', (_, model) => {
  it('its gradient is the slope of its likelihood', () =>
    property(parameters, fc.array(customer, { minLength: 1, maxLength: 5 }), (at, customers) => {
      const known = histories({ x: customers.map(({ x }) => x), tx: customers.map(({ tx }) => tx), T: customers.map(({ T }) => T) });
      const gradient = new Float64Array(4);
      model.logLikelihood(known, Float64Array.from(at), gradient);
      at.forEach((value, i) => {
        const step = value * 1e-5;
        const there = (by: number) =>
          model.logLikelihood(
            known,
            Float64Array.from(at, (v, j) => (j === i ? v + by : v)),
            new Float64Array(4),
          );
        const slope = (there(step) - there(-step)) / (2 * step);
        expect(Math.abs(gradient[i]! - slope) * value).toBeLessThan(1e-4 * (1 + Math.abs(slope) * value + Math.abs(there(0)) * 1e-3));
      });
    }));

  it('P(alive) is a probability, lower the longer the silence', () =>
    property(parameters, customer, (at, who) => {
      const predictor = model.predictor(at);
      const { alive, weights } = aliveOf(predictor, who);
      expect(alive).toBeGreaterThanOrEqual(0);
      expect(alive).toBeLessThanOrEqual(1 + 1e-12);
      expect(Math.min(...weights)).toBeGreaterThanOrEqual(0);
      const later = aliveOf(predictor, { ...who, T: who.T * 1.2 + 1 }).alive;
      if (who.x > 0 || model !== bgNbd) expect(later).toBeLessThanOrEqual(alive + 1e-9);
    }));

  it('expected purchases are never below zero and grow with time', () =>
    property(parameters, customer, fc.double({ min: 0.1, max: 200, noNaN: true }), (at, who, t) => {
      const predictor = model.predictor(at);
      for (let phase = 0; phase < predictor.phases; phase++) {
        const soon = predictor.purchases(phase, who.x, who.T, t);
        expect(soon).toBeGreaterThanOrEqual(0);
        expect(predictor.purchases(phase, who.x, who.T, t * 1.5)).toBeGreaterThanOrEqual(soon * (1 - 1e-9));
        expect(predictor.purchases(phase, who.x, who.T, 0)).toBe(0);
      }
      expect(predictor.ofNewcomer(t)).toBeGreaterThanOrEqual(0);
    }));

  it('the chance of a purchase follows from the likelihood of none', () =>
    property(parameters, customer, fc.double({ min: 0.5, max: 60, noNaN: true }), (at, who, t) => {
      const buys = model.predictor(at).buysWithin(who.x, who.tx, who.T, t);
      const none = Math.exp(logLikelihood(model, at, { ...who, T: who.T + t }) - logLikelihood(model, at, who));
      expect(buys).toBeCloseTo(1 - none, 7);
      // Somebody who is expected to buy n times buys at all with a chance that n cannot be below.
      const { weights } = aliveOf(model.predictor(at), who);
      const expected = weights.reduce((sum, weight, phase) => sum + weight * model.predictor(at).purchases(phase, who.x, who.T, t), 0);
      expect(buys).toBeLessThanOrEqual(expected + 1e-9);
    }));

  it('finds the parameters of a simulated world, and forecasts what it does next', () => {
    const truth = model.name === 'pareto_nbd' ? [0.9, 8, 0.7, 15] : [0.9 * model.k, 6, 0.8, 3];
    const world = simulatePurchases({
      model,
      parameters: truth,
      customers: 6000,
      watched: (luck) => 30 + 40 * luck.uniform(),
      ahead: 30,
      seed: 11,
    });
    const known = histories(world);
    const fit = fitPurchases(model, known);
    expect(fit.converged).toBe(true);
    const ofTruth = model.logLikelihood(known, Float64Array.from(truth), new Float64Array(4));
    expect(fit.logLikelihood).toBeGreaterThanOrEqual(ofTruth);
    // Twice the difference is χ² with four degrees of freedom: above 18.5 once in a thousand worlds.
    expect(2 * (fit.logLikelihood - ofTruth)).toBeLessThan(18.5);
    const predictor = model.predictor(fit.parameters);
    const rows = outlook(predictor, known, [purchasesWithin(predictor, 30)]).answers[0]!;
    const expected = known.rowOf.reduce((sum, row) => sum + rows[row]!, 0);
    const actual = world.ahead.reduce((a, b) => a + b);
    expect(Math.abs(expected / actual - 1)).toBeLessThan(0.06);
  });

  it('discounting takes off little at a low rate and all of it at a high one', () => {
    const predictor = model.predictor([0.8, 6, 0.8, 3]);
    const plain = discountedPurchases(predictor, 52, 0)(0, 4, 30);
    const some = discountedPurchases(predictor, 52, 0.002)(0, 4, 30);
    expect(some).toBeLessThan(plain);
    expect(some).toBeGreaterThan(plain * Math.exp(-0.002 * 52));
    // Against small steps.
    let sum = 0;
    for (let week = 0; week < 520; week++) {
      const gained = predictor.purchases(0, 4, 30, (week + 1) / 10) - predictor.purchases(0, 4, 30, week / 10);
      sum += gained * Math.exp(-0.002 * ((week + 0.5) / 10));
    }
    expect(Math.abs(some / sum - 1)).toBeLessThan(1e-5);
  });
});

describe('the formulas as printed', () => {
  it('BG/NBD: the conditional expectation', () =>
    property(parameters, customer, fc.double({ min: 0.5, max: 60, noNaN: true }), (at, { x, T }, t) => {
      const [r, alpha, , b] = at;
      const a = at[2] + 1.05; // the printed form has a pole at a = 1
      const share = t / (alpha + T + t);
      const printed =
        ((a + b + x - 1) / (a - 1)) * (1 - ((alpha + T) / (alpha + T + t)) ** (r + x) * hypergeometric(r + x, b + x, a + b + x - 1, share));
      const ours = bgNbd.predictor([r, alpha, a, b]).purchases(0, x, T, t);
      expect(Math.abs(ours - printed)).toBeLessThan(1e-8 * (1 + (a + b + x) / (a - 1)));
    }));

  it('Pareto/NBD: the likelihood with 2F1', () =>
    property(parameters, customer, ([r, alpha, s, beta], { x, tx, T }) => {
      const [most, lesser, second] = alpha >= beta ? [alpha, beta, s + 1] : [beta, alpha, r + x];
      const m = r + s + x;
      const side = (time: number) => hypergeometric(m, second, m + 1, (most - lesser) / (most + time)) / (most + time) ** m;
      const a0 = side(tx) - side(T);
      const inside = (alpha + T) ** -(r + x) * (beta + T) ** -s + (s / m) * a0;
      const printed = lnGamma(r + x) - lnGamma(r) + r * Math.log(alpha) + s * Math.log(beta) + Math.log(inside);
      if (!Number.isFinite(printed)) return; // the printed form underflows where ours does not
      expect(Math.abs(logLikelihood(paretoNbd, [r, alpha, s, beta], { x, tx, T }) - printed)).toBeLessThan(1e-6 * (1 + Math.abs(printed)));
    }));

  it('Pareto/NBD: the likelihood where α and β are far apart, by a sum of small steps', () =>
    property(
      fc.tuple(
        fc.double({ min: 0.1, max: 30, noNaN: true }),
        fc.double({ min: -3, max: 3, noNaN: true }).map((power) => 10 ** power),
        fc.double({ min: 0.05, max: 5, noNaN: true }),
        fc.double({ min: -3, max: 3, noNaN: true }).map((power) => 10 ** power),
      ),
      customer,
      ([r, alpha, s, beta], { x, tx, T }) => {
        const at = (u: number) => -(r + x) * Math.log((alpha + u) / (alpha + T)) - (s + 1) * Math.log((beta + u) / (beta + T));
        // In ln(1 + (u − tx)/c), with c below either scale.
        const c = Math.min(alpha, beta) + tx;
        const end = Math.log1p((T - tx) / c);
        const steps = 6000;
        let lnSum = Number.NEGATIVE_INFINITY;
        for (let i = 0; i < steps; i++) {
          const v = (end * (i + 0.5)) / steps;
          const term = at(tx + c * Math.expm1(v)) + Math.log(c) + v;
          lnSum = lnSum > term ? lnSum + Math.log1p(Math.exp(term - lnSum)) : term + Math.log1p(Math.exp(lnSum - term));
        }
        const lnOdds = Math.log(s / (beta + T)) + lnSum + Math.log(end / steps);
        const stays = -(r + x) * Math.log(alpha + T) - s * Math.log(beta + T) + r * Math.log(alpha) + s * Math.log(beta);
        const summed = lnGamma(r + x) - lnGamma(r) + stays + (lnOdds > 30 ? lnOdds : Math.log1p(Math.exp(lnOdds)));
        const ours = logLikelihood(paretoNbd, [r, alpha, s, beta], { x, tx, T });
        expect(Math.abs(ours - summed)).toBeLessThan(2e-3);
      },
    ));

  it('MBG/CNBD-1 is MBG/NBD', () =>
    property(parameters, customer, (at, who) => {
      expect(logLikelihood(mbgCnbd(1), at, who)).toBe(logLikelihood(mbgNbd, at, who));
    }));

  it('BG/NBD and MBG/NBD differ only in stopping at once', () => {
    const [r, alpha, a, b] = [0.5, 5, 0.8, 2.4];
    const silent = { x: 0, tx: 0, T: 30 };
    const waits = r * Math.log(alpha / (alpha + 30));
    expect(logLikelihood(bgNbd, [r, alpha, a, b], silent)).toBeCloseTo(waits, 12);
    const stays = Math.exp(lnBeta(a, b + 1) - lnBeta(a, b));
    expect(logLikelihood(mbgNbd, [r, alpha, a, b], silent)).toBeCloseTo(Math.log(stays * Math.exp(waits) + 1 - stays), 12);
  });
});

describe('histories', () => {
  it('merging changes nothing of the likelihood', () =>
    property(fc.array(customer, { minLength: 2, maxLength: 20 }), parameters, (customers, at) => {
      const twice = [...customers, ...customers];
      const known = histories({ x: twice.map(({ x }) => x), tx: twice.map(({ tx }) => tx), T: twice.map(({ T }) => T) });
      expect(known.rows).toBeLessThanOrEqual(customers.length);
      expect(known.customers).toBe(twice.length);
      const sum = twice.reduce((total, who) => total + logLikelihood(bgNbd, at, who), 0);
      expect(bgNbd.logLikelihood(known, Float64Array.from(at), new Float64Array(4))).toBeCloseTo(sum, 6);
    }));

  it.each([
    [{ x: [1], tx: [0], T: [3] }],
    [{ x: [0], tx: [1], T: [3] }],
    [{ x: [1], tx: [4], T: [3] }],
    [{ x: [0.5], tx: [1], T: [3] }],
    [{ x: [1, 2], tx: [1], T: [3] }],
  ])('refuses %j', (columns) => expect(() => histories(columns)).toThrow(RangeError));

  it('a base in which nobody came back teaches no pace', () =>
    expect(() => fitPurchases(bgNbd, histories({ x: [0, 0], tx: [0, 0], T: [10, 20] }))).toThrow(RangeError));
});

it('interpolating over T changes no answer that matters', () => {
  for (const model of [bgNbd, paretoNbd, mbgCnbd(3)]) {
    const parameters = [0.6, 1.5, 0.7, 2.5];
    const known = histories(
      simulatePurchases({ model, parameters, customers: 4000, watched: (luck) => 1 + 100 * luck.uniform(), grain: 1 / 7, seed: 5 }),
    );
    expect(known.Ts.length).toBeGreaterThan(300);
    const predictor = model.predictor(parameters);
    const { answers } = outlook(predictor, known, [purchasesWithin(predictor, 52)]);
    const weights = new Float64Array(model.k);
    for (let row = 0; row < known.rows; row += 7) {
      const [x, tx, T] = [known.xs[known.x[row]!]!, known.txs[known.tx[row]!]!, known.Ts[known.T[row]!]!];
      predictor.alive(x, tx, T, weights);
      const exact = weights.reduce((sum, weight, phase) => sum + weight * predictor.purchases(phase, x, T, 52), 0);
      expect(Math.abs(answers[0]![row]! - exact)).toBeLessThanOrEqual(1e-6 * exact);
    }
  }
});
