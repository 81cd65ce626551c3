// A linked table that stays linked while single records come, change and go: it remembers every edge above the threshold, so that
// what a change touches can be clustered anew as a batch would cluster it, without weighing the rest again.
import { type Clusters, clusterOn, groupsOf, type PairScorer, type Refusal } from './cluster.ts';
import { explainWith, type PairExplanation } from './explain.ts';
import { unbind } from './bound.ts';
import { upTo } from './field-values.ts';
import { buildIndex, keysOfRow, type LinkIndex, listUnder, neighbours, type RowKeys, writeRow } from './link-index.ts';
import type { Linker } from './linker.ts';
import type { Model } from './model.ts';
import { type Edges, predict } from './predict.ts';
import type { RunOptions } from './progress.ts';
import { probabilityOf } from './score.ts';
import type { Table } from './table.ts';

export interface LinkGraph {
  /** For lookups, too. Its own clusters are rows alone: who is one with whom is the caller's to know. */
  index: LinkIndex;
  threshold: number;
  /** Edges between the rows of the table it was built from: those of row r are `starts[r] … starts[r + 1]`. */
  starts: Uint32Array;
  others: Uint32Array;
  weights: Float32Array;
  rules: Uint8Array;
  /** Edges found since, by row, listed under both. */
  later: Map<number, GraphEdge[]>;
}

export interface GraphEdge {
  row: number;
  /** log2 Bayes factor. */
  weight: number;
  /** Index + 1 of the settings' rule; 0 none. */
  rule: number;
}

/**
 * Weighs a table once and keeps its edges of at least `threshold`. The table stays as it is, and may be let go. A million
 * records take about ten seconds and a few hundred bytes each.
 */
export function buildGraph(table: Table, model: Model, threshold: number, options: RunOptions = {}): LinkGraph {
  // A little less than what counts, which is asked of weights as they are kept.
  const edges = predict(table, model, { ...options, leastProbability: 0.99 * Math.min(0.5, threshold) });
  unbind(table);
  const alone: Clusters = { cluster: upTo(table.rows), count: table.rows, edge: new Uint32Array(0), refused: [], threshold };
  const index = buildIndex(table, model, alone);
  const { starts, others, weights, rules } = byRow(edges, table.rows, threshold);
  return { index, threshold, starts, others, weights, rules, later: new Map() };
}

function byRow(edges: Edges, rows: number, threshold: number) {
  const starts = new Uint32Array(rows + 1);
  const strong: number[] = [];
  for (let e = 0; e < edges.count; e++) {
    if (edges.probability[e]! < threshold) continue;
    strong.push(e);
    starts[edges.a[e]! + 1]!++;
    starts[edges.b[e]! + 1]!++;
  }
  for (let row = 0; row < rows; row++) starts[row + 1]! += starts[row]!;
  const next = starts.slice();
  const others = new Uint32Array(starts[rows]!);
  const weights = new Float32Array(others.length);
  const rules = new Uint8Array(others.length);
  const put = (row: number, other: number, e: number) => {
    const at = next[row]!++;
    others[at] = other;
    weights[at] = edges.weight[e]!;
    rules[at] = edges.rule[e]!;
  };
  for (const e of strong) {
    put(edges.a[e]!, edges.b[e]!, e);
    put(edges.b[e]!, edges.a[e]!, e);
  }
  return { starts, others, weights, rules };
}

/** Adds a record, a column → value object normalised like the table, and finds its edges. Returns its row. */
export function addRow(graph: LinkGraph, record: Record<string, string>): number {
  const { index, later, threshold } = graph;
  const row = index.rows++;
  writeRow(index, row, record);
  index.groups.add(row);
  const keys = keysOfRow(index, row, true);
  const own = edgesOfKeys(index, keys, row, threshold);
  for (const { row: other, weight, rule } of own) {
    const theirs = later.get(other);
    if (theirs) theirs.push({ row, weight, rule });
    else later.set(other, [{ row, weight, rule }]);
  }
  if (own.length > 0) later.set(row, own);
  listUnder(index, row, keys);
  return row;
}

/** Takes a row out; its number is not used again, except by {@link putBack}. */
export function removeRow({ index }: LinkGraph, row: number): void {
  index.removed.add(row);
}

/** Undoes {@link removeRow}. Rows added in between should have been removed first: they have no edge to this one. */
export function putBack({ index }: LinkGraph, row: number): void {
  index.removed.delete(row);
}

/** The rows that a row agrees with, removed ones left out. */
export function edgesOf({ index, starts, others, weights, rules, later }: LinkGraph, row: number): GraphEdge[] {
  const { removed } = index;
  const edges = (later.get(row) ?? []).filter((edge) => !removed.has(edge.row));
  if (row + 1 >= starts.length) return edges;
  for (let at = starts[row]!; at < starts[row + 1]!; at++) {
    if (!removed.has(others[at]!)) edges.push({ row: others[at]!, weight: weights[at]!, rule: rules[at]! });
  }
  return edges;
}

