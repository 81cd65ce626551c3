import { keysOfRow, type LinkIndex, listUnder, neighbours, type RowKeys, writeRow } from './link-index.ts';
import { edgesOfKeys, type GraphEdge, rowsToCluster } from './link-graph.ts';
import { type PairExplanation, explainWith } from './explain.ts';
import { probabilityOf } from './score.ts';

/** A row of the index that may be the same entity as the record asked about. */
export interface Candidate {
  row: number;
  /** Its cluster: the cluster's lowest row. */
  cluster: number;
  weight: number;
  probability: number;
  explanation: PairExplanation;
}

export interface LookupOptions {
  /** Best candidates wanted. Default 10. */
  limit?: number;
  /** Default 0.01. */
  leastProbability?: number;
}

/** What became of a new record. */
export interface Linked {
  /** Its row in the index. */
  row: number;
  /** Its cluster after it was linked: the lowest row. */
  cluster: number;
  /** Rows it agrees with, strongest first. */
  edges: { row: number; weight: number; probability: number }[];
  /** Rows whose cluster changed, the new row left out: joined by late evidence, or parted. */
  changed: { row: number; before: number; after: number }[];
}

/** Who is this? The best candidates for a record, as a column → value object normalised like the table. Changes no link. */
export function lookup(index: LinkIndex, record: Record<string, string>, options: LookupOptions = {}): Candidate[] {
  const { limit = 10, leastProbability = 0.01 } = options;
  const { scorer, linker, model, groups } = index;
  const row = index.rows;
  writeRow(index, row, record);
  const edges = scored(index, row, keysOfRow(index, row, false)).filter(({ probability }) => probability >= leastProbability);
  return edges.slice(0, limit).map((edge) => ({
    ...edge,
    cluster: lowest(groups.members(groups.rootOf(edge.row))),
    explanation: explainWith(linker, scorer, model, edge.row, row),
  }));
}

/**
 * Adds a record and links it with the same model. Everybody it is connected with is clustered anew, so that the outcome is that of a
 * batch over all records.
 */
export function linkNew(index: LinkIndex, record: Record<string, string>): Linked {
  const row = index.rows++;
  writeRow(index, row, record);
  index.groups.add(row);
  const keys = keysOfRow(index, row, true);
  const edges = scored(index, row, keys);
  listUnder(index, row, keys);
  const changed = reassemble(index, [row]);
  return { row, cluster: labelOf(index, row), edges, changed: changed.filter((change) => change.row !== row) };
}

/** Replaces the record of a row: the old row is taken out, the record comes in anew under another row number, and its old cluster may part. */
export function relink(index: LinkIndex, row: number, record: Record<string, string>): Linked {
  remove(index, row);
  return linkNew(index, record);
}

/** Takes a row out of the index; those it was connected with are clustered anew without it. Its number is not used again. */
export function remove(index: LinkIndex, row: number): { row: number; before: number; after: number }[] {
  const { groups } = index;
  const neighbouring = edgesOfRow(index, row).map((edge) => edge.row);
  const mates = groups.members(groups.rootOf(row));
  const before = new Map(mates.map((mate) => [mate, lowest(mates)]));
  index.removed.add(row);
  groups.separate(mates);
  const others = [...new Set([...neighbouring, ...mates])].filter((other) => other !== row);
  return reassemble(index, others, before);
}

/** A part of the file connected by more rows than this stays as it is, but for the row that comes: it joins whom it agrees with most. */
const MOST_ROWS_ANEW = 5_000;

/** Clusters whoever is connected with these rows as a batch would. Returns the rows whose cluster is another than before. */
function reassemble(index: LinkIndex, from: readonly number[], before = new Map<number, number>()) {
  const { groups, threshold } = index;
  const edges = new Map<number, GraphEdge[]>();
  const touched = new Set(from);
  for (const row of touched) {
    if (touched.size > MOST_ROWS_ANEW) return joinOnly(index, from, edges);
    const own = edgesOfRow(index, row);
    edges.set(row, own);
    for (const { row: other } of own) touched.add(other);
    for (const mate of groups.members(groups.rootOf(row))) touched.add(mate);
  }
  const rows = [...touched].toSorted((a, b) => a - b);
  for (const row of rows) if (!before.has(row)) before.set(row, labelOf(index, row));
  const work = rowsToCluster(index, threshold, rows, (row) => edges.get(row)!);
  const { cluster: labels } = work.cluster(work.edges);
  groups.separate(rows);
  labels.forEach((label, at) => groups.unite(rows[label]!, rows[at]!));
  return changes(index, rows, before);
}

/** Joins rows to those they agree with, strongest first, where those allow it. */
function joinOnly(index: LinkIndex, from: readonly number[], known: Map<number, GraphEdge[]>) {
  const { groups } = index;
  const before = new Map(from.map((row) => [row, labelOf(index, row)]));
  const edges = from.flatMap((row) => (known.get(row) ?? edgesOfRow(index, row)).map((edge) => ({ ...edge, from: row })));
  for (const edge of edges.toSorted((x, y) => y.weight - x.weight || x.row - y.row)) groups.join(edge.row, edge.from);
  return changes(index, from, before);
}

function edgesOfRow(index: LinkIndex, row: number): GraphEdge[] {
  return edgesOfKeys(index, keysOfRow(index, row, false), row, index.threshold);
}

const labelOf = ({ groups }: LinkIndex, row: number): number => lowest(groups.members(groups.rootOf(row)));

type ScoredRow = { row: number; weight: number; probability: number };

function scored(index: LinkIndex, row: number, keys: RowKeys): ScoredRow[] {
  const { scorer } = index;
  const edges: ScoredRow[] = [];
  for (const other of neighbours(index, keys, row)) {
    if (index.mustNotMeet(other, row) || scorer.setAside(other, row)) continue;
    const weight = scorer.scorePassed(other, row);
    edges.push({ row: other, weight, probability: probabilityOf(weight, scorer.prior) });
  }
  return edges.toSorted((x, y) => y.weight - x.weight || x.row - y.row);
}

function changes(index: LinkIndex, rows: readonly number[], before: Map<number, number>) {
  return rows.flatMap((row) => {
    const after = labelOf(index, row);
    const was = before.get(row)!;
    return after === was ? [] : [{ row, before: was, after }];
  });
}

function lowest(rows: readonly number[]): number {
  let least = rows[0]!;
  for (const row of rows) if (row < least) least = row;
  return least;
}
