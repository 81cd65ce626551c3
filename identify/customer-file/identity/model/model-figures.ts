// What a linkage looked like, in numbers small enough to keep with the model: the page on model health shows them, and what comes
// later is held against them.
import { type Edges, explainer, type Model, type Table, type ThresholdChoice } from '@vinculo/matching';
import { type RuleFigures, ruleFigures } from './rule-figures.ts';

export interface ModelFigures {
  /** The newest match_record.version among them: what is newer came afterwards. */
  latest: number;
  /** Records, and pairs of them that were compared. */
  rows: number;
  pairs: number;
  /** Pairs at or above the threshold. */
  joined: number;
  /** Share of records that are with at least one other. */
  linked: number;
  /** Expected precision and recall at each threshold, ascending; recall of all pairs of one entity, those that no blocking rule brings counted in. */
  curve: ThresholdChoice['curve'];
  /** Compared pairs by probability, in 20 equal bands from 0 to 1. */
  bands: number[];
  blocking: RuleFigures[];
  /** By field: how many of the joined pairs stand at each level, in the order of the model's levels; a sample where there are many. */
  levels: FieldLevels[];
  /** By column: the share of records that have a value. */
  completeness: Record<string, number>;
}

export interface FieldLevels {
  field: string;
  counts: number[];
  missing: number;
}

const MOST_PAIRS = 20_000;

export function modelFigures(
  table: Table,
  model: Model,
  edges: Edges,
  { threshold, labels, curve, rows }: { threshold: number; labels?: Uint32Array; curve: ThresholdChoice['curve']; rows?: Uint32Array },
): ModelFigures {
  let joined = 0;
  for (let e = 0; e < edges.count; e++) if (edges.probability[e]! >= threshold) joined++;
  return {
    latest: 0,
    rows: rows?.length ?? table.rows,
    pairs: edges.candidates,
    joined,
    linked: labels ? linkedByLabel(labels) : linkedByEdge(edges, threshold, rows!),
    curve,
    bands: Array.from(edges.histogram.pairs),
    blocking: ruleFigures(table, model, edges),
    levels: levelsOf(table, model, edges, threshold, joined),
    completeness: completenessOf(table, rows),
  };
}

function linkedByLabel(labels: Uint32Array): number {
  if (labels.length === 0) return 0;
  const sizes = new Uint32Array(labels.length);
  for (const label of labels) sizes[label]!++;
  let linked = 0;
  for (const label of labels) if (sizes[label]! > 1) linked++;
  return linked / labels.length;
}

function linkedByEdge(edges: Edges, threshold: number, rows: Uint32Array): number {
  if (rows.length === 0) return 0;
  const wanted = new Set(rows);
  const linked = new Set<number>();
  for (let e = 0; e < edges.count; e++) {
    if (edges.probability[e]! < threshold) continue;
    for (const row of [edges.a[e]!, edges.b[e]!]) if (wanted.has(row)) linked.add(row);
  }
  return linked.size / rows.length;
}

function levelsOf(table: Table, model: Model, edges: Edges, threshold: number, joined: number): FieldLevels[] {
  const levels = model.fields.map(({ name, levels: all }) => ({ field: name, counts: all.map(() => 0), missing: 0 }));
  if (joined === 0) return levels;
  const explain = explainer(table, model);
  // Evenly through all of them: the sample is the same whenever it is taken.
  const step = Math.max(1, joined / MOST_PAIRS);
  let next = 0;
  let seen = 0;
  for (let e = 0; e < edges.count; e++) {
    if (edges.probability[e]! < threshold || seen++ < next) continue;
    next += step;
    const { terms } = explain(edges.a[e]!, edges.b[e]!);
    levels.forEach((field, f) => {
      const { level } = terms[f]!;
      if (level < 0) field.missing++;
      else field.counts[level]!++;
    });
  }
  return levels;
}

function completenessOf(table: Table, rows?: Uint32Array): Record<string, number> {
  const of = rows?.length ?? table.rows;
  return Object.fromEntries(
    Object.entries(table.columns).map(([name, { codes }]) => {
      let filled = 0;
      for (let n = 0; n < of; n++) if (codes[rows ? rows[n]! : n] !== 0) filled++;
      return [name, of === 0 ? 0 : Math.round((filled / of) * 10_000) / 10_000];
    }),
  );
}

/** How far a field has moved since training. */
export interface FieldDrift {
  field: string;
  /** Population stability index: under 0.1 as it was, over 0.25 another world. Null with too few pairs to say. */
  psi: number | null;
  /** Shares by level, `missing` last, then and now. */
  before: number[];
  after: number[];
}

const FEWEST_PAIRS = 50;

/** Compares the levels of the pairs joined among new records with those at training, field by field. */
export function driftOf(then: readonly FieldLevels[], now: readonly FieldLevels[]): FieldDrift[] {
  return then.flatMap(({ field, counts, missing }) => {
    const later = now.find((one) => one.field === field);
    if (!later) return [];
    const [p, q] = [
      [...counts, missing],
      [...later.counts, later.missing],
    ];
    const [before, after] = [sharesOf(p), sharesOf(q)];
    const enough = Math.min(sum(p), sum(q)) >= FEWEST_PAIRS;
    return [{ field, psi: enough ? stability(smoothed(p), smoothed(q)) : null, before, after }];
  });
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const sharesOf = (counts: readonly number[]) => counts.map((count) => (sum(counts) === 0 ? 0 : count / sum(counts)));
/** Half a pair in every level, so that an empty one is not infinitely far. */
const smoothed = (counts: readonly number[]) => sharesOf(counts.map((count) => count + 0.5));

function stability(p: readonly number[], q: readonly number[]): number {
  return p.reduce((total, share, level) => total + (q[level]! - share) * Math.log(q[level]! / share), 0);
}
