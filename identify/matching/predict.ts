import { type Bound, boundTo } from './bound.ts';
import { eachCandidate, type KeyRange, shares } from './candidates.ts';
import { enlarged } from './pair-table.ts';
import { mustNotMeet } from './linker.ts';
import type { Model } from './model.ts';
import { checkAborted, type RunOptions } from './progress.ts';
import { probabilityOf, scorerOf } from './score.ts';
import type { Table } from './table.ts';

/** Scored pairs of rows, a < b, each once. */
export interface Edges {
  count: number;
  a: Uint32Array;
  b: Uint32Array;
  /** log2 Bayes factor: how much the comparison speaks for one entity. */
  weight: Float32Array;
  /** Probability that the two are one entity. */
  probability: Float32Array;
  /** Index + 1 of the deterministic rule in the settings that joins the pair; 0 none. */
  rule: Uint8Array;
  /**
   * With `listApart`: pairs that would be edges had a constraint not kept them apart; `constraint` is its index in the settings.
   * Clustering keeps every pair in it apart, so a caller may add pairs that people have parted.
   */
  apart: { count: number; a: Uint32Array; b: Uint32Array; constraint: Uint8Array };
  /** What each blocking rule brought. */
  blocking: BlockingReport[];
  /** Candidate pairs weighed: those that a constraint keeps apart at first sight are not among them. */
  candidates: number;
  /** Pairs that the rules brought in all, counting one again for every rule that brought it. */
  looked: number;
  /** `histogram[k]`: candidates whose probability is in the k-th of 20 equal bins; with their summed probability. */
  histogram: { pairs: Float64Array; probability: Float64Array };
}

export interface BlockingReport {
  rule: string;
  /** Pairs that no earlier rule brought. */
  newPairs: number;
  /** Edges among them. */
  newEdges: number;
  /** Rows in blocks too large even when refined, and the pairs left out with them. */
  droppedRows: number;
  droppedPairs: number;
}

export interface PredictOptions extends RunOptions {
  /** Only pairs in which at least one of these rows takes part. */
  onlyRows?: Iterable<number>;
  /** Pairs below this probability are not kept. Default 0.01. */
  leastProbability?: number;
  /** List the pairs that a constraint keeps apart. Costs their comparison to the end. Default false. */
  listApart?: boolean;
  /** Only one of `of` parts of about the same work, numbered from 0; {@link mergeEdges} makes one of all. Default: all of it. */
  part?: { part: number; of: number };
}

/** Scores every candidate pair that the blocking rules bring. */
export function predict(table: Table, model: Model, options: PredictOptions = {}): Edges {
  const bound = boundTo(table, model.settings);
  const { part: { part, of } = { part: 0, of: 1 } } = options;
  return predictor(bound, model, options)(shares(bound.blocks(), of)[part] ?? []);
}

/** Scores the candidate pairs of whatever keys it is called with, one call after the other. */
export function predictor(
  { linker, blocks: blocksOf, order }: Bound,
  model: Model,
  options: PredictOptions,
): (ranges: readonly KeyRange[]) => Edges {
  const blocks = blocksOf();
  const { onlyRows, leastProbability = 0.01, listApart = false, signal, onProgress } = options;
  const scorer = scorerOf(linker, model);
  const excluded = mustNotMeet(linker);
  const only = onlyRows === undefined ? undefined : flagged(linker.table.rows, onlyRows, order?.positionOf);
  const leastWeight = Math.log2(leastProbability / (1 - leastProbability)) - scorer.prior;

  return (ranges) => {
    const kept = pairBuffer();
    const apart = pairBuffer();
    const newEdges = new Float64Array(blocks.rules.length);
    const histogram = { pairs: new Float64Array(20), probability: new Float64Array(20) };
    let candidates = 0;
    let looked = 0;
    const setAside = (i: number, j: number): boolean => {
      if ((++looked & 0xffff) === 0) checkAborted(signal);
      return excluded(i, j) || (!listApart && scorer.setAside(i, j));
    };
    const brought = eachCandidate(
      blocks,
      (i, j, r) => {
        if ((++candidates & 0xffff) === 0) onProgress?.({ phase: 'predict', done: r, total: blocks.rules.length });
        const weight = listApart ? scorer.score(i, j) : scorer.scorePassed(i, j);
        if (scorer.apart !== 0) {
          if (weight >= leastWeight) push(apart, i, j, weight, scorer.apart - 1);
          return;
        }
        // Far below any threshold a probability is as good as none.
        const probability = weight + scorer.prior < -20 ? 0 : probabilityOf(weight, scorer.prior);
        const bin = Math.min(19, Math.floor(probability * 20));
        histogram.pairs[bin]!++;
        histogram.probability[bin]! += Math.round(probability * STEPS);
        if (weight < leastWeight) return;
        newEdges[r]!++;
        push(kept, i, j, weight, scorer.rule);
      },
      { only, setAside, ranges },
    );

    if (order) {
      toRows(kept, order.rowAt);
      toRows(apart, order.rowAt);
    }
    const weight = kept.weight.slice(0, kept.count);
    return {
      count: kept.count,
      a: kept.a.slice(0, kept.count),
      b: kept.b.slice(0, kept.count),
      weight,
      probability: weight.map((bits) => probabilityOf(bits, scorer.prior)),
      rule: kept.note.slice(0, kept.count),
      apart: {
        count: apart.count,
        a: apart.a.slice(0, apart.count),
        b: apart.b.slice(0, apart.count),
        constraint: apart.note.slice(0, apart.count),
      },
      blocking: blocks.rules.map(({ label, droppedRows, droppedPairs }, r) => ({
        rule: label,
        newPairs: brought[r]!,
        newEdges: newEdges[r]!,
        droppedRows,
        droppedPairs,
      })),
      candidates,
      looked,
      histogram: { pairs: histogram.pairs, probability: histogram.probability.map((steps) => steps / STEPS) },
    };
  };
}

