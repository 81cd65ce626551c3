import {
  chooseThreshold,
  cluster,
  type Clusters,
  type Edges,
  estimateClusters,
  type Model,
  predict,
  type Progress,
  type Settings,
  type Table,
  train,
} from '@vinculo/matching';
import type { LinkageThreads } from '@vinculo/matching/parallel';
import { modelFigures, type ModelFigures } from './model/model-figures.ts';
import { type DoubtfulEdge, doubtfulEdges } from './doubts/doubtful-edges.ts';
import { type Decision, decidedGroups, edgesApart, enforceDecisions, keptApart, strongestFirst, withDecided } from './decisions.ts';

export interface LinkTask {
  table: Table;
  settings: Settings;
  /** The model in force with its threshold (null to choose one, for a whole linkage only); trained anew where absent. */
  model?: { model: Model; threshold: number | null };
  decisions: readonly Decision[];
  /** Rows to link; every row where absent. */
  only?: Iterable<number>;
  /** The rows that share a customer with this one today, itself included: they are judged together. */
  matesOf(row: number): Iterable<number>;
  /** Share the work where there are any. */
  threads?: LinkageThreads;
  onProgress?(progress: Progress): void;
}

/** Why a row belongs to its cluster: the edge that joined it, in the tree of the strongest edges. */
export interface Ties {
  /** By row: the other row, or -1 alone. */
  with: Int32Array;
  weight: Float32Array;
  probability: Float32Array;
  /** Index + 1 of the settings' rule; 0 the model's weight alone; `DECIDED` a person's word. */
  rule: Uint8Array;
  /** By row: the lowest probability that holds its cluster together; 1 alone. Set on the cluster's lowest row. */
  weakest: Float32Array;
}

export interface Linkage {
  /** Rows that were judged: those asked for, and whoever they could be one with. Ascending. */
  rows: Uint32Array;
  /** By row: the lowest row of its cluster. Only of the judged rows. */
  labels: Uint32Array;
  ties: Ties;
  /** Pairs that people should look at. */
  doubtful: DoubtfulEdge[];
  model: Model;
  threshold: number;
  trained: boolean;
  /** Candidate pairs compared. */
  pairs: number;
  /** Expected of the pairs of records that share a customer, those that no blocking rule brings counted in. Null where only some rows were judged. */
  precision: number | null;
  recall: number | null;
  /** What the whole looked like, to be kept with the model; null where only some rows were judged. */
  figures: ModelFigures | null;
}

/** The model's own guess at what the records would say together, on no more than this share of rows; beyond, all are judged. */
const MOST_AFFECTED = 0.3;

/**
 * Links the rows of one kind. With `only`, judges those rows, everybody they could be one with and everybody tied to these: as
 * the whole connected part of the file is judged, the outcome is that of judging the whole file with the same model.
 */
export async function linkRecords(task: LinkTask): Promise<Linkage> {
  const { table, decisions, threads, onProgress } = task;
  const trained = task.model === undefined;
  await threads?.prepare(table, task.model?.model.settings ?? task.settings, { learned: task.model?.model.learned });
  const model = task.model?.model ?? train(table, task.settings, { onProgress, labels: decisions });
  const found = task.only === undefined || trained ? undefined : affected(task, model, task.model!.threshold!);
  const bare = found?.edges ?? (await (threads?.predict ?? predict)(table, model, { onProgress }));
  // Partial edges say nothing of the whole, so the threshold in force holds.
  const choice = found ? undefined : chooseThreshold(bare, model);
  const threshold = task.model?.threshold ?? choice!.threshold;

  const { edges, clusters, groups, apart, mended, ties } = clusterDecided(bare, decisions, threshold, (kept) =>
    cluster(table, kept, model, { threshold, onProgress }),
  );
  // As clustering and what people decided have left it.
  const tree = {
    other: (row: number) => (clusters.cluster[row] === row ? -1 : ties.with[row]!),
    probability: (row: number) => ties.probability[row]!,
  };
  const estimate = choice && estimateClusters(edges, clusters, model, tree);
  const rows = found?.rows ?? Uint32Array.from({ length: table.rows }, (_, row) => row);
  return {
    rows,
    labels: clusters.cluster,
    doubtful: doubtfulEdges({ edges, clusters, labels: clusters.cluster, threshold, mended, groups, apart }),
    ties,
    model,
    threshold,
    trained,
    pairs: bare.candidates,
    precision: estimate?.precision ?? null,
    recall: estimate?.recall ?? null,
    figures: choice ? modelFigures(table, model, bare, { threshold, labels: clusters.cluster, curve: choice.curve }) : null,
  };
}

/**
 * Clusters edges so that what people decided holds. The clusters are those that the labels say once decisions have been enforced.
 *
 * @param clusterEdges how edges are clustered, which `bare` ones are after those that people decided against have left.
 */
