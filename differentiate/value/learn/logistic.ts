import { addEffect, designMatrix, type Encoding, learnEncodings, widthOf } from './design.ts';
import { checkLabels, type Importance, shares } from './labels.ts';
import { solvePositiveDefinite } from './positive-definite.ts';
import type { Table } from './table.ts';

export interface LogisticOptions {
  /** Strength of the pull towards 0, on standardised columns: half of it times the squares is added to the log-loss summed over rows. */
  penalty?: number;
  /** Labels seen in fewer rows than this are not learned. */
  rare?: number;
  /** Places where the line of a number may bend, at equal shares of its rows: 0 is a straight line, 3 follows most curves. */
  bends?: number;
  /** How much each row counts; 1 each if not given. */
  weights?: Float64Array;
  iterations?: number;
}

/** Plain data: keep it as JSON, read it with `probabilities`, `contributions` and `contributionMatrix`. */
export interface LogisticModel {
  kind: 'logistic';
  version: 1;
  /** Log-odds of a row that is average in everything. */
  intercept: number;
  encodings: Encoding[];
  /** One a column of the design, in the order of the encodings; per standard deviation for numbers, against the average for labels. */
  coefficients: number[];
  /** Features by the mean size of what they add to the log-odds of the rows learned from, as shares of the whole; greatest first. */
  importance: Importance[];
  rows: number;
  converged: boolean;
}

/**
 * Logistic regression with an L2 penalty, by Newton's method with step halving (iteratively reweighted least squares;
 * McCullagh & Nelder, "Generalized Linear Models", 1989). Numbers are standardised inside; a missing number stands at the
 * mean and has a column of its own that says it is missing; categories become one centred column a label. With `bends` a
 * number's effect is a line of several pieces instead of one.
 *
 * @param labels 1 where it happened, 0 where it did not.
 * @throws RangeError if there is not one label a row, or all are alike.
 */
export function trainLogistic(table: Table, labels: Uint8Array, options: LogisticOptions = {}): LogisticModel {
  checkLabels(table, labels);
  const { penalty = 1, rare = 5, bends = 0, weights, iterations = 50 } = options;
  const encodings = learnEncodings(table, weights, rare, bends);
  const { width, cells } = designMatrix(table, encodings);
  const { beta, converged } = newton(cells, width, labels, weights, penalty, iterations);

  const coefficients = Array.from(beta.subarray(0, width));
  let first = 0;
  const importance = encodings.map((encoding) => {
    const effects = new Float64Array(table.rows);
    addEffect(table, encoding, coefficients.slice(first, (first += widthOf(encoding))), effects, 1, 0);
    return { feature: encoding.feature, share: effects.reduce((sum, effect) => sum + Math.abs(effect), 0) };
  });
  return {
    kind: 'logistic',
    version: 1,
    intercept: beta[width]!,
    encodings,
    coefficients,
    importance: shares(importance),
    rows: table.rows,
    converged,
  };
}

/** @returns the coefficients and, last, the intercept. */
function newton(
  cells: Float64Array,
  width: number,
  labels: Uint8Array,
  weights: Float64Array | undefined,
  penalty: number,
  iterations: number,
): { beta: Float64Array; converged: boolean } {
  const size = width + 1;
  const rows = labels.length;
  let beta = new Float64Array(size);
  const gradient = new Float64Array(size);
  const hessian = new Float64Array(size * size);
  const line = new Float64Array(size).fill(1);
  let loss = lossOf(beta);
  for (let iteration = 0; iteration < iterations; iteration++) {
    gradient.fill(0);
    hessian.fill(0);
    for (let row = 0; row < rows; row++) {
      let logit = beta[width]!;
      const at = row * width;
      for (let j = 0; j < width; j++) {
        line[j] = cells[at + j]!;
        logit += line[j]! * beta[j]!;
      }
      const p = 1 / (1 + Math.exp(-logit));
      const weight = weights?.[row] ?? 1;
      const error = weight * (labels[row]! - p);
      const curvature = weight * p * (1 - p);
      for (let j = 0; j < size; j++) {
        gradient[j]! += error * line[j]!;
        const scaled = curvature * line[j]!;
        if (scaled === 0) continue;
        for (let k = 0, cell = j * size; k <= j; k++, cell++) hessian[cell]! += scaled * line[k]!;
      }
    }
    for (let j = 0; j < width; j++) {
      gradient[j]! -= penalty * beta[j]!;
      hessian[j * size + j]! += penalty;
    }
    const step = solvePositiveDefinite(hessian, gradient.slice());
    let next = beta;
    let nextLoss = Number.POSITIVE_INFINITY;
    for (let length = 1; length > 1e-6 && !(nextLoss <= loss); length /= 2) {
      next = beta.map((value, j) => value + length * step[j]!);
      nextLoss = lossOf(next);
    }
    if (!(nextLoss <= loss)) return { beta, converged: true };
    const gained = loss - nextLoss;
    beta = next;
    loss = nextLoss;
    if (gained <= 1e-10 * (Math.abs(loss) + 1)) return { beta, converged: true };
  }
  return { beta, converged: false };

  function lossOf(of: Float64Array): number {
    let sum = 0;
    for (let row = 0; row < rows; row++) {
      let logit = of[width]!;
      for (let j = 0, cell = row * width; j < width; j++, cell++) logit += cells[cell]! * of[j]!;
      const wrong = labels[row] ? -logit : logit;
      sum += (weights?.[row] ?? 1) * (wrong > 30 ? wrong : Math.log1p(Math.exp(wrong)));
    }
    for (let j = 0; j < width; j++) sum += (penalty / 2) * of[j]! ** 2;
    return sum;
  }
}
