// What is expected of clusters without labels, held against the truth of generated families.
import { describe, expect, it } from 'vitest';
import {
  chooseThreshold,
  cluster,
  type Clusters,
  type Edges,
  estimateClusters,
  evaluate,
  parseSettings,
  personSettings,
  predict,
  train,
} from './index.ts';
import { peopleTable, simulatePeople } from './simulated-people.fixture.ts';

describe('on generated families', () => {
  /** Fewer rules miss more pairs, which clustering partly puts together. */
  const few = parseSettings({
    ...personSettings(),
    blocking: [
      { keys: [{ column: ['phone', 'mobile'] }] },
      { keys: [{ column: 'email' }] },
      { keys: [{ column: 'birth_date' }, { column: 'given_root' }] },
    ],
    rules: [],
  });

  it.each([
    ['all rules', personSettings(), 21],
    ['all rules', personSettings(), 33],
    ['all rules', personSettings(), 7],
    ['few rules', few, 21],
    ['few rules', few, 33],
    ['few rules', few, 7],
  ])('precision is within two hundredths of the truth, and recall within three: %s, seed %#', (_, settings, seed) => {
    const { records, truth } = simulatePeople(800, seed);
    const table = peopleTable(records);
    const model = train(table, settings, { seed: 1 });
    const edges = predict(table, model);
    const clusters = cluster(table, edges, model);
    const { precision, recall, pairs } = estimateClusters(edges, clusters, model);
    const { pairwise } = evaluate(clusters, truth);
    expect(Math.abs(precision - pairwise.precision)).toBeLessThan(0.02);
    expect(Math.abs(recall - pairwise.recall)).toBeLessThan(0.03);
    // What is expected of pairs by themselves leaves out what clustering puts together.
    expect(recall).toBeGreaterThanOrEqual(chooseThreshold(edges, model).recall);
    expect(pairs).toBeGreaterThan(1_000);
  });
});

/** Rows 0, 1, 2 in a chain, whose ends were never compared; and 3, 4 that are probably not one. */
function chain(missed: number): { edges: Edges; clusters: Clusters; model: ReturnType<typeof train> } {
  const table = peopleTable(simulatePeople(60, 1).records);
  const model = train(table, personSettings(), { seed: 1 });
  const probability = Float32Array.from([0.9, 0.8, 0.2]);
  const none = { count: 0, a: new Uint32Array(0), b: new Uint32Array(0), constraint: new Uint8Array(0) };
  const edges: Edges = {
    count: 3,
    a: Uint32Array.from([0, 1, 3]),
    b: Uint32Array.from([1, 2, 4]),
    weight: new Float32Array(3),
    probability,
    rule: new Uint8Array(3),
    apart: none,
    blocking: [],
    candidates: 3,
    looked: 3,
    histogram: { pairs: new Float64Array(20), probability: new Float64Array(20) },
  };
  const nobody = 0xffffffff;
  const clusters: Clusters = {
    cluster: Uint32Array.from([0, 0, 0, 3, 4]),
    count: 3,
    edge: Uint32Array.from([nobody, 0, 1, nobody, nobody]),
    refused: [],
    threshold: 0.5,
  };
  return { edges, clusters, model: { ...model, training: { ...model.training, missed } } };
}

describe('by hand', () => {
  it('a pair that was never compared is one as likely as every link on the way holds', () => {
    const { edges, clusters, model } = chain(0);
    const { precision, recall, pairs } = estimateClusters(edges, clusters, model);
    const right = 0.9 + 0.8 + 0.9 * 0.8;
    expect(pairs).toBe(3);
    expect(precision).toBeCloseTo(right / 3, 6);
    expect(recall).toBeCloseTo(right / (right + 0.2), 6);
  });

  it('what blocking misses and clustering does not put together counts as missed', () => {
    const { edges, clusters, model } = chain(0.5);
    const { recall } = estimateClusters(edges, clusters, model);
    expect(recall).toBeCloseTo((0.9 + 0.8 + 0.72) / (1.9 / 0.5), 6);
  });

  it('what clustering refused counts as different', () => {
    const { edges, clusters, model } = chain(0);
    edges.probability[2] = 0.9;
    const { recall } = estimateClusters(edges, { ...clusters, refused: [{ edge: 2, reason: 'conflicting-id' }] }, model);
    expect(recall).toBeCloseTo(1, 6);
  });

  it('of no clusters nothing is wrong, and nothing was there to be found', () => {
    const { edges, clusters, model } = chain(0);
    const alone = { ...clusters, cluster: Uint32Array.from([0, 1, 2, 3, 4]) };
    expect(estimateClusters({ ...edges, count: 0, probability: new Float32Array(0) }, alone, model)).toEqual({
      precision: 1,
      recall: 1,
      missing: 0,
      pairs: 0,
    });
  });
});