/** What {@link clusterRows} works on: rows numbered by their position in the list, the edges among them, and how to cluster edges. */
export interface RowsToCluster {
  edges: Edges;
  cluster(edges: Edges): Clusters;
}

/**
 * Clusters some rows by the rules of a batch. The list should hold every row that its rows have an edge to; between edges of one
 * weight the one whose rows stand first in it goes first, as in a table.
 */
export function clusterRows(graph: LinkGraph, rows: readonly number[]): RowsToCluster {
  return rowsToCluster(graph.index, graph.threshold, rows, (row) => edgesOf(graph, row));
}

/** The same, wherever the edges come from. */
export function rowsToCluster(
  index: LinkIndex,
  threshold: number,
  rows: readonly number[],
  edgesOfRow: (row: number) => readonly GraphEdge[],
): RowsToCluster {
  return {
    edges: edgesAmong(index.scorer.prior, rows, edgesOfRow),
    cluster: (edges) => clusterOn(chosen(index, rows), edges, index.model, { threshold }),
  };
}

/** The edges of a row with these keys to the rows there are. Weights as a batch keeps them. */
export function edgesOfKeys(index: LinkIndex, keys: RowKeys, row: number, threshold: number): GraphEdge[] {
  const { scorer } = index;
  const edges: GraphEdge[] = [];
  for (const other of neighbours(index, keys, row)) {
    // What a constraint keeps apart, most of them, needs no more than a look at a field or two.
    if (index.mustNotMeet(other, row) || scorer.setAside(other, row)) continue;
    const weight = Math.fround(scorer.scorePassed(other, row));
    if (Math.fround(probabilityOf(weight, scorer.prior)) >= threshold) edges.push({ row: other, weight, rule: scorer.rule });
  }
  return edges;
}

/**
 * What keeps two clusters from being one although a pair of their rows speaks for it; undefined where nothing does any more. The
 * rows of each stand in the order that decides between equals.
 */
export function refusalBetween({ index }: LinkGraph, left: readonly number[], right: readonly number[]): Refusal['reason'] | undefined {
  const rows = [...left, ...right];
  const { linker, scorer } = chosen(index, rows);
  const groups = groupsOf(linker, scorer, rows.length);
  rows.forEach((_, at) => groups.unite(at < left.length ? 0 : left.length, at));
  const reason = groups.join(0, left.length);
  return reason === 'together' ? undefined : reason;
}

/** Why two rows are, or are not, one, with the frequencies of the model. */
export function explainRows({ index: { linker, scorer, model } }: LinkGraph, i: number, j: number): PairExplanation {
  return explainWith(linker, scorer, model, i, j);
}

/** What clustering a few rows asks of them: the columns that constraints name, and the weights of the whole. */
function chosen({ linker, scorer, model }: LinkIndex, rows: readonly number[]): { linker: Linker; scorer: PairScorer } {
  const { conflictingIds, atMostOnePerSource } = model.settings.constraints;
  const columns: Table['columns'] = {};
  for (const name of [...conflictingIds, ...(atMostOnePerSource ? [atMostOnePerSource] : [])]) {
    const column = linker.table.columns[name];
    if (column) columns[name] = { codes: Uint32Array.from(rows, (row) => column.codes[row]!), values: column.values };
  }
  return {
    linker: { ...linker, table: { rows: rows.length, columns } },
    scorer: { prior: scorer.prior, score: (i, j, brief) => scorer.score(rows[i]!, rows[j]!, brief) },
  };
}

function edgesAmong(prior: number, rows: readonly number[], edgesOfRow: (row: number) => readonly GraphEdge[]): Edges {
  const positions = new Map(rows.map((row, at) => [row, at]));
  const found: { a: number; b: number; weight: number; rule: number }[] = [];
  rows.forEach((row, a) => {
    for (const { row: other, weight, rule } of edgesOfRow(row)) {
      const b = positions.get(other);
      if (b !== undefined && a < b) found.push({ a, b, weight, rule });
    }
  });
  const none = { pairs: new Float64Array(20), probability: new Float64Array(20) };
  const weight = Float32Array.from(found, (edge) => edge.weight);
  return {
    count: found.length,
    a: Uint32Array.from(found, ({ a }) => a),
    b: Uint32Array.from(found, ({ b }) => b),
    weight,
    probability: weight.map((bits) => probabilityOf(bits, prior)),
    rule: Uint8Array.from(found, ({ rule }) => rule),
    apart: { count: 0, a: new Uint32Array(0), b: new Uint32Array(0), constraint: new Uint8Array(0) },
    blocking: [],
    candidates: found.length,
    looked: found.length,
    histogram: none,
  };
}