/** Probabilities are added up in steps of this many to one: sums of whole numbers are the same in whatever order they are taken. */
const STEPS = 2 ** 28;

/** One of the edges of all parts, given in their order: the same as those of a run that was not parted. */
export function mergeEdges(parts: readonly Edges[]): Edges {
  const sum = (of: (part: Edges) => number): number => parts.reduce((total, part) => total + of(part), 0);
  const apart = parts.map((part) => part.apart);
  return {
    count: sum(({ count }) => count),
    a: joined(parts.map(({ a }) => a)),
    b: joined(parts.map(({ b }) => b)),
    weight: joined(parts.map(({ weight }) => weight)),
    probability: joined(parts.map(({ probability }) => probability)),
    rule: joined(parts.map(({ rule }) => rule)),
    apart: {
      count: sum((part) => part.apart.count),
      a: joined(apart.map(({ a }) => a)),
      b: joined(apart.map(({ b }) => b)),
      constraint: joined(apart.map(({ constraint }) => constraint)),
    },
    blocking: parts[0]!.blocking.map((report, r) => ({
      ...report,
      newPairs: sum(({ blocking }) => blocking[r]!.newPairs),
      newEdges: sum(({ blocking }) => blocking[r]!.newEdges),
    })),
    candidates: sum(({ candidates }) => candidates),
    looked: sum(({ looked }) => looked),
    histogram: {
      pairs: parts[0]!.histogram.pairs.map((_, bin) => sum(({ histogram }) => histogram.pairs[bin]!)),
      probability: parts[0]!.histogram.probability.map((_, bin) => sum(({ histogram }) => histogram.probability[bin]!)),
    },
  };
}

function joined<T extends Uint32Array | Float32Array | Uint8Array>(pieces: readonly T[]): T {
  const first = pieces[0]!;
  const whole = new (first.constructor as new (length: number) => T)(pieces.reduce((total, piece) => total + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

interface PairBuffer {
  count: number;
  a: Uint32Array;
  b: Uint32Array;
  weight: Float32Array;
  note: Uint8Array;
}

function pairBuffer(): PairBuffer {
  return { count: 0, a: new Uint32Array(1024), b: new Uint32Array(1024), weight: new Float32Array(1024), note: new Uint8Array(1024) };
}

function push(buffer: PairBuffer, i: number, j: number, weight: number, note: number): void {
  const at = buffer.count++;
  if (at >= buffer.a.length) {
    buffer.a = enlarged(buffer.a);
    buffer.b = enlarged(buffer.b);
    const [weights, notes] = [new Float32Array(buffer.a.length), new Uint8Array(buffer.a.length)];
    weights.set(buffer.weight);
    notes.set(buffer.note);
    buffer.weight = weights;
    buffer.note = notes;
  }
  buffer.a[at] = i;
  buffer.b[at] = j;
  buffer.weight[at] = weight;
  buffer.note[at] = note;
}

/** From positions to rows, the lower row first. */
function toRows({ a, b, count }: PairBuffer, rowAt: Uint32Array): void {
  for (let k = 0; k < count; k++) {
    const [i, j] = [rowAt[a[k]!]!, rowAt[b[k]!]!];
    a[k] = i < j ? i : j;
    b[k] = i < j ? j : i;
  }
}

function flagged(rows: number, wanted: Iterable<number>, positionOf: Uint32Array | undefined): Uint8Array {
  const flags = new Uint8Array(rows);
  for (const row of wanted) flags[positionOf?.[row] ?? row] = 1;
  return flags;
}
