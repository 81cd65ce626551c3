// The family in which a customer may stop for good after any purchase, each with a probability of their own:
// BG/NBD (Fader, Hardie & Lee, Marketing Science 24(2), 2005), MBG/NBD, where they may also stop after the very first
// (Batislam, Denizel & Filiztekin, Int. J. of Research in Marketing 24(3), 2007), and MBG/CNBD-k, where purchases come more
// regularly than chance (Platzer & Reutterer, "Ticking away the moments", Marketing Science 35(5), 2016).
import { digamma, lnBeta, lnGamma } from '../arithmetic/gamma.ts';
import { betaGeometricPredictor } from './beta-geometric-predictor.ts';
import type { Histories } from './histories.ts';
import type { PurchaseModel } from './purchase-model.ts';
import { tallyStopped } from './stopped-odds.ts';

export const bgNbd: PurchaseModel = betaGeometric('bg_nbd', 1, false);
export const mbgNbd: PurchaseModel = betaGeometric('mbg_nbd', 1, true);

/** @param k Steps of the clock between purchases, 2, 3 …; 1 is MBG/NBD. */
export const mbgCnbd = (k: number): PurchaseModel => betaGeometric('mbg_cnbd_k', k, true);

function betaGeometric(name: PurchaseModel['name'], k: number, stopsAtOnce: boolean): PurchaseModel {
  if (!(Number.isInteger(k) && k >= 1)) throw new RangeError(`k is 1, 2, 3 …, not ${k}.`);
  return {
    name,
    k,
    parameters: ['r', 'alpha', 'a', 'b'],
    starts(histories) {
      const pace = paceOf(histories) * k;
      return [
        [0.5 * k, 0.5 / pace, 0.8, 2.5],
        [1 * k, 1 / pace, 0.3, 3],
        [0.2 * k, 0.2 / pace, 2, 2],
        [3 * k, 3 / pace, 0.5, 10],
        [1 * k, 2 / pace, 0.3, 0.3],
      ];
    },
    logLikelihood: (histories, parameters, gradient) => logLikelihood(histories, parameters, gradient, k, stopsAtOnce ? 1 : 0),
    predictor: (of) => betaGeometricPredictor({ r: of[0]!, alpha: of[1]!, a: of[2]!, b: of[3]!, k, stopsAtOnce }),
  };
}

/** Purchases a unit of time while a customer was surely there: between the first and the last. */
function paceOf(histories: Histories): number {
  let time = 0;
  for (let i = 0; i < histories.rows; i++)
    time += histories.count[i]! * (0.3 * histories.Ts[histories.T[i]!]! + 0.7 * histories.txs[histories.tx[i]!]!);
  return Math.max(histories.purchases, 0.5) / Math.max(time, 1e-9);
}

/**
 * A row's likelihood is B(a, b+x+e)/B(a,b) · Γ(r+kx)/Γ(r) · αʳ/(α+T)^(r+kx) · (S₁ + S₂): S₁ the customers who stopped after their last
 * purchase, a/(b+x−1+e) · ((α+T)/(α+tx))^(r+kx), S₂ those who did not and merely wait, Σ_j (r+kx)_j/j! · ((T−tx)/(α+T))^j for j < k;
 * e is 1 where one may stop at once.
 */
