import type { Clusters } from './cluster.ts';
import { upTo } from './field-values.ts';
import type { Edges } from './predict.ts';

export interface Score {
  precision: number;
  recall: number;
  f1: number;
}

export interface Evaluation {
  /** Edges against true pairs. With clusters alone: their pairs. */
  edge: Score;
  /** All pairs of rows that share a cluster against all that share an entity. */
  pairwise: Score;
  /** B³: mean over rows. Source: Bagga and Baldwin, "Algorithms for scoring coreference chains", LREC 1998. */
  bcubed: Score;
}

/**
 * Compares a linkage with the truth. `truth` gives each row its entity (any numbers). Edges alone are judged as edges and, joined
 * without more ado, as clusters; `threshold` leaves out edges below that probability.
 */
export function evaluate(found: Clusters | Edges, truth: ArrayLike<number>, threshold = 0): Evaluation {
  if ('cluster' in found) {
    const scores = clusterScores(found.cluster, truth);
    return { edge: scores.pairwise, ...scores };
  }
  return { edge: edgeScore(found, truth, threshold), ...clusterScores(components(found, truth.length, threshold), truth) };
}

function edgeScore(edges: Edges, truth: ArrayLike<number>, threshold: number): Score {
  let taken = 0;
  let right = 0;
  for (let e = 0; e < edges.count; e++) {
    if (edges.probability[e]! < threshold) continue;
    taken++;
    if (truth[edges.a[e]!] === truth[edges.b[e]!]) right++;
  }
  return scoreOf(right, taken, pairsWithin(groupingOf(truth).sizes));
}

/** Both scores of a clustering, from how many rows each cluster shares with each entity. */
function clusterScores(found: ArrayLike<number>, truth: ArrayLike<number>): Pick<Evaluation, 'pairwise' | 'bcubed'> {
  const clusters = groupingOf(found);
  const entities = groupingOf(truth);
  let right = 0;
  let precision = 0;
  let recall = 0;
  eachOverlap(clusters, entities, (cluster, entity, n) => {
    right += pairsOf(n);
    precision += n ** 2 / clusters.sizes[cluster]!;
    recall += n ** 2 / entities.sizes[entity]!;
  });
  const rows = Math.max(1, truth.length);
  return {
    pairwise: scoreOf(right, pairsWithin(clusters.sizes), pairsWithin(entities.sizes)),
    bcubed: harmonic(precision / rows, recall / rows),
  };
}

/** Rows in groups: numbers that may be skipped count as groups of no rows. */
interface Grouping {
  /** Group of each row. */
  codes: ArrayLike<number>;
  /** Rows of each group. */
  sizes: Uint32Array;
}

function groupingOf(labels: ArrayLike<number>): Grouping {
  const most = 4 * labels.length + 1024;
  let highest = 0;
  let small = true;
  for (let i = 0; i < labels.length && small; i++) {
    const label = labels[i]!;
    small = Number.isInteger(label) && label >= 0 && label < most;
    if (label > highest) highest = label;
  }
  const codes = small ? labels : ranked(labels);
  const sizes = new Uint32Array(small ? highest + 1 : labels.length);
  for (let i = 0; i < codes.length; i++) sizes[codes[i]!]!++;
  return { codes, sizes };
}

/** Any numbers as their places in ascending order. */
function ranked(labels: ArrayLike<number>): Uint32Array {
  const sorted = Float64Array.from(labels).toSorted();
  let distinct = 0;
  for (let i = 0; i < sorted.length; i++) if (i === 0 || sorted[i] !== sorted[distinct - 1]) sorted[distinct++] = sorted[i]!;
  const codes = new Uint32Array(labels.length);
  for (let i = 0; i < labels.length; i++) {
    let from = 0;
    for (let to = distinct - 1; from < to; ) {
      const middle = (from + to) >>> 1;
      if (sorted[middle]! < labels[i]!) from = middle + 1;
      else to = middle;
    }
    codes[i] = from;
  }
  return codes;
}

/** Calls `visit` once for every two groups that share rows, with how many: rows are put in the order of `left` by counting. */
function eachOverlap(left: Grouping, right: Grouping, visit: (left: number, right: number, rows: number) => void): void {
  const next = new Uint32Array(left.sizes.length + 1);
  for (let group = 0; group < left.sizes.length; group++) next[group + 1] = next[group]! + left.sizes[group]!;
  const members = new Uint32Array(left.codes.length);
  for (let i = 0; i < members.length; i++) members[next[left.codes[i]!]!++] = right.codes[i]!;
  const seen = new Uint32Array(right.sizes.length);
  for (let group = 0, from = 0; group < left.sizes.length; group++) {
    const to = from + left.sizes[group]!;
    for (let k = from; k < to; k++) seen[members[k]!]!++;
    for (let k = from; k < to; k++) {
      const other = members[k]!;
      if (seen[other] === 0) continue;
      visit(group, other, seen[other]!);
      seen[other] = 0;
    }
    from = to;
  }
}

function pairsOf(n: number): number {
  return (n * (n - 1)) / 2;
}

function pairsWithin(sizes: Uint32Array): number {
  let pairs = 0;
  for (let group = 0; group < sizes.length; group++) pairs += pairsOf(sizes[group]!);
  return pairs;
}

function components(edges: Edges, rows: number, threshold: number): Uint32Array {
  const parent = upTo(rows);
  const rootOf = (row: number): number => {
    let at = row;
    while (parent[at] !== at) at = parent[at] = parent[parent[at]!]!;
    return at;
  };
  for (let e = 0; e < edges.count; e++) if (edges.probability[e]! >= threshold) parent[rootOf(edges.a[e]!)] = rootOf(edges.b[e]!);
  return parent.map((_, row) => rootOf(row));
}

function scoreOf(right: number, found: number, expected: number): Score {
  return harmonic(found === 0 ? 1 : right / found, expected === 0 ? 1 : right / expected);
}

function harmonic(precision: number, recall: number): Score {
  return { precision, recall, f1: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall) };
}
