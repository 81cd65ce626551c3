/** ln Γ(x) for x > 0, relative error about 1e-15. Shifted up, then Stirling's series (Abramowitz & Stegun 6.1.41). */
export function lnGamma(x: number): number {
  let shift = 1;
  while (x < 12) {
    shift *= x;
    x++;
  }
  const i = 1 / x;
  const i2 = i * i;
  const series =
    i * (1 / 12 - i2 * (1 / 360 - i2 * (1 / 1260 - i2 * (1 / 1680 - i2 * (1 / 1188 - i2 * (691 / 360_360 - i2 * (1 / 156)))))));
  return (x - 0.5) * Math.log(x) - x + HALF_LN_TAU + series - Math.log(shift);
}

/** ψ(x), the derivative of ln Γ, for x > 0 (Abramowitz & Stegun 6.3.18). */
export function digamma(x: number): number {
  let shift = 0;
  while (x < 12) {
    shift += 1 / x;
    x++;
  }
  const i2 = 1 / (x * x);
  const series = i2 * (1 / 12 - i2 * (1 / 120 - i2 * (1 / 252 - i2 * (1 / 240 - i2 * (1 / 132 - i2 * (691 / 32_760 - i2 / 12))))));
  return Math.log(x) - 0.5 / x - series - shift;
}

/** ln B(a, b) for a, b > 0. */
export function lnBeta(a: number, b: number): number {
  // Of a large and a small one the difference of two large logarithms would keep few digits.
  const [small, large] = a < b ? [a, b] : [b, a];
  if (large > 1e3) return lnGamma(small) + lnGammaRatio(large, small);
  return lnGamma(a) + lnGamma(b) - lnGamma(a + b);
}

/** ln Γ(x) − ln Γ(x + d) for x > 1000, without the cancellation. */
function lnGammaRatio(x: number, d: number): number {
  const y = x + d;
  const stirling = (i: number) => i * (1 / 12 - i * i * (1 / 360 - (i * i) / 1260));
  return (x - 0.5) * -Math.log1p(d / x) - d * Math.log(y) + d + stirling(1 / x) - stirling(1 / y);
}

const HALF_LN_TAU = 0.918_938_533_204_672_7;
