// What contracts lose with each renewal, and what will be left of them.
// sBG: Fader & Hardie, "How to project customer retention", J. of Interactive Marketing 21(1), 2007; BdW: Fader, Hardie, Liu,
// Davin & Steenburgh, "'How to project customer retention' revisited", J. of Interactive Marketing 43, 2018.
import { digamma, lnBeta } from '../arithmetic/gamma.ts';
import { covariance } from '../arithmetic/covariance.ts';
import { maximise, type Objective } from '../arithmetic/maximise.ts';

/** Customers that started together: how many were left after 0, 1, 2 … renewals. */
export type Cohort = ArrayLike<number>;

export interface RetentionFit {
  model: 'sbg' | 'bdw';
  alpha: number;
  beta: number;
  /** How churn changes with age beyond what mixing explains: 1 (always, for sBG) not at all, more: it grows. */
  c: number;
  logLikelihood: number;
  converged: boolean;
  /** Of the logarithms of the parameters, row by row; undefined where the data does not determine them. */
  covariance: Float64Array | undefined;
}

/**
 * The shifted beta–geometric: each customer leaves at each renewal with a probability of their own, which never changes.
 *
 * @param cohorts One or more; they are read as drawn from the same people.
 * @throws RangeError where a cohort grows, or nobody ever left.
 */
export const fitSbg = (...cohorts: readonly Cohort[]): RetentionFit => fit('sbg', cohorts);

/** The beta-discrete-Weibull: like sBG, but the probability of a customer may rise or fall with the number of renewals. */
export const fitBdw = (...cohorts: readonly Cohort[]): RetentionFit => fit('bdw', cohorts);

/** The share of customers left after `t` renewals; `t` need not be whole. */
export function survival({ alpha, beta, c }: Pick<RetentionFit, 'alpha' | 'beta' | 'c'>, t: number): number {
  return Math.exp(lnBeta(alpha, beta + t ** c) - lnBeta(alpha, beta));
}

/** Of those left after t − 1 renewals, the share that makes the next one. */
export const retentionRate = (of: Pick<RetentionFit, 'alpha' | 'beta' | 'c'>, t: number): number => survival(of, t) / survival(of, t - 1);

/**
 * Payments still to come from a customer who made `renewals` of them, the next one due now: Σ over the next `ahead` periods of the
 * chance of making it, each discounted by `rate` a period. Source: Fader & Hardie, "Customer-base valuation in a contractual
 * setting", Marketing Science 29(1), 2010.
 */
export function residualPayments(of: Pick<RetentionFit, 'alpha' | 'beta' | 'c'>, renewals: number, ahead: number, rate: number): number {
  const now = survival(of, renewals);
  let sum = 0;
  for (let i = 1; i <= ahead; i++) sum += survival(of, renewals + i) / now / (1 + rate) ** (i - 1);
  return sum;
}

function fit(model: 'sbg' | 'bdw', cohorts: readonly Cohort[]): RetentionFit {
  const { lost, left, customers } = losses(cohorts);
  const free = model === 'sbg' ? 2 : 3;
  const objective = (scale: number): Objective => {
    return (at, gradient) => logLikelihood(lost, left, at, gradient, scale);
  };
  const starts = [
    [1, 1, 1],
    [0.5, 4, 1],
    [5, 20, 1.3],
  ].map((start) => Float64Array.from(start.slice(0, free), Math.log));
  const best = starts
    .map((start) => maximise(objective(1 / customers), start, { scale: customers, gain: 1e-10, limit: 16 }))
    .reduce((a, b) => (b.value > a.value + 1e-12 ? b : a));
  return {
    model,
    alpha: Math.exp(best.at[0]!),
    beta: Math.exp(best.at[1]!),
    c: free === 3 ? Math.exp(best.at[2]!) : 1,
    logLikelihood: best.value * customers,
    converged: best.converged,
    covariance: covariance(objective(1), best.at),
  };
}

/** Of all cohorts: how many left at renewal 1, 2 …, and how many were last seen, still there, after renewal 0, 1, 2 … */
function losses(cohorts: readonly Cohort[]): { lost: Float64Array; left: Float64Array; customers: number } {
  const length = Math.max(0, ...cohorts.map((cohort) => cohort.length));
  const lost = new Float64Array(length);
  const left = new Float64Array(length);
  let customers = 0;
  for (const cohort of cohorts) {
    for (let t = 1; t < cohort.length; t++) {
      if (!(cohort[t]! <= cohort[t - 1]! && cohort[t]! >= 0))
        throw new RangeError('A cohort cannot grow: customers that join later are another one.');
      lost[t]! += cohort[t - 1]! - cohort[t]!;
    }
    if (cohort.length > 0) left[cohort.length - 1]! += cohort[cohort.length - 1]!;
    customers += cohort[0] ?? 0;
  }
  if (!lost.some((n) => n > 0)) throw new RangeError('Nobody ever left: there is no churn to learn.');
  return { lost, left, customers };
}

/** ln P(leaves at t) = ln(S(t−1) − S(t)); its derivatives follow from those of ln S, by the logarithms of the parameters. */
function logLikelihood(lost: Float64Array, left: Float64Array, at: Float64Array, gradient: Float64Array, scale: number): number {
  const alpha = Math.exp(at[0]!);
  const beta = Math.exp(at[1]!);
  const c = at.length > 2 ? Math.exp(at[2]!) : 1;
  gradient.fill(0);
  let value = 0;
  let before = survivalWithSlopes(alpha, beta, c, 0);
  for (let t = 0; t < lost.length; t++) {
    const now = t === 0 ? before : survivalWithSlopes(alpha, beta, c, t);
    if (left[t]! > 0) {
      value += left[t]! * now.ln;
      for (let i = 0; i < at.length; i++) gradient[i]! += left[t]! * now.slopes[i]!;
    }
    if (lost[t]! > 0) {
      // ln(S(t−1) − S(t)) without the cancellation of two near ones.
      const ratio = now.ln - before.ln;
      const gone = -Math.expm1(ratio);
      value += lost[t]! * (before.ln + Math.log(gone));
      const share = Math.exp(ratio) / gone;
      for (let i = 0; i < at.length; i++) gradient[i]! += lost[t]! * (before.slopes[i]! - share * (now.slopes[i]! - before.slopes[i]!));
    }
    before = now;
  }
  for (let i = 0; i < at.length; i++) gradient[i]! *= scale;
  return value * scale;
}

function survivalWithSlopes(alpha: number, beta: number, c: number, t: number): { ln: number; slopes: [number, number, number] } {
  const age = t ** c;
  const all = digamma(alpha + beta + age);
  const byAge = digamma(beta + age) - all;
  return {
    ln: lnBeta(alpha, beta + age) - lnBeta(alpha, beta),
    slopes: [
      alpha * (digamma(alpha + beta) - all),
      beta * (byAge - digamma(beta) + digamma(alpha + beta)),
      t > 0 ? byAge * age * Math.log(t) * c : 0,
    ],
  };
}
