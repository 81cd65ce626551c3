import { cholesky } from '../arithmetic/covariance.ts';
import { normalQuantile } from '../arithmetic/normal.ts';
import { expectedSpend, type GammaGammaFit } from './gamma-gamma.ts';
import type { PurchaseFit } from './fit-purchases.ts';
import type { Histories } from './histories.ts';
import { discountedPurchases, outlook } from './outlook.ts';

export interface ResidualSettings {
  /** In the unit of time of the histories. */
  horizon: number;
  /** Continuous discount rate a unit of time: for 10 % a year in weeks, ln(1.1)/52.18. */
  rate: number;
}

export interface Residual {
  /** By row: discounted expected purchases within the horizon. */
  purchases: Float64Array;
  /** By row: the standard error of its logarithm, from the uncertainty of the fitted parameters. */
  error: Float64Array;
}

/**
 * Discounted expected residual purchases, and how well the data determines them: the delta method, with the covariance of the
 * parameters from the observed information. It is an interval for the expectation, the mean of many customers like this one; what a
 * single customer will do varies more.
 *
 * @param covariance Of {@link purchaseCovariance}, of the histories the fit was made with; `of` may be others.
 */
export function residualPurchases(
  fit: PurchaseFit,
  covariance: Float64Array,
  of: Histories,
  { horizon, rate }: ResidualSettings,
): Residual {
  const discounted = (parameters: Float64Array) => {
    const predictor = fit.model.predictor(parameters);
    return outlook(predictor, of, [discountedPurchases(predictor, horizon, rate)]).answers[0]!;
  };
  const purchases = discounted(fit.parameters);
  const variance = new Float64Array(of.rows);
  const n = fit.parameters.length;
  const lower = cholesky(covariance, n);
  // Along each column of the Cholesky factor the parameters vary independently by one standard deviation.
  for (let column = 0; column < n; column++) {
    const moved = fit.parameters.map((value, i) => value * Math.exp(STEP * (lower?.[i * n + column] ?? 0)));
    const there = discounted(moved);
    for (let row = 0; row < of.rows; row++) {
      if (purchases[row]! > 0) variance[row]! += (Math.log(there[row]! / purchases[row]!) / STEP) ** 2;
    }
  }
  return { purchases, error: variance.map(Math.sqrt) };
}

/** Of a standard deviation: small enough for the tangent, large enough for the arithmetic. */
const STEP = 0.02;

export interface LifetimeValue {
  value: number;
  low: number;
  high: number;
}

/**
 * Money still to come from a customer: discounted purchases times what one is expected to bring, with an interval for that
 * expectation. Purchases and spend are taken as independent, as the gamma–gamma model does; errors add on the logarithmic scale.
 *
 * @param purchases Of {@link residualPurchases}, and `error` its standard error.
 * @param orders How many purchases `mean` is over.
 * @param level Of the interval, 0.9 for 90 %.
 */
export function lifetimeValue(
  { purchases, error, orders, mean }: { purchases: number; error: number; orders: number; mean: number },
  spend: GammaGammaFit,
  level = 0.9,
): LifetimeValue {
  const value = purchases * expectedSpend(spend, orders, mean);
  const spread = Math.exp(normalQuantile((1 + level) / 2) * Math.hypot(error, spendError(spend, orders, mean)));
  return { value, low: value / spread, high: value * spread };
}

/** Standard error of the logarithm of {@link expectedSpend}, by the delta method. */
export function spendError({ p, q, gamma, covariance }: GammaGammaFit, orders: number, mean: number): number {
  if (!covariance) return 0;
  const whole = p * orders + q - 1;
  if (whole <= 0) return 0;
  const slopes = [1 - (p * orders) / whole, -q / whole, gamma / (gamma + orders * mean)];
  let variance = 0;
  for (let i = 0; i < 3; i++) for (let j = 0; j < 3; j++) variance += slopes[i]! * slopes[j]! * covariance[i * 3 + j]!;
  return Math.sqrt(Math.max(0, variance));
}