export function clusterDecided(bare: Edges, decisions: readonly Decision[], threshold: number, clusterEdges: (edges: Edges) => Clusters) {
  const groups = decidedGroups(decisions);
  const apart = keptApart(decisions, groups);
  const edges = edgesApart(bare, apart);
  const clusters = clusterEdges(edges);
  const mended = enforceDecisions(clusters.cluster, edges, threshold, groups, apart);
  const ties = tiesOf(clusters.cluster, clusters.edge, withDecided(edges, decisions), threshold, mended);
  return { edges, clusters, groups, apart, mended, ties };
}

/** The rows that the wanted ones could be one with, step by step until nobody new is reached, and every edge that touches them. */
function affected(
  { table, decisions, only, matesOf, onProgress }: LinkTask,
  model: Model,
  threshold: number,
): { rows: Uint32Array; edges: Edges } | undefined {
  const decided = new Map<number, number[]>();
  for (const { a, b } of decisions) {
    (decided.get(a) ?? decided.set(a, []).get(a)!).push(b);
    (decided.get(b) ?? decided.set(b, []).get(b)!).push(a);
  }
  const rows = new Set<number>();
  const reach = (row: number) => {
    const queue = [row];
    for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
      if (rows.has(next)) continue;
      rows.add(next);
      queue.push(...matesOf(next), ...(decided.get(next) ?? []));
    }
  };
  for (const row of only!) reach(row);

  for (;;) {
    if (rows.size > table.rows * MOST_AFFECTED) return undefined;
    const edges = predict(table, model, { onlyRows: rows, onProgress });
    const before = rows.size;
    for (let e = 0; e < edges.count; e++) {
      if (edges.probability[e]! < threshold) continue;
      reach(edges.a[e]!);
      reach(edges.b[e]!);
    }
    if (rows.size === before) return { rows: Uint32Array.from(rows).toSorted(), edges };
  }
}

/**
 * The tree that holds each cluster together: every row but the lowest has the edge it was reached by, the lowest its strongest.
 * `tree` gives the edges by row; those of mended clusters are found anew.
 */
function tiesOf(labels: Uint32Array, tree: Uint32Array, edges: Edges, threshold: number, mended: Set<number>): Ties {
  const rows = labels.length;
  const ties: Ties = {
    with: new Int32Array(rows).fill(-1),
    weight: new Float32Array(rows),
    probability: new Float32Array(rows),
    rule: new Uint8Array(rows),
    weakest: new Float32Array(rows).fill(1),
  };
  const tie = (row: number, e: number) => {
    ties.with[row] = edges.a[e] === row ? edges.b[e]! : edges.a[e]!;
    ties.weight[row] = edges.weight[e]!;
    ties.probability[row] = edges.probability[e]!;
    ties.rule[row] = edges.rule[e]!;
  };
  const reach = (row: number, e: number) => {
    tie(row, e);
    const root = labels[row]!;
    ties.weakest[root] = Math.min(ties.weakest[root]!, edges.probability[e]!);
    if (ties.with[row] === root && (ties.with[root] === -1 || ties.weight[root]! < edges.weight[e]!)) tie(root, e);
  };
  for (let row = 0; row < rows; row++) if (tree[row]! < edges.count && !mended.has(row)) reach(row, tree[row]!);
  if (mended.size > 0) for (const [row, e] of strongestTree(mended, labels, edges, threshold)) reach(row, e);
  return ties;
}

/** Kruskal over the mended clusters, then from each lowest row outwards: rows with the edge they are reached by. */
function strongestTree(mended: Set<number>, labels: Uint32Array, edges: Edges, threshold: number): [row: number, edge: number][] {
  const inside: number[] = [];
  for (let e = 0; e < edges.count; e++) {
    if (edges.probability[e]! >= threshold && mended.has(edges.a[e]!) && labels[edges.a[e]!] === labels[edges.b[e]!]) inside.push(e);
  }
  inside.sort(strongestFirst(edges));
  const parent = new Map<number, number>();
  const rootOf = (row: number): number => {
    const up = parent.get(row);
    return up === undefined ? row : rootOf(up);
  };
  const around = new Map<number, number[]>();
  for (const e of inside) {
    const [x, y] = [rootOf(edges.a[e]!), rootOf(edges.b[e]!)];
    if (x === y) continue;
    parent.set(x, y);
    for (const row of [edges.a[e]!, edges.b[e]!]) (around.get(row) ?? around.set(row, []).get(row)!).push(e);
  }

  const reached: [number, number][] = [];
  const stack = [...mended].filter((row) => labels[row] === row);
  const seen = new Set(stack);
  for (let row = stack.pop(); row !== undefined; row = stack.pop()) {
    for (const e of around.get(row) ?? []) {
      const other = edges.a[e] === row ? edges.b[e]! : edges.a[e]!;
      if (seen.has(other)) continue;
      seen.add(other);
      reached.push([other, e]);
      stack.push(other);
    }
  }
  return reached;
}
