// BG/BB: opportunities at fixed times (a yearly campaign, a season's matches), taken or not, until the customer stops for good.
// Source: Fader, Hardie & Shang, "Customer-base analysis in a discrete-time noncontractual setting", Marketing Science 29(6), 2010.
import { digamma, lnBeta } from '../arithmetic/gamma.ts';
import { maximise } from '../arithmetic/maximise.ts';

/** Customers by what they did: of `n` opportunities they took `x`, the last of those was number `tx` (0 for none). */
export interface OpportunityColumns {
  x: ArrayLike<number>;
  tx: ArrayLike<number>;
  n: ArrayLike<number>;
  /** How many customers a row stands for; 1 unless told. */
  count?: ArrayLike<number>;
}

/** α and β: taking an opportunity; γ and δ: stopping before one. */
export interface BgBbParameters {
  alpha: number;
  beta: number;
  gamma: number;
  delta: number;
}

export interface BgBbFit extends BgBbParameters {
  logLikelihood: number;
  converged: boolean;
}

/**
 * Fits BG/BB by maximum likelihood.
 *
 * @throws RangeError where a row cannot be: x > tx, tx > n, or one of x and tx zero without the other.
 */
export function fitBgBb(of: OpportunityColumns): BgBbFit {
  let customers = 0;
  for (let i = 0; i < of.x.length; i++) {
    const [x, tx, n] = [of.x[i]!, of.tx[i]!, of.n[i]!];
    if (![x, tx, n].every(Number.isInteger) || x < 0 || x > tx || tx > n || x > 0 !== tx > 0)
      throw new RangeError(`Of ${n} opportunities ${x} taken, the last number ${tx}: that cannot be.`);
    customers += of.count?.[i] ?? 1;
  }
  const rows = merged(of);
  const p = new Float64Array(4);
  const objective = (at: Float64Array, gradient: Float64Array) => {
    for (let i = 0; i < 4; i++) p[i] = Math.exp(at[i]!);
    const value = bgBbLogLikelihood(rows, { alpha: p[0]!, beta: p[1]!, gamma: p[2]!, delta: p[3]! }, gradient) / customers;
    for (let i = 0; i < 4; i++) gradient[i]! *= p[i]! / customers;
    return value;
  };
  const best = [
    [1, 1, 0.5, 2],
    [0.5, 2, 1, 10],
    [2, 2, 0.2, 5],
  ]
    .map((start) => maximise(objective, Float64Array.from(start, Math.log), { scale: customers, limit: 16 }))
    .reduce((a, b) => (b.value > a.value + 1e-12 ? b : a));
  const [alpha, beta, gamma, delta] = best.at.map(Math.exp) as unknown as [number, number, number, number];
  return { alpha, beta, gamma, delta, logLikelihood: best.value * customers, converged: best.converged };
}

/** Log-likelihood of all rows; writes its gradient by α, β, γ, δ. */
export function bgBbLogLikelihood(of: OpportunityColumns, { alpha, beta, gamma, delta }: BgBbParameters, gradient: Float64Array): number {
  gradient.fill(0);
  const base = lnBeta(alpha, beta) + lnBeta(gamma, delta);
  const buys = digamma(alpha + beta);
  const stops = digamma(gamma + delta);
  let value = 0;
  for (let i = 0; i < of.x.length; i++) {
    const weight = of.count?.[i] ?? 1;
    const terms = story(of.x[i]!, of.tx[i]!, of.n[i]!, { alpha, beta, gamma, delta });
    const most = Math.max(...terms.map(({ ln }) => ln));
    const sum = terms.reduce((total, { ln }) => total + Math.exp(ln - most), 0);
    value += weight * (most + Math.log(sum) - base);
    for (const { ln, taken, missed, stopped, stayed } of terms) {
      const share = (weight * Math.exp(ln - most)) / sum;
      const all = digamma(alpha + beta + taken + missed);
      const chances = digamma(gamma + delta + stopped + stayed);
      gradient[0]! += share * (digamma(alpha + taken) - all - digamma(alpha) + buys);
      gradient[1]! += share * (digamma(beta + missed) - all - digamma(beta) + buys);
      gradient[2]! += share * (digamma(gamma + stopped) - chances - digamma(gamma) + stops);
      gradient[3]! += share * (digamma(delta + stayed) - chances - digamma(delta) + stops);
    }
  }
  return value;
}

/** What may have happened: still there after n, or stopped after tx + i opportunities. */
function story(x: number, tx: number, n: number, { alpha, beta, gamma, delta }: BgBbParameters) {
  const term = (missed: number, stopped: 0 | 1, stayed: number) => ({
    taken: x,
    missed,
    stopped,
    stayed,
    ln: lnBeta(alpha + x, beta + missed) + lnBeta(gamma + stopped, delta + stayed),
  });
  return [term(n - x, 0, n), ...Array.from({ length: n - tx }, (_, i) => term(tx - x + i, 1, tx + i))];
}

/** The probability of being there for opportunity n + 1. */
export function bgBbAlive(x: number, tx: number, n: number, of: BgBbParameters): number {
  const terms = story(x, tx, n, of).map(({ ln }) => ln);
  const most = Math.max(...terms);
  const here = lnBeta(of.alpha + x, of.beta + n - x) + lnBeta(of.gamma, of.delta + n + 1);
  return Math.exp(here - most) / terms.reduce((sum, ln) => sum + Math.exp(ln - most), 0);
}

/** Expected opportunities taken among the next `ahead`, each worth `1/(1 + rate)` of the one before it. */
export function bgBbExpected(x: number, tx: number, n: number, ahead: number, of: BgBbParameters, rate = 0): number {
  const takes = (of.alpha + x) / (of.alpha + of.beta + n);
  let sum = 0;
  let there = bgBbAlive(x, tx, n, of);
  for (let i = 1; i <= ahead; i++) {
    sum += (takes * there) / (1 + rate) ** (i - 1);
    there *= (of.delta + n + i) / (of.gamma + of.delta + n + i);
  }
  return sum;
}

function merged(of: OpportunityColumns): OpportunityColumns {
  const rows = new Map<string, { x: number; tx: number; n: number; count: number }>();
  for (let i = 0; i < of.x.length; i++) {
    const key = `${of.x[i]} ${of.tx[i]} ${of.n[i]}`;
    const row = rows.get(key) ?? { x: of.x[i]!, tx: of.tx[i]!, n: of.n[i]!, count: 0 };
    row.count += of.count?.[i] ?? 1;
    rows.set(key, row);
  }
  const all = [...rows.values()];
  return { x: all.map((row) => row.x), tx: all.map((row) => row.tx), n: all.map((row) => row.n), count: all.map((row) => row.count) };
}
