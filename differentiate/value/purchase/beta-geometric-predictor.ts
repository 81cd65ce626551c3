import { lnGamma } from '../arithmetic/gamma.ts';
import type { Predictor } from './purchase-model.ts';

export interface BetaGeometricParameters {
  r: number;
  alpha: number;
  a: number;
  b: number;
  k: number;
  stopsAtOnce: boolean;
}

/**
 * Exact for every k. The published MBG/CNBD-k approximates what is still to come; here the phase of the clock is summed over
 * instead: in phase j the next purchase is k − j steps away, later ones k steps each, and steps are a Poisson process whose
 * pace is a gamma variable, so that a number of steps within t is negative binomial.
 */
export function betaGeometricPredictor({ r, alpha, a, b, k, stopsAtOnce }: BetaGeometricParameters): Predictor {
  const e = stopsAtOnce ? 1 : 0;

  function alive(x: number, tx: number, T: number, into: Float64Array): void {
    const shape = r + k * x;
    const waited = (T - tx) / (alpha + T);
    let term = 1;
    let sum = 0;
    for (let j = 0; j < k; j++) {
      if (j > 0) term *= ((shape + j - 1) / j) * waited;
      into[j] = term;
      sum += term;
    }
    const stopped = x > 0 || stopsAtOnce ? (a / (b + x - 1 + e)) * Math.exp(shape * Math.log((alpha + T) / (alpha + tx))) : 0;
    for (let j = 0; j < k; j++) into[j]! /= sum + stopped;
  }

  return {
    phases: k,
    alive,
    purchases: (phase, x, T, t) => expected(r + k * x + phase, t / (alpha + T + t), k, phase, a, b + x + e),
    ofNewcomer: (t) => (stopsAtOnce ? b / (a + b) : 1) * expected(r, t / (alpha + t), k, 0, a, b + e),
    buysWithin(x, tx, T, t) {
      const weights = new Float64Array(k);
      alive(x, tx, T, weights);
      const z = t / (alpha + T + t);
      let buys = 0;
      for (let j = 0; j < k; j++) {
        const shape = r + k * x + j;
        let term = Math.exp(shape * Math.log1p(-z));
        let none = 0;
        for (let steps = 0; steps < k - j; steps++) {
          none += term;
          term *= ((shape + steps) / (steps + 1)) * z;
        }
        buys += weights[j]! * Math.max(0, 1 - none);
      }
      return buys;
    },
  };
}

/**
 * Σ over n ≥ 1 of P(not stopped after the first n − 1 of them) · P(at least k·n − phase steps). Steps are negative binomial with
 * `shape` and `z`; the probability of stopping is beta with `a` and `b`.
 */
function expected(shape: number, z: number, k: number, phase: number, a: number, b: number): number {
  if (!(z > 0)) return 0;
  const mean = (shape * z) / (1 - z);
  const deviation = Math.sqrt(mean / (1 - z));
  // Below this many steps there is no probability to speak of; a power of a small number would be 0 there.
  const from = Math.max(0, Math.floor(mean - 40 - 12 * deviation));
  let probability = Math.exp(
    from === 0
      ? shape * Math.log1p(-z)
      : lnGamma(shape + from) - lnGamma(shape) - lnGamma(from + 1) + shape * Math.log1p(-z) + from * Math.log(z),
  );
  let tail = 1; // P(steps ≥ `steps`)
  let steps = from;
  let purchases = 1;
  let stays = 1;
  let sum = 0;
  for (;;) {
    const needed = k * purchases - phase;
    while (steps < needed) {
      tail -= probability;
      probability *= ((shape + steps) / (steps + 1)) * z;
      steps++;
    }
    if (!(tail > 0)) break;
    const gained = stays * tail;
    sum += gained;
    // What is left of the tail is at most this; beyond it lies rounding.
    if (steps > mean && Math.min(gained, probability / (1 - z)) < 1e-14 * sum) break;
    stays *= (b + purchases - 1) / (a + b + purchases - 1);
    purchases++;
  }
  return sum;
}
