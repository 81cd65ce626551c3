import type { Clusters, Refusal } from './cluster.ts';
import { explainer, type PairExplanation } from './explain.ts';
import type { Model } from './model.ts';
import type { Edges } from './predict.ts';
import type { Table } from './table.ts';

/** Why some rows are one cluster, and where it would break first. */
export interface ClusterExplanation {
  rows: number[];
  /** Edges inside it, strongest first; `holds` marks those that tie it together, one fewer than rows. */
  edges: { a: number; b: number; weight: number; probability: number; holds: boolean }[];
  /** Share of its pairs that are edges: 1 where every row agrees with every other. */
  density: number;
  /** The weakest of the edges that hold it, with its waterfall; absent for a row alone. */
  weakest?: { a: number; b: number; explanation: PairExplanation };
  /** Rows on each side of the weakest edge, were it cut. */
  sides?: [number[], number[]];
  /** Edges from it to other clusters that were not allowed to join, and why. */
  refused: { a: number; b: number; reason: Refusal['reason'] }[];
}

/** Explains the cluster of a row, from the edges and clusters of one run over the table. */
export function explainCluster(table: Table, model: Model, edges: Edges, clusters: Clusters, row: number): ClusterExplanation {
  const label = clusters.cluster[row]!;
  const rows: number[] = [];
  for (let other = 0; other < clusters.cluster.length; other++) if (clusters.cluster[other] === label) rows.push(other);
  const holding = new Set(rows.filter((one) => one !== label).map((one) => clusters.edge[one]!));
  const inside: (ClusterExplanation['edges'][number] & { e: number })[] = [];
  for (let e = 0; e < edges.count; e++) {
    const [a, b] = [edges.a[e]!, edges.b[e]!];
    if (clusters.cluster[a] !== label || clusters.cluster[b] !== label) continue;
    inside.push({ e, a, b, weight: edges.weight[e]!, probability: edges.probability[e]!, holds: holding.has(e) });
  }
  inside.sort((x, y) => y.weight - x.weight || x.e - y.e);
  const refused = clusters.refused.flatMap(({ edge, reason }) => {
    const [a, b] = [edges.a[edge]!, edges.b[edge]!];
    return clusters.cluster[a] === label || clusters.cluster[b] === label ? [{ a, b, reason }] : [];
  });
  const weakest = inside.findLast(({ holds }) => holds);
  const pairs = (rows.length * (rows.length - 1)) / 2;
  return {
    rows,
    edges: inside.map(({ a, b, weight, probability, holds }) => ({ a, b, weight, probability, holds })),
    density: pairs === 0 ? 1 : inside.length / pairs,
    ...(weakest
      ? {
          weakest: { a: weakest.a, b: weakest.b, explanation: explainer(table, model)(weakest.a, weakest.b) },
          sides: sidesOf(
            rows,
            inside.filter(({ holds }) => holds),
            weakest,
          ),
        }
      : {}),
    refused,
  };
}

function sidesOf(rows: readonly number[], tree: readonly { a: number; b: number }[], cut: { a: number; b: number }): [number[], number[]] {
  const reached = new Set([cut.a]);
  for (let grown = true; grown; ) {
    grown = false;
    for (const edge of tree) {
      if (edge === cut || reached.has(edge.a) === reached.has(edge.b)) continue;
      reached.add(edge.a).add(edge.b);
      grown = true;
    }
  }
  return [rows.filter((row) => reached.has(row)), rows.filter((row) => !reached.has(row))];
}

/** A cluster that is out of proportion. */
export interface GiantCluster {
  /** Its lowest row. */
  cluster: number;
  rows: number;
  /** Share of its pairs that are edges: near 0, it is a chain of chance agreements. */
  density: number;
}

/** Clusters far larger than is usual in this linkage, largest first: where a wrong rule or a default value shows first. */
export function giantClusters(edges: Edges, clusters: Clusters, limit = 20): GiantCluster[] {
  const sizes = new Map<number, number>();
  for (const label of clusters.cluster) sizes.set(label, (sizes.get(label) ?? 0) + 1);
  const joined = [...sizes.values()].filter((rows) => rows > 1).toSorted((a, b) => a - b);
  if (joined.length === 0) return [];
  const usual = joined[Math.floor(joined.length * 0.95)]!;
  const giants = [...sizes].filter(([, rows]) => rows >= 10 && rows > 3 * usual).toSorted((a, b) => b[1] - a[1]);
  const inside = new Map(giants.slice(0, limit).map(([cluster]) => [cluster, 0]));
  for (let e = 0; e < edges.count; e++) {
    const label = clusters.cluster[edges.a[e]!]!;
    if (label === clusters.cluster[edges.b[e]!] && inside.has(label)) inside.set(label, inside.get(label)! + 1);
  }
  return [...inside].map(([cluster, count]) => {
    const rows = sizes.get(cluster)!;
    return { cluster, rows, density: count / ((rows * (rows - 1)) / 2) };
  });
}
