// How much a customer spends at a time: gamma within a customer, gamma between them, apart from how often they buy.
// Source: Fader & Hardie, "The gamma-gamma model of monetary value", 2013; Fader, Hardie & Lee, J. of Marketing Research 42(4), 2005.
import { covariance } from '../arithmetic/covariance.ts';
import { digamma, lnGamma } from '../arithmetic/gamma.ts';
import { maximise, type Objective } from '../arithmetic/maximise.ts';

export interface GammaGammaParameters {
  p: number;
  q: number;
  gamma: number;
}

export interface GammaGammaFit extends GammaGammaParameters {
  logLikelihood: number;
  converged: boolean;
  customers: number;
  /** Of ln p, ln q and ln γ, row by row; undefined where the data does not determine them. */
  covariance: Float64Array | undefined;
}

/**
 * Fits the gamma–gamma model by maximum likelihood.
 *
 * @param orders How many purchases of each customer the mean is over; customers with 0 are left out.
 * @param mean Money of one purchase, on average; customers with 0 or less are left out: the model knows no returns.
 * @throws RangeError where nobody is left.
 */
export function fitGammaGamma(orders: ArrayLike<number>, mean: ArrayLike<number>): GammaGammaFit {
  const spent = sums(orders, mean);
  if (spent.customers === 0) throw new RangeError('Nobody spent anything: there is no mean to learn.');
  const objective = logLikelihood(spent);
  const perCustomer: Objective = (at, gradient) => {
    const value = objective(at, gradient) / spent.customers;
    for (let i = 0; i < 3; i++) gradient[i]! /= spent.customers;
    return value;
  };
  const all = spent.total / spent.orders;
  const best = [
    [2, 3, all],
    [6, 4, all / 2],
    [1, 10, 9 * all],
  ].reduce<ReturnType<typeof maximise> | undefined>((found, start) => {
    // Another start only where the one before it went wrong.
    if (found?.converged) return found;
    const next = maximise(perCustomer, Float64Array.from(start, Math.log), { scale: spent.customers, limit: 16 });
    return !found || next.value > found.value ? next : found;
  }, undefined)!;
  const [p, q, gamma] = best.at.map(Math.exp) as unknown as [number, number, number];
  return {
    p,
    q,
    gamma,
    logLikelihood: best.value * spent.customers,
    converged: best.converged,
    customers: spent.customers,
    covariance: covariance(objective, best.at),
  };
}

/**
 * Expected money of a purchase still to come: the customer's own mean, drawn towards everybody's the more, the fewer purchases
 * it is over. Where spend is so uneven that no mean exists (p·orders + q ≤ 1) it is the customer's own mean, and for one of whom
 * nothing is known, infinite.
 */
export function expectedSpend({ p, q, gamma }: GammaGammaParameters, orders: number, mean: number): number {
  if (p * orders + q <= 1) return orders > 0 ? mean : Number.POSITIVE_INFINITY;
  return (p * (gamma + orders * mean)) / (p * orders + q - 1);
}

/** Log-likelihood of given parameters, of the customers that {@link fitGammaGamma} would take. */
export function gammaGammaLogLikelihood(orders: ArrayLike<number>, mean: ArrayLike<number>, { p, q, gamma }: GammaGammaParameters): number {
  return logLikelihood(sums(orders, mean))(Float64Array.of(p, q, gamma).map(Math.log), new Float64Array(3));
}

interface Spent {
  customers: number;
  orders: number;
  total: number;
  /** Distinct numbers of orders, and of each how many customers. */
  counts: Float64Array;
  customersBy: Float64Array;
  /** Where the customers of each begin in `spends`, which holds orders × mean. */
  from: Uint32Array;
  spends: Float64Array;
  /** Σ ln mean, by number of orders. */
  lnMeans: Float64Array;
}

function sums(orders: ArrayLike<number>, mean: ArrayLike<number>): Spent {
  let most = 0;
  const counted = (i: number) => orders[i]! > 0 && mean[i]! > 0;
  for (let i = 0; i < orders.length; i++) if (counted(i)) most = Math.max(most, orders[i]!);
  const by = new Float64Array(most + 1);
  for (let i = 0; i < orders.length; i++) if (counted(i)) by[orders[i]!]!++;
  const place = new Uint32Array(most + 2);
  for (let n = 0; n <= most; n++) place[n + 1] = place[n]! + by[n]!;
  const customers = place[most + 1]!;
  const spends = new Float64Array(customers);
  const next = place.slice();
  const lnMean = new Float64Array(most + 1);
  let total = 0;
  let all = 0;
  for (let i = 0; i < orders.length; i++) {
    if (!counted(i)) continue;
    const n = orders[i]!;
    spends[next[n]!++] = n * mean[i]!;
    lnMean[n]! += Math.log(mean[i]!);
    total += n * mean[i]!;
    all += n;
  }
  const present = Float64Array.from(by.keys()).filter((n) => by[n]! > 0);
  return {
    customers,
    orders: all,
    total,
    counts: present,
    customersBy: present.map((n) => by[n]!),
    from: Uint32Array.from([...present.map((n) => place[n]!), customers]),
    spends,
    lnMeans: present.map((n) => lnMean[n]!),
  };
}

/** By ln p, ln q, ln γ. Only ln(γ + spend) and its reciprocal are taken for each customer; the rest for each number of orders. */
function logLikelihood(of: Spent): Objective {
  return (at, gradient) => {
    const p = Math.exp(at[0]!);
    const q = Math.exp(at[1]!);
    const gamma = Math.exp(at[2]!);
    let value = of.customers * (q * at[2]! - lnGamma(q));
    let dp = 0;
    let dq = of.customers * (at[2]! - digamma(q));
    let dGamma = (of.customers * q) / gamma;
    for (let i = 0; i < of.counts.length; i++) {
      const n = of.counts[i]!;
      const shape = p * n + q;
      const customers = of.customersBy[i]!;
      let lnSum = 0;
      let inverse = 0;
      const end = of.from[i + 1]!;
      let row = of.from[i]!;
      // Four at a time: one logarithm of their product, one division for their reciprocals.
      for (; row + 3 < end; row += 4) {
        const s1 = gamma + of.spends[row]!;
        const s2 = gamma + of.spends[row + 1]!;
        const s3 = gamma + of.spends[row + 2]!;
        const s4 = gamma + of.spends[row + 3]!;
        const left = s1 * s2;
        const right = s3 * s4;
        const all = left * right;
        lnSum += Math.log(all);
        inverse += ((s1 + s2) * right + (s3 + s4) * left) / all;
      }
      for (; row < end; row++) {
        const sum = gamma + of.spends[row]!;
        lnSum += Math.log(sum);
        inverse += 1 / sum;
      }
      const psi = digamma(shape);
      const lnN = customers * Math.log(n);
      value += customers * (lnGamma(shape) - lnGamma(p * n)) + (p * n - 1) * of.lnMeans[i]! + p * n * lnN - shape * lnSum;
      dp += n * (customers * (psi - digamma(p * n)) + of.lnMeans[i]! + lnN - lnSum);
      dq += customers * psi - lnSum;
      dGamma -= shape * inverse;
    }
    gradient[0] = dp * p;
    gradient[1] = dq * q;
    gradient[2] = dGamma * gamma;
    return value;
  };
}
