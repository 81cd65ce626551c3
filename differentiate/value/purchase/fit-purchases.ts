import { covariance } from '../arithmetic/covariance.ts';
import { maximise, type Objective, type Optimum } from '../arithmetic/maximise.ts';
import { type Histories, thinned } from './histories.ts';
import type { PurchaseModel } from './purchase-model.ts';

export interface PurchaseFit {
  model: PurchaseModel;
  /** In the order of `model.parameters`. */
  parameters: Float64Array;
  logLikelihood: number;
  converged: boolean;
  /** How often the likelihood of everybody was computed. */
  evaluations: number;
}

/** Rows that are enough to find where the maximum is; the last steps are made with all of them. */
const SCOUTS = 1500;

/**
 * Fits a purchase model by maximum likelihood, over the logarithms of its parameters: several starts on a few of the rows, the
 * best goes on with all.
 *
 * @throws RangeError when nobody ever bought again: then there is no pace to learn.
 */
export function fitPurchases(model: PurchaseModel, of: Histories): PurchaseFit {
  if (of.purchases === 0) throw new RangeError('Nobody bought a second time: there is nothing to learn a pace from.');
  const every = Math.floor(of.rows / SCOUTS);
  const scouts = every > 1 ? thinned(of, every) : of;
  const glance = perCustomer(model, scouts);
  const start = firstClimb(
    glance,
    model.starts(scouts).map((place) => Float64Array.from(place, Math.log)),
    { scale: scouts.customers, climbs: of.rows > SCOUTS ? 2 : Number.POSITIVE_INFINITY },
  );
  const whole = perCustomer(model, of);
  let best = maximise(whole, start.at, { scale: of.customers, gain: GAIN, limit: LIMIT, curvature: start.curvature });
  let { evaluations } = best;
  if (!best.converged) {
    const again = maximise(whole, best.at, { scale: of.customers, gain: GAIN, limit: LIMIT });
    evaluations += again.evaluations;
    if (again.value >= best.value) best = again;
  }
  return {
    model,
    parameters: best.at.map(Math.exp),
    logLikelihood: best.value * of.customers,
    converged: best.converged,
    evaluations,
  };
}

/**
 * The best of some climbs, from the starts that look best; more while none arrives. With few customers there may be two summits,
 * and climbing is cheap; with many there is one.
 */
function firstClimb(objective: Objective, starts: readonly Float64Array[], { scale, climbs }: { scale: number; climbs: number }): Optimum {
  const scratch = new Float64Array(starts[0]!.length);
  const order = starts.map((at) => ({ at, value: objective(at, scratch) })).toSorted((a, b) => b.value - a.value);
  let best: Optimum | undefined;
  for (const [climbed, { at }] of order.entries()) {
    if (climbed >= climbs && best?.converged) break;
    const found = maximise(objective, at, { scale, gain: 1e-2, evaluations: 60, limit: LIMIT });
    if (!best || found.value > best.value) best = found;
  }
  return best!;
}

/** It stops where one step more would raise the log-likelihood of everybody by less. */
const GAIN = 1e-6;
/** Parameters stay within e^±12: beyond that customers are all alike, which the limit says well enough. */
const LIMIT = 12;

/**
 * The covariance of the logarithms of the parameters, row by row. Where the data leaves a direction open (customers so alike, or
 * so loyal, that two parameters only matter together), each parameter is taken as known within a factor of e^3, no better.
 */
export function purchaseCovariance({ model, parameters }: PurchaseFit, of: Histories): Float64Array {
  const mean = perCustomer(model, of);
  const total: Objective = (at, gradient) => {
    const value = mean(at, gradient) * of.customers;
    for (let i = 0; i < gradient.length; i++) gradient[i]! *= of.customers;
    return value;
  };
  const at = parameters.map(Math.log);
  const weak = 1 / 9;
  return (
    covariance(total, at) ??
    covariance((moved, gradient) => {
      const value = total(moved, gradient);
      for (let i = 0; i < gradient.length; i++) gradient[i]! -= weak * (moved[i]! - at[i]!);
      return value;
    }, at) ??
    new Float64Array(at.length ** 2).map((_, i) => (i % (at.length + 1) === 0 ? 9 : 0))
  );
}

/** The mean log-likelihood by the logarithms of the parameters. */
function perCustomer(model: PurchaseModel, of: Histories) {
  const parameters = new Float64Array(model.parameters.length);
  return (at: Float64Array, gradient: Float64Array): number => {
    for (let i = 0; i < at.length; i++) parameters[i] = Math.exp(at[i]!);
    const value = model.logLikelihood(of, parameters, gradient) / of.customers;
    for (let i = 0; i < at.length; i++) gradient[i]! *= parameters[i]! / of.customers;
    return value;
  };
}
