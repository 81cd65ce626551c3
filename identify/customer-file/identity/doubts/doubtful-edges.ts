// Where a linkage is in doubt: pairs near the threshold, the weak ties inside its clusters, and joins it refused.
import { type Clusters, type Edges, NO_EDGE, type Refusal } from '@vinculo/matching';
import { contradiction, uncertainty } from './instructiveness.ts';

export type Doubt = 'between' | 'inside' | 'refused';

/** A pair of rows, a < b, that somebody should look at. */
export interface DoubtfulEdge {
  a: number;
  b: number;
  weight: number;
  probability: number;
  doubt: Doubt;
  refusal: Refusal['reason'] | null;
  /** 0 to 1. */
  uncertainty: number;
}

export interface Doubtable {
  edges: Edges;
  clusters: Clusters;
  /** By row, after what people decided was enforced. */
  labels: Uint32Array;
  threshold: number;
  /** Rows whose cluster was put together by decisions: the tree of the clustering no longer holds them. */
  mended: ReadonlySet<number>;
  /** Rows people decided to be the same, by row, and pairs they decided to be different. */
  groups: ReadonlyMap<number, number[]>;
  apart: readonly (readonly [number, number])[];
}

/** Surer than this, on either side, is no doubt. */
export const SURE = 0.99;
/** More than this are not described; the most doubtful are. */
const MOST = 20_000;

/** One pair of each two clusters, the strongest between them, and every weak tie; the most doubtful first. What people answered already is left out. */
export function doubtfulEdges({ edges, clusters, labels, threshold, mended, groups, apart }: Doubtable): DoubtfulEdge[] {
  const parted = new Set(apart.map(([a, b]) => pairOf(labels[a]!, labels[b]!)));
  const refusals = new Map(clusters.refused.map(({ edge, reason }) => [edge, reason]));
  const tree = new Set<number>();
  clusters.cluster.forEach((_, row) => {
    const e = clusters.edge[row]!;
    if (e !== NO_EDGE && !mended.has(row) && edges.rule[e] === 0 && edges.probability[e]! <= SURE) tree.add(e);
  });

  const found: DoubtfulEdge[] = [];
  const between = new Map<number, DoubtfulEdge>();
  for (let e = 0; e < edges.count; e++) {
    const probability = edges.probability[e]!;
    const [a, b] = [edges.a[e]!, edges.b[e]!];
    const [left, right] = [labels[a]!, labels[b]!];
    if (left === right) {
      if (!tree.has(e) || answered(groups, a, b)) continue;
      found.push({ a, b, weight: edges.weight[e]!, probability, doubt: 'inside', refusal: null, uncertainty: uncertainty(probability) });
      continue;
    }
    if (probability < 1 - SURE) continue;
    const key = pairOf(left, right);
    const known = between.get(key);
    if (parted.has(key) || (known && known.weight >= edges.weight[e]!)) continue;
    const refused = probability >= threshold;
    between.set(key, {
      a,
      b,
      weight: edges.weight[e]!,
      probability,
      doubt: refused ? 'refused' : 'between',
      refusal: refused ? (refusals.get(e) ?? null) : null,
      uncertainty: refused ? contradiction(probability) : uncertainty(probability),
    });
  }
  found.push(...between.values());
  return found.toSorted((x, y) => y.uncertainty - x.uncertainty || x.a - y.a || x.b - y.b).slice(0, MOST);
}

function answered(groups: Doubtable['groups'], a: number, b: number): boolean {
  const group = groups.get(a);
  return group !== undefined && group === groups.get(b);
}

/** One number for two rows, in either order. */
const pairOf = (i: number, j: number) => Math.min(i, j) * 2 ** 26 + Math.max(i, j);
