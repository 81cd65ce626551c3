import { countIn, keysOfRow, type LinkIndex, listUnder, neighbours, type RowKeys, share, writeRow } from './link-index.ts';
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
 * Adds a record and links it with the same model. The clusters it touches are linked anew with it, so the outcome is that of a batch
 * over all records as far as one step reaches.
 */
export function linkNew(index: LinkIndex, record: Record<string, string>): Linked {
  const row = index.rows++;
  writeRow(index, row, record);
  return place(index, row);
}

/** Replaces the record of a row: the old row is taken out, the record comes in anew under another row number, and its old cluster may part. */
export function relink(index: LinkIndex, row: number, record: Record<string, string>): Linked {
  remove(index, row);
  return linkNew(index, record);
}

/** Takes a row out of the index; those it held together are linked anew without it. Its number is not used again. */
export function remove(index: LinkIndex, row: number): { row: number; before: number; after: number }[] {
  const { groups } = index;
  const rest = groups.members(groups.rootOf(row));
  const before = lowest(rest);
  index.removed.add(row);
  countIn(index, row, -1);
  groups.separate(rest);
  const others = rest.filter((other) => other !== row);
  reassemble(index, others, new Map());
  return changes(index, others, new Map(others.map((other) => [other, before])));
}

function place(index: LinkIndex, row: number): Linked {
  const { groups } = index;
  groups.add(row);
  countIn(index, row, 1);
  const keys = keysOfRow(index, row, true);
  const edges = scored(index, row, keys);
  listUnder(index, row, keys);

  const touched = new Map<number, number>();
  for (const { row: other, probability } of edges) {
    if (probability < index.threshold) continue;
    const group = groups.members(groups.rootOf(other));
    const label = lowest(group);
    if (touched.size + group.length <= MOST_ROWS_ANEW) for (const member of group) touched.set(member, label);
  }
  const rows = [...touched.keys(), row];
  groups.separate(rows);
  reassemble(index, rows, new Map([[row, edges]]));
  return {
    row,
    cluster: lowest(groups.members(groups.rootOf(row))),
    edges,
    changed: changes(index, [...touched.keys()], touched),
  };
}

/** A record that touches more rows than this is joined to the strongest clusters only. */
const MOST_ROWS_ANEW = 400;

type ScoredRow = { row: number; weight: number; probability: number };

/** Joins rows that stand alone, strongest pair first, by the rules of a batch. */
function reassemble(index: LinkIndex, rows: readonly number[], known: Map<number, readonly ScoredRow[]>): void {
  const { groups, scorer } = index;
  const edges: { a: number; b: number; weight: number }[] = [];
  const keys = rows.map((row) => (known.has(row) ? [] : keysOfRow(index, row, false)));
  for (const [k, row] of rows.entries()) {
    const scores = known.get(row);
    if (scores) {
      const inside = new Set(rows);
      for (const edge of scores)
        if (edge.probability >= index.threshold && inside.has(edge.row)) edges.push({ a: edge.row, b: row, weight: edge.weight });
      continue;
    }
    for (let l = 0; l < k; l++) {
      const other = rows[l]!;
      if (known.has(other) || !share(keys[k]!, keys[l]!) || index.mustNotMeet(other, row)) continue;
      const weight = scorer.score(other, row);
      if (scorer.apart === 0 && probabilityOf(weight, scorer.prior) >= index.threshold) edges.push({ a: other, b: row, weight });
    }
  }
  edges.sort((x, y) => y.weight - x.weight || x.a - y.a || x.b - y.b);
  for (const { a, b } of edges) groups.join(a, b);
}

function scored(index: LinkIndex, row: number, keys: RowKeys): ScoredRow[] {
  const { scorer } = index;
  const edges: ScoredRow[] = [];
  for (const other of neighbours(index, keys, row)) {
    if (index.mustNotMeet(other, row)) continue;
    const weight = scorer.score(other, row);
    if (scorer.apart === 0) edges.push({ row: other, weight, probability: probabilityOf(weight, scorer.prior) });
  }
  return edges.toSorted((x, y) => y.weight - x.weight || x.row - y.row);
}

function changes({ groups }: LinkIndex, rows: readonly number[], before: Map<number, number>) {
  return rows.flatMap((row) => {
    const after = lowest(groups.members(groups.rootOf(row)));
    const was = before.get(row)!;
    return after === was ? [] : [{ row, before: was, after }];
  });
}

function lowest(rows: readonly number[]): number {
  let least = rows[0]!;
  for (const row of rows) if (row < least) least = row;
  return least;
}
