import { type Clusters, NO_EDGE } from './cluster.ts';
import type { Model } from './model.ts';
import type { Edges } from './predict.ts';

export interface ClusterEstimate {
  /** Expected share of right pairs among the pairs of rows that share a cluster, directly linked or not. */
  precision: number;
  /** Expected share of the pairs of one entity that share a cluster, those that were never compared counted in; 1 where there is none to be found. */
  recall: number;
  /** Expected pairs of one entity that do not share a cluster. */
  missing: number;
  /** Pairs of rows that share a cluster. */
  pairs: number;
}

/** What holds rows together: for each row but the lowest of its cluster another row of it, nearer to the lowest, and how likely the two are one. */
export interface Tree {
  /** -1 where the row is the lowest of its cluster. */
  other(row: number): number;
  probability(row: number): number;
}

/**
 * What to expect of clusters, without labels. Two rows that are not linked directly are one as likely as every link on the way between
 * them holds. So what blocking never brought, and clustering put together over a third record, is found; what it neither brought nor
 * put together is estimated as in {@link chooseThreshold} and counts as missed. What clustering refused counts as different.
 *
 * An expectation of the model: optimistic where fields depend on each other more than it knows (a chain's branches, one family's
 * entries), and nothing in the records can tell.
 */
export function estimateClusters(edges: Edges, clusters: Clusters, model: Model, tree = treeOf(edges, clusters)): ClusterEstimate {
  const { cluster: labels } = clusters;
  const { pairs, right } = insideOf(labels, tree);
  let direct = 0;
  let between = 0;
  for (let e = 0; e < edges.count; e++) {
    if (labels[edges.a[e]!] === labels[edges.b[e]!]) direct += edges.probability[e]!;
    else between += edges.probability[e]!;
  }
  for (const { edge } of clusters.refused) between -= edges.probability[edge]!;
  // Of those so unlikely that they were not kept there are many.
  const kept = edges.probability.reduce((sum, probability) => sum + (probability < 0.05 ? probability : 0), 0);
  between += Math.max(0, edges.histogram.probability[0]! - kept);
  const compared = (direct + between) / (1 - Math.min(0.95, model.training.missed ?? 0));
  const all = Math.max(compared, right + between);
  const nothing = pairs === 0 && all < 0.5;
  return { precision: pairs === 0 ? 1 : right / pairs, recall: nothing ? 1 : right / all, missing: all - right, pairs };
}

function treeOf(edges: Edges, { cluster: labels, edge }: Clusters): Tree {
  const tied = (row: number): boolean => labels[row] !== row && edge[row] !== NO_EDGE;
  return {
    other: (row) => (tied(row) ? edges.a[edge[row]!]! + edges.b[edge[row]!]! - row : -1),
    probability: (row) => (tied(row) ? edges.probability[edge[row]!]! : 1),
  };
}

/** Clusters of more rows are taken pair by pair over their lowest row: there are few. */
const LARGE = 300;

/** Pairs within clusters, and how many of them are right. */
function insideOf(labels: Uint32Array, tree: Tree): { pairs: number; right: number } {
  const { starts, members } = byLabel(labels);
  let pairs = 0;
  let right = 0;
  for (let label = 0; label < labels.length; label++) {
    const rows = members.subarray(starts[label]!, starts[label + 1]!);
    if (rows.length < 2) continue;
    pairs += (rows.length * (rows.length - 1)) / 2;
    if (rows.length === 2) right += tree.probability(rows[0] === label ? rows[1]! : rows[0]!);
    else right += rows.length > LARGE ? overLowest(rows, tree) : overPaths(rows, label, tree);
  }
  return { pairs, right };
}

/** The sum over the pairs of rows of the product of the links between them. */
function overPaths(rows: Uint32Array, lowest: number, tree: Tree): number {
  const positions = new Map<number, number>([[lowest, 0]]);
  const placed = [lowest];
  // Those nearer to the lowest row come first.
  for (const row of rows) {
    const way: number[] = [];
    for (let at = row; at >= 0 && !positions.has(at) && way.length < rows.length; at = tree.other(at)) way.push(at);
    for (const step of way.toReversed()) {
      positions.set(step, placed.length);
      placed.push(step);
    }
  }
  const size = placed.length;
  const path = new Float64Array(size * size);
  let sum = 0;
  for (let k = 1; k < size; k++) {
    const row = placed[k]!;
    const parent = positions.get(tree.other(row)) ?? 0;
    const link = tree.probability(row);
    for (let j = 0; j < k; j++) {
      const along = j === parent ? link : link * path[parent * size + j]!;
      path[k * size + j] = along;
      path[j * size + k] = along;
      sum += along;
    }
  }
  return sum;
}

function overLowest(rows: Uint32Array, tree: Tree): number {
  let sum = 0;
  let squares = 0;
  for (const row of rows) {
    let along = 1;
    let steps = 0;
    for (let at = row; tree.other(at) >= 0 && steps++ < rows.length; at = tree.other(at)) along *= tree.probability(at);
    sum += along;
    squares += along * along;
  }
  return (sum * sum - squares) / 2;
}

function byLabel(labels: Uint32Array): { starts: Uint32Array; members: Uint32Array } {
  const starts = new Uint32Array(labels.length + 1);
  for (const label of labels) starts[label + 1]!++;
  for (let label = 0; label < labels.length; label++) starts[label + 1]! += starts[label]!;
  const next = starts.slice();
  const members = new Uint32Array(labels.length);
  labels.forEach((label, row) => (members[next[label]!++] = row));
  return { starts, members };
}
