import type { GapModel } from './gap-model.ts';
import { lnDays } from './ln-days.ts';
import { deviateOfStudent, normalCdf, normalQuantile, studentOfDeviate } from './normal.ts';

/** When a customer's next purchase is due, as far as their own gaps and the base say: Student's on the log of days. */
export interface Rhythm {
  /** Log days of the median gap. */
  center: number;
  /** Scale and degrees of freedom of the next gap around it. */
  spread: number;
  degrees: number;
}

/** The days of the middle gap: half of the customer's gaps are shorter. */
export const rhythmDays = ({ center }: Rhythm): number => Math.exp(center);

/**
 * The rhythm of a customer with `count` gaps, whose logarithms and their squares add up to `sum` and `squares`: the posterior
 * of the base's {@link GapModel}. Without gaps it is the base's own.
 *
 * Variance as in Smyth 2004; centre as in the normal model with known variances (Gelman et al., "Bayesian Data Analysis",
 * 3rd ed., 5.4). The next gap's spread has both: how irregular the customer is, and how little is known of their rhythm.
 */
export function rhythmOf(model: GapModel, count: number, sum: number, squares: number): Rhythm {
  if (count === 0) return { center: model.mean, spread: Math.sqrt(model.within + model.between), degrees: model.degrees };
  const own = Math.max(0, squares - (sum * sum) / count);
  const degrees = model.degrees + count - 1;
  const variance = (model.degrees * model.within + own) / degrees;
  if (model.between === 0) return { center: model.mean, spread: Math.sqrt(variance), degrees };
  const precision = count / variance + 1 / model.between;
  const center = (sum / variance + model.mean / model.between) / precision;
  return { center, spread: Math.sqrt(variance + 1 / precision), degrees };
}

/** How far out a gap of so many days is, as a deviate of the standard normal: 0 the middle one, 2.3 longer than 99 in 100. */
export function gapDeviate({ center, spread, degrees }: Rhythm, days: number): number {
  return deviateOfStudent((lnDays(days) - center) / spread, degrees);
}

/** Whether a gap of so many days is as far out as `deviate`, by {@link gapDeviate}: most are told without computing it. */
export function gapReaches({ center, spread, degrees }: Rhythm, days: number, deviate: number): boolean {
  const out = (lnDays(days) - center) / spread;
  // The normal deviate is nearer to the middle than Student's.
  if (deviate > 0 && out < deviate) return false;
  return deviateOfStudent(out, degrees) >= deviate;
}

/** The share of the customer's gaps that are over after so many days: the quantile of a silence among their own gaps. */
export const gapQuantile = (rhythm: Rhythm, days: number): number => normalCdf(gapDeviate(rhythm, days));

/** The days after which that share of the gaps is over. */
export function gapDays({ center, spread, degrees }: Rhythm, quantile: number): number {
  return Math.exp(center + spread * studentOfDeviate(normalQuantile(quantile), degrees));
}

/**
 * Probability of no purchase in the next `ahead` days after `silent` without one, were the customer to keep their rhythm: the
 * share of the gaps as long as the silence that last that much longer. It knows nothing of those who leave for good.
 */
export function silenceGoesOn(rhythm: Rhythm, silent: number, ahead: number): number {
  const past = normalCdf(-gapDeviate(rhythm, silent));
  return past <= 0 ? 1 : Math.min(1, normalCdf(-gapDeviate(rhythm, silent + ahead)) / past);
}
