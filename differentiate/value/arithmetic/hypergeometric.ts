import { lnGamma } from './gamma.ts';

/**
 * Gauss's hypergeometric function 2F1(a, b; c; z) for a, b, c > 0 and −∞ < z < 1, relative error about 1e-12.
 * The power series where it is quick; z < 0 through Pfaff's transformation; z near 1 through 1 − z, unless c − a − b is near a
 * whole number, where that has poles. Source: Abramowitz & Stegun 15.1.1, 15.3.4, 15.3.6.
 */
export function hypergeometric(a: number, b: number, c: number, z: number): number {
  if (z < 0) return (1 - z) ** -a * series(a, c - b, c, z / (z - 1));
  const d = c - a - b;
  if (z < 0.9 || Math.abs(d - Math.round(d)) < 0.01 || c <= a || c <= b) return series(a, b, c, z);
  const near = Math.exp(lnGamma(c) + lnAbsGamma(d) - lnGamma(c - a) - lnGamma(c - b)) * signOfGamma(d);
  const far = Math.exp(lnGamma(c) + lnAbsGamma(-d) - lnGamma(a) - lnGamma(b)) * signOfGamma(-d);
  return near * series(a, b, 1 - d, 1 - z) + far * (1 - z) ** d * series(c - a, c - b, 1 + d, 1 - z);
}

function series(a: number, b: number, c: number, z: number): number {
  let term = 1;
  let sum = 1;
  for (let n = 0; n < 1_000_000; n++) {
    const ratio = (((a + n) * (b + n)) / ((c + n) * (n + 1))) * z;
    term *= ratio;
    sum += term;
    if (Math.abs(term) < 1e-17 * Math.abs(sum) && Math.abs(ratio) < 1) break;
  }
  return sum;
}

/** ln |Γ(x)| for any x that is not a pole, by reflection. */
function lnAbsGamma(x: number): number {
  return x > 0 ? lnGamma(x) : Math.log(Math.PI / Math.abs(Math.sin(Math.PI * x))) - lnGamma(1 - x);
}

const signOfGamma = (x: number) => (x > 0 || Math.floor(x) % 2 === 0 ? 1 : -1);
