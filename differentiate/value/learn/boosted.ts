import { type Uniform, sampleOf, seededRandom } from '../arithmetic/sample.ts';
import { type Binning, binColumns, learnBins } from './bins.ts';
import { stratifiedFolds } from './folds.ts';
import { checkLabels, type Importance, shares } from './labels.ts';
import type { Table } from './table.ts';
import { type Growth, growTree, type Tree } from './tree.ts';
import { addTree } from './walk-tree.ts';

export interface BoostedOptions {
  /** At most so many trees. */
  rounds?: number;
  learningRate?: number;
  /** At most so many leaves a tree, and questions one after the other. */
  leaves?: number;
  depth?: number;
  penalty?: number;
  leastWeight?: number;
  /** Share of the rows, and of the features, each tree sees. */
  rowShare?: number;
  featureShare?: number;
  bins?: number;
  /** Labels seen in fewer rows than this are not learned. */
  rare?: number;
  /**
   * The number of trees is where the log-loss of rows held out was least, and `patience` more did not better it. The
   * rows are held out fold by fold; then all rows train that many trees. 0 folds: `rounds` trees, no questions asked.
   */
  validationFolds?: number;
  patience?: number;
  seed?: number;
  /** How much each row counts; 1 each if not given. */
  weights?: Float64Array;
}

/** Plain data: keep it as JSON, read it with `probabilities`, `contributions` and `contributionMatrix`. */
export interface BoostedModel {
  kind: 'boosted';
  version: 1;
  /** Log-odds of the whole base; trees add to it. */
  base: number;
  binnings: Binning[];
  trees: Tree[];
  /** Features by how much their splits gained, as shares of the whole; greatest first. */
  importance: Importance[];
  rows: number;
  /** Mean log-loss of the rows held out after each round, if any were. */
  validation: number[];
}

type Settings = Required<Omit<BoostedOptions, 'weights'>> & Pick<BoostedOptions, 'weights'>;

const DEFAULTS: Settings = {
  rounds: 400,
  learningRate: 0.05,
  leaves: 8,
  depth: 4,
  penalty: 1,
  leastWeight: 5,
  rowShare: 0.7,
  featureShare: 0.6,
  bins: 64,
  rare: 10,
  validationFolds: 3,
  patience: 30,
  seed: 1,
};

/**
 * Gradient-boosted trees on log-loss: histograms, best leaf first, early stopping on rows held out. Missing values need no
 * care: each split learns which side they belong to. Linear in rows; above a hundred thousand, train on a sample.
 * Source: Friedman, "Greedy function approximation: a gradient boosting machine", 2001, with the second-order leaves of XGBoost.
 *
 * @param labels 1 where it happened, 0 where it did not.
 * @throws RangeError if there is not one label a row, or all are alike.
 */
export function trainBoosted(table: Table, labels: Uint8Array, options: BoostedOptions = {}): BoostedModel {
  checkLabels(table, labels);
  const settings = { ...DEFAULTS, ...options };
  const binnings = learnBins(table, settings.bins, settings.rare);
  const columns = binColumns(table, binnings);
  const validation = settings.validationFolds > 1 ? heldOutLosses(columns, binnings, labels, settings) : [];
  const rounds = validation.length > 0 ? validation.indexOf(Math.min(...validation)) : settings.rounds;

  const gains = new Float64Array(binnings.length);
  const all = Int32Array.from(labels, (_, row) => row);
  const boosting = startBoosting(columns, binnings, labels, all, settings, seededRandom(settings.seed), gains);
  const trees = Array.from({ length: rounds }, () => boosting.round());
  return {
    kind: 'boosted',
    version: 1,
    base: boosting.base,
    binnings,
    trees,
    importance: shares(binnings.map(({ feature }, i) => ({ feature, share: gains[i]! }))),
    rows: table.rows,
    validation,
  };
}

/** Mean log-loss of rows held out with 0, 1, 2 … trees, the folds grown side by side. */
function heldOutLosses(columns: readonly Uint8Array[], binnings: readonly Binning[], labels: Uint8Array, settings: Settings): number[] {
  const foldOf = stratifiedFolds(labels, settings.validationFolds, settings.seed);
  const all = Int32Array.from(labels, (_, row) => row);
  const boostings = Array.from({ length: settings.validationFolds }, (_, fold) => {
    const rows = all.filter((row) => foldOf[row] !== fold);
    return startBoosting(columns, binnings, labels, rows, settings, seededRandom(settings.seed + 1 + fold));
  });
  const losses: number[] = [];
  let best = 0;
  for (let round = 0; round <= settings.rounds && round - best <= settings.patience; round++) {
    let loss = 0;
    let total = 0;
    for (let row = 0; row < labels.length; row++) {
      const logit = boostings[foldOf[row]!]!.logits[row]!;
      const weight = settings.weights?.[row] ?? 1;
      loss += weight * Math.log1p(Math.exp(labels[row] ? -logit : logit));
      total += weight;
    }
    losses.push(loss / total);
    if (losses[round]! < losses[best]!) best = round;
    if (round < settings.rounds) for (const boosting of boostings) boosting.round();
  }
  return losses;
}

interface Boosting {
  base: number;
  /** The log-odds of every row so far, also of those it does not learn from. */
  logits: Float64Array;
  round(): Tree;
}

function startBoosting(
  columns: readonly Uint8Array[],
  binnings: readonly Binning[],
  labels: Uint8Array,
  rows: Int32Array,
  settings: Settings,
  random: Uniform,
  gains = new Float64Array(binnings.length),
): Boosting {
  const growth: Growth = { ...settings, categoryPenalty: 10, leastGain: 1e-6 };
  let [ones, zeros] = [0.5, 0.5];
  for (const row of rows) {
    const weight = settings.weights?.[row] ?? 1;
    if (labels[row]) ones += weight;
    else zeros += weight;
  }
  const base = Math.log(ones / zeros);
  const logits = new Float64Array(labels.length).fill(base);
  const gradients = new Float64Array(labels.length);
  const weights = new Float64Array(labels.length);
  const sampled = Math.max(1, Math.round(rows.length * settings.rowShare));
  const seen = Math.max(1, Math.round(binnings.length * settings.featureShare));
  return {
    base,
    logits,
    round() {
      const order = sampled < rows.length ? sampleOf(rows.length, sampled, random).map((place) => rows[place]!) : rows.slice();
      for (const row of order) {
        const p = 1 / (1 + Math.exp(-logits[row]!));
        const weight = settings.weights?.[row] ?? 1;
        gradients[row] = weight * (p - (labels[row] ? 1 : 0));
        weights[row] = weight * p * (1 - p);
      }
      const features = Array.from(sampleOf(binnings.length, seen, random));
      const tree = growTree(columns, binnings, features, order, gradients, weights, growth, (feature, gain) => {
        gains[feature]! += gain;
      });
      addTree(tree, binnings, columns, logits);
      return tree;
    },
  };
}
