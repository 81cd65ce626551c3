// One tree of a boosted model: grown best leaf first on histograms of gradients.
import type { Binning } from './bins.ts';
import { binsOf } from './bins.ts';

/**
 * Nodes by place; 0 is the root and a node without children has `left` −1. Plain data.
 * A row goes left where its bin is at most `bin` (numbers; missing ones where `missingLeft` says) or among `bins` (categories).
 */
export interface Tree {
  feature: number[];
  bin: number[];
  missingLeft: boolean[];
  bins: (number[] | null)[];
  left: number[];
  right: number[];
  /** What is added to the log-odds of a row that ends here; of inner nodes, what would be if the tree ended there. */
  value: number[];
}

export interface Growth {
  leaves: number;
  depth: number;
  /** Sum of p(1 − p) on each side of a split; about four rows a unit where the outcome is even. */
  leastWeight: number;
  penalty: number;
  /** The same for the labels of a category, whose order is taken from the outcome itself. */
  categoryPenalty: number;
  leastGain: number;
  learningRate: number;
}

interface Split {
  gain: number;
  feature: number;
  bin: number;
  missingLeft: boolean;
  bins: number[] | null;
}

interface Leaf {
  node: number;
  depth: number;
  from: number;
  to: number;
  gradient: number;
  weight: number;
  histogram: Float64Array;
  split: Split | undefined;
}

/**
 * Grows one tree on the rows given. `order` is put into another order, so that each leaf is a stretch of it.
 * Only the smaller child's histogram is counted; the other is what remains of the parent's (LightGBM's trick; Ke et al.,
 * "LightGBM: a highly efficient gradient boosting decision tree", 2017). Gain and leaf values as in Chen & Guestrin, "XGBoost", 2016.
 *
 * @param features Those this tree may look at, as places in `columns`.
 * @param onSplit Told of each split made.
 */
export function growTree(
  columns: readonly Uint8Array[],
  binnings: readonly Binning[],
  features: readonly number[],
  order: Int32Array,
  gradients: Float64Array,
  weights: Float64Array,
  growth: Growth,
  onSplit: (feature: number, gain: number) => void,
): Tree {
  const tree: Tree = { feature: [], bin: [], missingLeft: [], bins: [], left: [], right: [], value: [] };
  const offsets = new Int32Array(columns.length);
  let cells = 0;
  for (const feature of features) {
    offsets[feature] = cells;
    cells += 2 * binsOf(binnings[feature]!);
  }
  const spare = new Int32Array(order.length);

  const histogramOf = (from: number, to: number): Float64Array => {
    const histogram = new Float64Array(cells);
    for (const feature of features) {
      const column = columns[feature]!;
      const offset = offsets[feature]!;
      for (let i = from; i < to; i++) {
        const row = order[i]!;
        const cell = offset + 2 * column[row]!;
        histogram[cell]! += gradients[row]!;
        histogram[cell + 1]! += weights[row]!;
      }
    }
    return histogram;
  };
  const addLeaf = (depth: number, from: number, to: number, gradient: number, weight: number, histogram: Float64Array): Leaf => {
    const node = tree.value.length;
    tree.feature.push(-1);
    tree.bin.push(0);
    tree.missingLeft.push(false);
    tree.bins.push(null);
    tree.left.push(-1);
    tree.right.push(-1);
    tree.value.push((-growth.learningRate * gradient) / (weight + growth.penalty));
    const leaf: Leaf = { node, depth, from, to, gradient, weight, histogram, split: undefined };
    if (depth < growth.depth) leaf.split = bestSplit(leaf, binnings, features, offsets, growth);
    return leaf;
  };

  let gradient = 0;
  let weight = 0;
  for (const row of order) {
    gradient += gradients[row]!;
    weight += weights[row]!;
  }
  const open = [addLeaf(0, 0, order.length, gradient, weight, histogramOf(0, order.length))];
  for (let leaves = 1; leaves < growth.leaves; leaves++) {
    let best = -1;
    open.forEach(({ split }, i) => {
      if (split && (best < 0 || split.gain > open[best]!.split!.gain)) best = i;
    });
    if (best < 0) break;
    const [leaf] = open.splice(best, 1) as [Leaf];
    const split = leaf.split!;
    const goesLeft = leftBins(split, binnings[split.feature]!);
    const column = columns[split.feature]!;
    let middle = leaf.from;
    let kept = 0;
    let leftGradient = 0;
    let leftWeight = 0;
    for (let i = leaf.from; i < leaf.to; i++) {
      const row = order[i]!;
      if (goesLeft[column[row]!]) {
        order[middle++] = row;
        leftGradient += gradients[row]!;
        leftWeight += weights[row]!;
      } else spare[kept++] = row;
    }
    order.set(spare.subarray(0, kept), middle);

    const leftIsSmaller = middle - leaf.from < leaf.to - middle;
    const smaller = leftIsSmaller ? histogramOf(leaf.from, middle) : histogramOf(middle, leaf.to);
    const larger = leaf.histogram;
    for (let cell = 0; cell < cells; cell++) larger[cell]! -= smaller[cell]!;
    const depth = leaf.depth + 1;
    const left = addLeaf(depth, leaf.from, middle, leftGradient, leftWeight, leftIsSmaller ? smaller : larger);
    const right = addLeaf(depth, middle, leaf.to, leaf.gradient - leftGradient, leaf.weight - leftWeight, leftIsSmaller ? larger : smaller);
    tree.feature[leaf.node] = split.feature;
    tree.bin[leaf.node] = split.bin;
    tree.missingLeft[leaf.node] = split.missingLeft;
    tree.bins[leaf.node] = split.bins;
    tree.left[leaf.node] = left.node;
    tree.right[leaf.node] = right.node;
    onSplit(split.feature, split.gain);
    open.push(left, right);
  }
  return tree;
}

