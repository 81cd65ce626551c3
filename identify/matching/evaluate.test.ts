import { expect, it } from 'vitest';
import { evaluate, type Edges } from './index.ts';
import { seededRandom } from './random.ts';

const edgesOf = (pairs: [number, number, number][]): Edges => ({
  count: pairs.length,
  a: Uint32Array.from(pairs, ([a]) => a),
  b: Uint32Array.from(pairs, ([, b]) => b),
  weight: new Float32Array(pairs.length),
  probability: Float32Array.from(pairs, ([, , probability]) => probability),
  rule: new Uint8Array(pairs.length),
  apart: { count: 0, a: new Uint32Array(0), b: new Uint32Array(0), constraint: new Uint8Array(0) },
  blocking: [],
  candidates: pairs.length,
  looked: pairs.length,
  histogram: { pairs: new Float64Array(20), probability: new Float64Array(20) },
});

const clustersOf = (cluster: readonly number[]) => ({
  cluster: Uint32Array.from(cluster),
  count: new Set(cluster).size,
  edge: new Uint32Array(cluster.length),
  refused: [],
  threshold: 0.5,
});

/** By their definitions, pair by pair and row by row. */
function defined(found: readonly number[], truth: readonly number[]) {
  const rows = [...truth.keys()];
  const pairs = rows.flatMap((i) => rows.slice(i + 1).map((j) => [found[i] === found[j], truth[i] === truth[j]] as const));
  const count = (of: (found: boolean, truth: boolean) => boolean) => pairs.filter(([f, t]) => of(f, t)).length;
  const right = count((f, t) => f && t);
  const both = (i: number) => rows.filter((j) => found[i] === found[j] && truth[i] === truth[j]).length;
  const mean = (of: (i: number) => number) => rows.reduce((sum, i) => sum + of(i), 0) / rows.length;
  return {
    pairwise: [right / count((f) => f), right / count((_, t) => t)],
    bcubed: [
      mean((i) => both(i) / rows.filter((j) => found[i] === found[j]).length),
      mean((i) => both(i) / rows.filter((j) => truth[i] === truth[j]).length),
    ],
  };
}

it.each([
  ['small whole numbers', (label: number) => label],
  ['numbers far apart', (label: number) => label * 1e9 + 7],
  ['negative and broken numbers', (label: number) => (label - 10) / 3],
])('scores clusters as the definitions say, entities told by %s', (_, named) => {
  const random = seededRandom(8);
  const truth = Array.from({ length: 120 }, () => Math.floor(random() * 40));
  const found = truth.map((label) => (random() < 0.2 ? Math.floor(random() * 40) : label));
  const expected = defined(found, truth);
  const { edge, pairwise, bcubed } = evaluate(clustersOf(found), truth.map(named));
  expect(edge).toEqual(pairwise);
  for (const [score, [precision, recall]] of [
    [pairwise, expected.pairwise],
    [bcubed, expected.bcubed],
  ] as const) {
    expect(score.precision).toBeCloseTo(precision!, 12);
    expect(score.recall).toBeCloseTo(recall!, 12);
    expect(score.f1).toBeCloseTo((2 * precision! * recall!) / (precision! + recall!), 12);
  }
});

it('judges edges from the threshold on, as pairs and as the groups that they make', () => {
  const edges = edgesOf([
    [0, 1, 0.9],
    [1, 2, 0.8],
    [3, 4, 0.9],
    [4, 5, 0.2],
  ]);
  const { edge, pairwise } = evaluate(edges, [7, 7, 7, 9, 8, 8], 0.5);
  expect(edge).toEqual({ precision: 2 / 3, recall: 0.5, f1: (2 * (2 / 3) * 0.5) / (2 / 3 + 0.5) });
  expect([pairwise.precision, pairwise.recall]).toEqual([3 / 4, 3 / 4]);
});

it('finds nothing wrong where there is nothing', () => {
  expect(evaluate(clustersOf([]), []).pairwise).toEqual({ precision: 1, recall: 1, f1: 1 });
});
