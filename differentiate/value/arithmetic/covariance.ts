import type { Objective } from './maximise.ts';

/**
 * The covariance of maximum-likelihood estimates: the inverse of the observed information, the Hessian by central differences
 * of the analytic gradient.
 *
 * @param objective log-likelihood (of everybody, not the mean) by the logarithms of the parameters.
 * @returns row by row, for the logarithms; undefined where the information is singular, as on a ridge.
 */
export function covariance(objective: Objective, at: Float64Array): Float64Array | undefined {
  const n = at.length;
  const information = new Float64Array(n * n);
  const step = 1e-4;
  const above = new Float64Array(n);
  const below = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const moved = at.slice();
    moved[i] = at[i]! + step;
    objective(moved, above);
    moved[i] = at[i]! - step;
    objective(moved, below);
    for (let j = 0; j < n; j++) information[i * n + j] = -(above[j]! - below[j]!) / (2 * step);
  }
  for (let i = 0; i < n; i++)
    for (let j = 0; j < i; j++) {
      const mean = (information[i * n + j]! + information[j * n + i]!) / 2;
      information[i * n + j] = mean;
      information[j * n + i] = mean;
    }
  return inverse(information, n);
}

/** The inverse of a symmetric positive definite matrix, by Cholesky; undefined if it is not. */
export function inverse(matrix: Float64Array, n: number): Float64Array | undefined {
  const lower = cholesky(matrix, n);
  if (!lower) return undefined;
  const out = new Float64Array(n * n);
  for (let column = 0; column < n; column++) {
    const y = new Float64Array(n);
    for (let i = 0; i < n; i++) {
      let sum = i === column ? 1 : 0;
      for (let j = 0; j < i; j++) sum -= lower[i * n + j]! * y[j]!;
      y[i] = sum / lower[i * n + i]!;
    }
    for (let i = n - 1; i >= 0; i--) {
      let sum = y[i]!;
      for (let j = i + 1; j < n; j++) sum -= lower[j * n + i]! * out[j * n + column]!;
      out[i * n + column] = sum / lower[i * n + i]!;
    }
  }
  return out;
}

/** L with L·Lᵀ = matrix; undefined if the matrix is not positive definite to working precision. */
export function cholesky(matrix: Float64Array, n: number): Float64Array | undefined {
  const lower = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * n + j]!;
      for (let k = 0; k < j; k++) sum -= lower[i * n + k]! * lower[j * n + k]!;
      if (i === j) {
        if (!(sum > 1e-12 * Math.abs(matrix[i * n + i]!))) return undefined;
        lower[i * n + i] = Math.sqrt(sum);
      } else lower[i * n + j] = sum / lower[j * n + j]!;
    }
  return lower;
}