/** For each bin whether it goes left. */
export function leftBins(split: Pick<Split, 'bin' | 'missingLeft' | 'bins'>, binning: Binning): Uint8Array {
  const goes = new Uint8Array(256);
  if (binning.kind === 'category') for (const bin of split.bins ?? []) goes[bin] = 1;
  else {
    goes.fill(1, 1, split.bin + 1);
    goes[0] = split.missingLeft ? 1 : 0;
  }
  return goes;
}

function bestSplit(
  leaf: Leaf,
  binnings: readonly Binning[],
  features: readonly number[],
  offsets: Int32Array,
  growth: Growth,
): Split | undefined {
  let best: Split | undefined;
  const whole = leaf.gradient ** 2 / (leaf.weight + growth.penalty);
  const consider = (gradient: number, weight: number, penalty: number, make: () => Omit<Split, 'gain'>) => {
    const restWeight = leaf.weight - weight;
    if (weight < growth.leastWeight || restWeight < growth.leastWeight) return;
    const rest = leaf.gradient - gradient;
    const gain = gradient ** 2 / (weight + penalty) + rest ** 2 / (restWeight + penalty) - whole;
    if (gain > growth.leastGain && gain > (best?.gain ?? 0)) best = { gain, ...make() };
  };
  for (const feature of features) {
    const binning = binnings[feature]!;
    const bins = binsOf(binning);
    const at = offsets[feature]!;
    const { histogram } = leaf;
    if (binning.kind === 'category') {
      // In the order of what the labels say of the outcome, the best two halves are neighbours (Fisher 1958).
      const seen = Array.from({ length: bins }, (_, bin) => bin).filter((bin) => histogram[at + 2 * bin + 1]! > 1e-9);
      const rate = (bin: number) => histogram[at + 2 * bin]! / (histogram[at + 2 * bin + 1]! + growth.categoryPenalty);
      seen.sort((a, b) => rate(a) - rate(b) || a - b);
      const penalty = seen.length > 2 ? growth.penalty + growth.categoryPenalty : growth.penalty;
      let gradient = 0;
      let weight = 0;
      for (let i = 0; i < seen.length - 1; i++) {
        gradient += histogram[at + 2 * seen[i]!]!;
        weight += histogram[at + 2 * seen[i]! + 1]!;
        consider(gradient, weight, penalty, () => ({ feature, bin: 0, missingLeft: false, bins: seen.slice(0, i + 1) }));
      }
      continue;
    }
    const missing = histogram[at]!;
    const missingWeight = histogram[at + 1]!;
    let gradient = 0;
    let weight = 0;
    for (let bin = 1; bin < bins; bin++) {
      gradient += histogram[at + 2 * bin]!;
      weight += histogram[at + 2 * bin + 1]!;
      consider(gradient, weight, growth.penalty, () => ({ feature, bin, missingLeft: false, bins: null }));
      if (missingWeight > 1e-9) {
        consider(gradient + missing, weight + missingWeight, growth.penalty, () => ({ feature, bin, missingLeft: true, bins: null }));
      }
    }
  }
  return best;
}
