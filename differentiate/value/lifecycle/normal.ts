// The normal distribution, and Student's through it: closed forms both ways, quick enough for a million customers.

/**
 * Distribution function of the standard normal; relative error below 1.2e-7 in both tails.
 * Source: Press et al., "Numerical Recipes", 2nd ed., 6.2 (erfc by a Chebyshev fit).
 */
export function normalCdf(z: number): number {
  const x = Math.abs(z) / Math.SQRT2;
  const t = 1 / (1 + x / 2);
  const fit =
    -1.26551223 +
    t *
      (1.00002368 +
        t *
          (0.37409196 +
            t *
              (0.09678418 +
                t * (-0.18628806 + t * (0.27886807 + t * (-1.13520398 + t * (1.48851587 + t * (-0.82215223 + t * 0.17087277))))))));
  const tail = (t * Math.exp(-x * x + fit)) / 2;
  return z > 0 ? 1 - tail : tail;
}

/**
 * Quantile of the standard normal; relative error below 1.2e-9.
 * Source: P. J. Acklam, "An algorithm for computing the inverse normal cumulative distribution function", 2003.
 *
 * @param p 0…1; the ends give ∓infinity.
 */
export function normalQuantile(p: number): number {
  if (p <= 0) return -Infinity;
  if (p >= 1) return Infinity;
  if (p > 1 - LOW) return -normalQuantile(1 - p);
  if (p < LOW) {
    const q = Math.sqrt(-2 * Math.log(p));
    return (
      (((((-7.784894002430293e-3 * q - 0.3223964580411365) * q - 2.400758277161838) * q - 2.549732539343734) * q + 4.374664141464968) * q +
        2.938163982698783) /
      ((((7.784695709041462e-3 * q + 0.3224671290700398) * q + 2.445134137142996) * q + 3.754408661907416) * q + 1)
    );
  }
  const q = p - 0.5;
  const r = q * q;
  return (
    ((((((-39.69683028665376 * r + 220.9460984245205) * r - 275.9285104469687) * r + 138.357751867269) * r - 30.66479806614716) * r +
      2.506628277459239) *
      q) /
    (((((-54.47609879822406 * r + 161.5858368580409) * r - 155.6989798598866) * r + 66.80131188771972) * r - 13.28068155288572) * r + 1)
  );
}
const LOW = 0.02425;

/**
 * The normal deviate as far out as `t` is in Student's distribution; within 0.005 of the exact probability from 3 degrees of
 * freedom on. Source: D. L. Wallace, "Bounds on normal approximations to Student's and the chi-square distributions", 1959.
 */
export function deviateOfStudent(t: number, degrees: number): number {
  return Math.sign(t) * ((8 * degrees + 1) / (8 * degrees + 3)) * Math.sqrt(degrees * Math.log1p((t * t) / degrees));
}

/** The other way: {@link deviateOfStudent} of what it returns is `z`. */
export function studentOfDeviate(z: number, degrees: number): number {
  const scaled = z * ((8 * degrees + 3) / (8 * degrees + 1));
  return Math.sign(z) * Math.sqrt(degrees * Math.expm1((scaled * scaled) / degrees));
}
