// Pareto/NBD: customers buy at random, each at their own pace, and may stop for good at any moment, each at their own risk.
// Source: Schmittlein, Morrison & Colombo, "Counting your customers", Management Science 33(1), 1987; the likelihood as in
// Fader & Hardie, "A note on deriving the Pareto/NBD model and related expressions", 2005.
import { digamma, lnGamma } from '../arithmetic/gamma.ts';
import type { Histories } from './histories.ts';
import { stopped, type Stopped, type StoppedAt, type StoppedLogs } from './pareto-nbd-stopped.ts';
import type { Predictor, PurchaseModel } from './purchase-model.ts';

export const paretoNbd: PurchaseModel = {
  name: 'pareto_nbd',
  k: 1,
  parameters: ['r', 'alpha', 's', 'beta'],
  starts(histories) {
    let time = 0;
    for (let i = 0; i < histories.rows; i++)
      time += histories.count[i]! * (0.3 * histories.Ts[histories.T[i]!]! + 0.7 * histories.txs[histories.tx[i]!]!);
    const pace = Math.max(histories.purchases, 0.5) / Math.max(time, 1e-9);
    const life = time / Math.max(1, histories.customers);
    return [
      [0.6, 0.6 / pace, 0.6, 0.6 * life],
      [1, 1 / pace, 0.2, life],
      [0.3, 0.3 / pace, 2, 4 * life],
      [3, 3 / pace, 1, 5 * life],
    ];
  },
  logLikelihood,
  predictor: (of) => predictor(of[0]!, of[1]!, of[2]!, of[3]!),
};

/**
 * A row's likelihood is Γ(r+x)/Γ(r) αʳ βˢ · (α+T)^−(r+x) (β+T)^−s · (1 + q): q the odds of having stopped since the last purchase,
 * s ∫ from tx to T of ((α+T)/(α+u))^(r+x) ((β+T)/(β+u))^s du/(β+u).
 */
function logLikelihood(h: Histories, parameters: Float64Array, gradient: Float64Array): number {
  const [r, alpha, s, beta] = parameters as unknown as [number, number, number, number];
  let value = 0;
  let dr = 0;
  let dAlpha = (h.customers * r) / alpha;
  let ds = 0;
  let dBeta = (h.customers * s) / beta;
  const constant = r * Math.log(alpha) + s * Math.log(beta) - lnGamma(r);
  const psiR = digamma(r);
  for (let i = 0; i < h.xs.length; i++) {
    const n = h.customersByX[i]!;
    if (n === 0) continue;
    value += n * (constant + lnGamma(r + h.xs[i]!));
    dr += n * (digamma(r + h.xs[i]!) - psiR + Math.log(alpha));
  }
  ds += h.customers * Math.log(beta);
  const lnAlphaT = h.Ts.map((T) => Math.log(alpha + T));
  const lnBetaT = h.Ts.map((T) => Math.log(beta + T));
  for (let i = 0; i < h.Ts.length; i++) {
    const n = h.customersByT[i]!;
    const shape = r * n + h.purchasesByT[i]!;
    value -= shape * lnAlphaT[i]! + s * n * lnBetaT[i]!;
    dr -= n * lnAlphaT[i]!;
    dAlpha -= shape / (alpha + h.Ts[i]!);
    ds -= n * lnBetaT[i]!;
    dBeta -= (s * n) / (beta + h.Ts[i]!);
  }
  const lnAlphaTx = h.txs.map((tx) => Math.log(alpha + tx));
  const lnBetaTx = h.txs.map((tx) => Math.log(beta + tx));
  const odds: Stopped = { lnOdds: 0, dr: 0, dAlpha: 0, ds: 0, dBeta: 0 };
  const at: StoppedAt = { shape: r, s, alpha, beta, tx: 0, T: 0 };
  const logs: StoppedLogs = { alphaT: 0, betaT: 0, alphaTx: 0, betaTx: 0 };
  for (let i = 0; i < h.rows; i++) {
    const T = h.T[i]!;
    const tx = h.tx[i]!;
    if (h.Ts[T] === h.txs[tx]) continue;
    at.shape = r + h.xs[h.x[i]!]!;
    at.tx = h.txs[tx]!;
    at.T = h.Ts[T]!;
    logs.alphaT = lnAlphaT[T]!;
    logs.betaT = lnBetaT[T]!;
    logs.alphaTx = lnAlphaTx[tx]!;
    logs.betaTx = lnBetaTx[tx]!;
    stopped(at, logs, odds);
    let weight = h.count[i]!;
    if (odds.lnOdds > 30) value += weight * odds.lnOdds;
    else {
      const q = Math.exp(odds.lnOdds);
      value += weight * Math.log(1 + q);
      weight *= q / (1 + q);
    }
    dr += weight * odds.dr;
    dAlpha += weight * odds.dAlpha;
    ds += weight * odds.ds;
    dBeta += weight * odds.dBeta;
  }
  gradient[0] = dr;
  gradient[1] = dAlpha;
  gradient[2] = ds;
  gradient[3] = dBeta;
  return value;
}

function predictor(r: number, alpha: number, s: number, beta: number): Predictor {
  const odds: Stopped = { lnOdds: 0, dr: 0, dAlpha: 0, ds: 0, dBeta: 0 };
  const lnOdds = (x: number, tx: number, T: number) => {
    if (T === tx) return Number.NEGATIVE_INFINITY;
    stopped(
      { shape: r + x, s, alpha, beta, tx, T },
      { alphaT: Math.log(alpha + T), betaT: Math.log(beta + T), alphaTx: Math.log(alpha + tx), betaTx: Math.log(beta + tx) },
      odds,
    );
    return odds.lnOdds;
  };
  /** (1 − yˢ⁻¹)/(s − 1), also where s is near 1. */
  const lasting = (lnY: number) => {
    const power = (s - 1) * lnY;
    return Math.abs(power) < 1e-12 ? -lnY : -Math.expm1(power) / (s - 1);
  };
  return {
    phases: 1,
    alive(x, tx, T, into) {
      into[0] = 1 / (1 + Math.exp(lnOdds(x, tx, T)));
    },
    purchases: (_phase, x, T, t) => (((r + x) * (beta + T)) / (alpha + T)) * lasting(-Math.log1p(t / (beta + T))),
    ofNewcomer: (t) => ((r * beta) / alpha) * lasting(-Math.log1p(t / beta)),
    buysWithin(x, tx, T, t) {
      // None within t: the likelihood of the same purchases seen until T + t, over that until T.
      const ln = (end: number) => -(r + x) * Math.log(alpha + end) - s * Math.log(beta + end) + lnOnePlusExp(lnOdds(x, tx, end));
      return Math.max(0, -Math.expm1(ln(T + t) - ln(T)));
    },
  };
}

const lnOnePlusExp = (of: number) => (of > 30 ? of : Math.log1p(Math.exp(of)));
