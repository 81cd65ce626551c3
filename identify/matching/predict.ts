import { boundTo } from './bound.ts';
import { shares } from './candidates.ts';
import type { Model } from './model.ts';
import { predictor } from './predictor.ts';
import type { RunOptions } from './progress.ts';
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
  const bound = boundTo(table, model.settings, model.learned);
  const { part: { part, of } = { part: 0, of: 1 } } = options;
  return predictor(bound, model, options)(shares(bound.blocks(), of)[part] ?? []);
}

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
