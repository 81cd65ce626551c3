import type { Edges } from './predict.ts';
import type { Model } from './model.ts';

export interface ThresholdChoice {
  /** Probability from which an edge may join. */
  threshold: number;
  /** Expected share of right edges among those taken, and of taken among all right ones, those that no blocking rule brings counted in. */
  precision: number;
  recall: number;
  /** The same at other thresholds, ascending: the curve behind the choice. */
  curve: { threshold: number; edges: number; precision: number; recall: number; f1: number }[];
}

/** Never below: a join should be likelier than not, however the estimates stand. */
const LEAST_THRESHOLD = 0.5;
/** Where a record has one partner at most, the best of its rivals is likelier than it is by itself. */
const LEAST_AMONG_RIVALS = 0.2;

/**
 * The threshold with the best expected F1, without labels: if a pair's probability is right, the pairs above a threshold hold as
 * many true ones as their probabilities add up to. Optimistic where the fields depend on each other more than the model knows.
 */
export function chooseThreshold(edges: Edges, model: Model): ThresholdChoice {
  const probabilities = edges.probability.toSorted();
  let expected = 0;
  for (const probability of probabilities) expected += probability;
  // Below the least probability kept there are many pairs with little chance each.
  for (let bin = 0; bin < edges.histogram.pairs.length; bin++)
    expected += bin === 0 ? Math.max(0, edges.histogram.probability[0]! - sumBelow(probabilities, 0.05)) : 0;

  // What blocking never brought cannot be taken at any threshold.
  expected /= 1 - Math.min(0.95, model.training.missed ?? 0);

  const curve = [];
  let taken = 0;
  let right = 0;
  let at = probabilities.length - 1;
  for (const threshold of thresholds) {
    for (; at >= 0 && probabilities[at]! >= threshold; at--) {
      taken++;
      right += probabilities[at]!;
    }
    const precision = taken === 0 ? 1 : right / taken;
    const recall = expected === 0 ? 1 : right / expected;
    curve.push({ threshold, edges: taken, precision, recall, f1: (2 * precision * recall) / Math.max(1e-12, precision + recall) });
  }
  curve.reverse();
  const fixed = model.settings.threshold;
  const least = model.settings.constraints.atMostOnePerSource === undefined ? LEAST_THRESHOLD : LEAST_AMONG_RIVALS;
  const eligible = curve.filter(({ threshold }) => threshold >= least);
  const best =
    fixed === 'auto'
      ? eligible.reduce((top, point) => (point.f1 > top.f1 ? point : top))
      : curve.reduce((top, point) => (Math.abs(point.threshold - fixed) < Math.abs(top.threshold - fixed) ? point : top));
  return { threshold: fixed === 'auto' ? best.threshold : fixed, precision: best.precision, recall: best.recall, curve };
}

const thresholds = [
  0.9999, 0.999, 0.995, 0.99, 0.98, 0.97, 0.95, 0.925, 0.9, 0.85, 0.8, 0.75, 0.7, 0.65, 0.6, 0.55, 0.5, 0.4, 0.3, 0.2, 0.1, 0.05,
];

function sumBelow(ascending: Float32Array, limit: number): number {
  let sum = 0;
  for (let k = 0; k < ascending.length && ascending[k]! < limit; k++) sum += ascending[k]!;
  return sum;
}
