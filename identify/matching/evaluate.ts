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
    const pairwise = pairScore(found.cluster, truth);
    return { edge: pairwise, pairwise, bcubed: bcubedScore(found.cluster, truth) };
  }
  const joined = components(found, truth.length, threshold);
  return { edge: edgeScore(found, truth, threshold), pairwise: pairScore(joined, truth), bcubed: bcubedScore(joined, truth) };
}

function edgeScore(edges: Edges, truth: ArrayLike<number>, threshold: number): Score {
  let taken = 0;
  let right = 0;
  for (let e = 0; e < edges.count; e++) {
    if (edges.probability[e]! < threshold) continue;
    taken++;
    if (truth[edges.a[e]!] === truth[edges.b[e]!]) right++;
  }
  return scoreOf(right, taken, pairsWithin(sizes(truth)));
}

function pairScore(found: ArrayLike<number>, truth: ArrayLike<number>): Score {
  return scoreOf(pairsWithin(overlaps(found, truth)), pairsWithin(sizes(found)), pairsWithin(sizes(truth)));
}

function bcubedScore(found: ArrayLike<number>, truth: ArrayLike<number>): Score {
  const foundSizes = sizes(found);
  const trueSizes = sizes(truth);
  let precision = 0;
  let recall = 0;
  for (const [key, n] of overlaps(found, truth)) {
    const [cluster, entity] = key.split(' ') as [string, string];
    precision += n ** 2 / foundSizes.get(cluster)!;
    recall += n ** 2 / trueSizes.get(entity)!;
  }
  const rows = Math.max(1, truth.length);
  return harmonic(precision / rows, recall / rows);
}

function sizes(labels: ArrayLike<number>): Map<string, number> {
  const found = new Map<string, number>();
  for (let i = 0; i < labels.length; i++) found.set(String(labels[i]), (found.get(String(labels[i])) ?? 0) + 1);
  return found;
}

function overlaps(a: ArrayLike<number>, b: ArrayLike<number>): Map<string, number> {
  const found = new Map<string, number>();
  for (let i = 0; i < a.length; i++) {
    const key = `${a[i]} ${b[i]}`;
    found.set(key, (found.get(key) ?? 0) + 1);
  }
  return found;
}

function pairsWithin(counts: Map<string, number>): number {
  let pairs = 0;
  for (const n of counts.values()) pairs += (n * (n - 1)) / 2;
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
