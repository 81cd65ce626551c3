import { beforeAll, describe, expect, it } from 'vitest';
import {
  chooseThreshold,
  type Clusters,
  cluster,
  type Edges,
  explainBlocking,
  explainCluster,
  explainModel,
  giantClusters,
  type Model,
  personSettings,
  predict,
  train,
} from './index.ts';
import { peopleTable, simulatePeople } from './simulated-people.fixture.ts';

const population = simulatePeople(600, 17);
const table = peopleTable(population.records);
let model: Model;
let edges: Edges;
let clusters: Clusters;
beforeAll(() => {
  model = train(table, personSettings());
  edges = predict(table, model);
  clusters = cluster(table, edges, model);
});

describe('a cluster', () => {
  it('is explained by the edges that hold it, the weakest of them and what it would part', () => {
    const sizes = new Map<number, number>();
    for (const label of clusters.cluster) sizes.set(label, (sizes.get(label) ?? 0) + 1);
    const [label] = [...sizes].toSorted((a, b) => b[1] - a[1])[0]!;
    const found = explainCluster(table, model, edges, clusters, label);
    expect(found.rows).toHaveLength(sizes.get(label)!);
    const holding = found.edges.filter(({ holds }) => holds);
    expect(holding).toHaveLength(found.rows.length - 1);
    expect(Math.min(...holding.map(({ weight }) => weight))).toBeCloseTo(found.weakest!.explanation.weight, 3);
    const [left, right] = found.sides!;
    expect([...left, ...right].toSorted((a, b) => a - b)).toEqual(found.rows);
    expect(left).toContain(found.weakest!.a);
    expect(right).toContain(found.weakest!.b);
    expect(found.density).toBeGreaterThan(0);
  });

  it('of one row has nothing to break', () => {
    const alone = clusters.cluster.findIndex(
      (label, row) => label === row && !clusters.cluster.some((other, k) => k !== row && other === row),
    );
    expect(explainCluster(table, model, edges, clusters, alone)).toMatchObject({ rows: [alone], edges: [], density: 1 });
  });

  it('out of proportion is reported', () => {
    expect(giantClusters(edges, clusters)).toEqual([]);
    const one = new Uint32Array(clusters.cluster);
    for (let row = 0; row < 60; row++) one[row] = 0;
    const [giant] = giantClusters(edges, { ...clusters, cluster: one });
    expect(giant!.rows).toBeGreaterThanOrEqual(60);
    expect(giant!.density).toBeLessThan(0.2);
  });
});

describe('blocking', () => {
  it('is explained by what each rule brings and what only it brings', () => {
    const rules = explainBlocking(table, model, edges);
    expect(rules.map(({ rule }) => rule)).toEqual(edges.blocking.map(({ rule }) => rule));
    for (const rule of rules) {
      expect(rule.onlyEdges).toBeLessThanOrEqual(rule.edges);
      expect(rule.matches).toBeLessThanOrEqual(rule.edges);
    }
    // The first rule brings its pairs before all others; every edge is brought by at least one.
    expect(rules[0]!.edges).toBe(edges.blocking[0]!.newEdges);
    expect(rules.reduce((sum, rule) => sum + rule.edges, 0)).toBeGreaterThanOrEqual(edges.count);
  });
});

describe('a model', () => {
  it('is explained level by level', () => {
    const { levels, priorBits, sessions, missed } = explainModel(model);
    const given = levels.find(({ field, level }) => field === 'given' && level === 'exact')!;
    expect(given.weight).toBeCloseTo(Math.log2(given.m / given.u), 9);
    expect(given.trained).toBe(true);
    expect(priorBits).toBeLessThan(0);
    expect(sessions.length).toBeGreaterThan(3);
    expect(missed).toBeGreaterThanOrEqual(0);
  });
});

describe('the expected recall', () => {
  it('counts the pairs that blocking never brings', () => {
    const settings = personSettings();
    // Two keys, each often missing: a good part of the pairs share neither.
    settings.blocking = [{ keys: [{ column: 'email' }] }, { keys: [{ column: ['phone', 'mobile'] }] }];
    settings.rules = [];
    const few = train(table, settings);
    const found = predict(table, few);
    const truth = population.truth;
    let brought = 0;
    for (let e = 0; e < found.count; e++) if (truth[found.a[e]!] === truth[found.b[e]!]) brought++;
    const sizes = new Map<number, number>();
    for (const person of truth) sizes.set(person, (sizes.get(person) ?? 0) + 1);
    let pairs = 0;
    for (const n of sizes.values()) pairs += (n * (n - 1)) / 2;
    const missed = 1 - brought / pairs;
    expect(missed).toBeGreaterThan(0.1);
    expect(few.training.missed!).toBeGreaterThan(missed * 0.4);
    expect(few.training.missed!).toBeLessThan(missed * 2);
    expect(chooseThreshold(found, few).recall).toBeLessThan(1 - missed * 0.3);
  });
});
