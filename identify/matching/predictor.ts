import type { Bound } from './bound.ts';
import { eachCandidate, type KeyRange } from './candidates.ts';
import { mustNotMeet } from './linker.ts';
import type { Model } from './model.ts';
import { enlarged } from './pair-table.ts';
import type { Edges, PredictOptions } from './predict.ts';
import { checkAborted } from './progress.ts';
import { probabilityOf, scorerOf } from './score.ts';

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