function logLikelihood(h: Histories, parameters: Float64Array, gradient: Float64Array, k: number, e: 0 | 1): number {
  const [r, alpha, a, b] = parameters as unknown as [number, number, number, number];
  let value = 0;
  let dr = 0;
  let dAlpha = 0;
  let da = 0;
  let db = 0;

  // What depends on x alone, on T alone, on tx alone.
  const lnStopped = new Float64Array(h.xs.length);
  const constant = -lnBeta(a, b) - lnGamma(r) + r * Math.log(alpha);
  const psiR = digamma(r);
  const psiAB = digamma(a + b);
  const psiB = digamma(b);
  for (let i = 0; i < h.xs.length; i++) {
    const x = h.xs[i]!;
    const n = h.customersByX[i]!;
    lnStopped[i] = x > 0 || e === 1 ? Math.log(a / (b + x - 1 + e)) : Number.NEGATIVE_INFINITY;
    if (n === 0) continue;
    const psiAll = digamma(a + b + x + e);
    value += n * (constant + lnBeta(a, b + x + e) + lnGamma(r + k * x));
    dr += n * (digamma(r + k * x) - psiR + Math.log(alpha));
    da += n * (psiAB - psiAll);
    db += n * (digamma(b + x + e) - psiAll + psiAB - psiB);
  }
  if (k > 1) {
    value += (k - 1) * (h.lnGaps ?? 0) - h.purchases * lnGamma(k);
  }
  dAlpha += (h.customers * r) / alpha;
  const lnT = new Float64Array(h.Ts.length);
  const inverseT = new Float64Array(h.Ts.length);
  for (let i = 0; i < h.Ts.length; i++) {
    lnT[i] = Math.log(alpha + h.Ts[i]!);
    inverseT[i] = 1 / (alpha + h.Ts[i]!);
    const shape = r * h.customersByT[i]! + k * h.purchasesByT[i]!;
    value -= shape * lnT[i]!;
    dr -= h.customersByT[i]! * lnT[i]!;
    dAlpha -= shape * inverseT[i]!;
  }
  const lnTx = new Float64Array(h.txs.length);
  const inverseTx = new Float64Array(h.txs.length);
  for (let i = 0; i < h.txs.length; i++) {
    lnTx[i] = Math.log(alpha + h.txs[i]!);
    inverseTx[i] = 1 / (alpha + h.txs[i]!);
  }

  const { xs, x: xOf, tx: txOf, T: TOf, count } = h;
  const stoppedByX = new Float64Array(xs.length);
  const clock = { lnSum: 0, dr: 0, dAlpha: 0 };
  let product = 1;
  const tally =
    k === 1
      ? tallyStopped(
          h,
          lnStopped,
          xs.map((x) => r + x),
          { ln: lnT, inverse: inverseT },
          { ln: lnTx, inverse: inverseTx },
        )
      : undefined;
  if (tally) {
    value += tally.value;
    dr += tally.byShape;
    dAlpha += tally.byAlpha;
    stoppedByX.set(tally.byX);
  }
  for (let i = tally ? h.rows : 0; i < h.rows; i++) {
    const code = xOf[i]!;
    const x = xs[code]!;
    if (k === 1 && e === 0 && x === 0) continue;
    const T = TOf[i]!;
    const tx = txOf[i]!;
    const shape = r + k * x;
    const lnRatio = lnT[T]! - lnTx[tx]!;
    let exponent = lnStopped[code]! + shape * lnRatio;
    let weight = count[i]!;
    if (k > 1) {
      waiting(shape, (h.Ts[T]! - h.txs[tx]!) * inverseT[T]!, inverseT[T]!, k, clock);
      exponent -= clock.lnSum;
      value += weight * clock.lnSum;
    }
    let stopped: number;
    if (exponent > 30) {
      value += weight * exponent;
      stopped = 1;
    } else {
      const odds = Math.exp(exponent);
      // Most rows are one customer: their factors are multiplied, and a logarithm taken of many at once.
      if (weight === 1) {
        product *= 1 + odds;
        if (product > 1e280) {
          value += Math.log(product);
          product = 1;
        }
      } else value += weight * Math.log(1 + odds);
      stopped = odds / (1 + odds);
    }
    if (k > 1) {
      dr += weight * (1 - stopped) * clock.dr;
      dAlpha += weight * (1 - stopped) * clock.dAlpha;
    }
    weight *= stopped;
    stoppedByX[code]! += weight;
    dr += weight * lnRatio;
    dAlpha += weight * shape * (inverseT[T]! - inverseTx[tx]!);
  }
  value += Math.log(product);
  for (let i = 0; i < xs.length; i++) {
    const stopped = stoppedByX[i]!;
    if (stopped === 0) continue;
    da += stopped / a;
    db -= stopped / (b + xs[i]! - 1 + e);
  }
  gradient[0] = dr;
  gradient[1] = dAlpha;
  gradient[2] = da;
  gradient[3] = db;
  return value;
}

/** ln S₂ and its derivatives. `waited` is (T − tx)/(α + T). */
function waiting(shape: number, waited: number, inverseT: number, k: number, into: { lnSum: number; dr: number; dAlpha: number }): void {
  let term = 1;
  let sum = 1;
  let byShape = 0;
  let byAlpha = 0;
  let harmonic = 0;
  for (let j = 1; j < k; j++) {
    term *= ((shape + j - 1) / j) * waited;
    harmonic += 1 / (shape + j - 1);
    sum += term;
    byShape += term * harmonic;
    byAlpha -= term * j;
  }
  into.lnSum = Math.log(sum);
  into.dr = byShape / sum;
  into.dAlpha = (byAlpha * inverseT) / sum;
}
