import { describe, expect, it } from 'vitest';
import { chooseThreshold, cluster, evaluate, explainPair, NO_EDGE, parseSettings, personSettings, predict, train } from './index.ts';
import { seededRandom } from './random.ts';
import { peopleTable, type Person, simulatePeople } from './simulated-people.fixture.ts';
import { intern } from './table.ts';

const population = simulatePeople(800, 11);
const table = peopleTable(population.records);
const model = train(table, personSettings(), { seed: 1 });
const edges = predict(table, model);
const clusters = cluster(table, edges, model);

/** Clusters as sets of the rows' names, comparable whatever the order of rows. */
function partition(labels: Uint32Array, nameOf: (row: number) => number): string[] {
  const groups = new Map<number, number[]>();
  labels.forEach((label, row) => (groups.get(label) ?? groups.set(label, []).get(label)!).push(nameOf(row)));
  return [...groups.values()].map((group) => group.toSorted((a, b) => a - b).join(' ')).toSorted();
}

describe('predict', () => {
  it('brings each pair once, lower row first, whatever number of rules find it', () => {
    const seen = new Set<string>();
    for (let e = 0; e < edges.count; e++) {
      expect(edges.a[e]!).toBeLessThan(edges.b[e]!);
      seen.add(`${edges.a[e]} ${edges.b[e]}`);
    }
    expect(seen.size).toBe(edges.count);
    expect(edges.candidates).toBe(edges.blocking.reduce((sum, { newPairs }) => sum + newPairs, 0));
  });

  it('brings every pair that shares a key, and no other', () => {
    const settings = parseSettings({
      version: 1,
      fields: [{ name: 'x', columns: ['x'], comparison: 'exact' }],
      blocking: [{ keys: [{ column: ['p', 'q'] }] }, { keys: [{ column: 'x' }, { column: 'y', transform: 'prefix:1' }] }],
    });
    const random = seededRandom(1);
    const column = (n: number) => Array.from({ length: 60 }, () => (random() < 0.2 ? '' : `v${Math.floor(random() * n)}`));
    const [p, q, x, y] = [column(30), column(30), column(8), column(20).map((value) => value.replace('v', ''))];
    const small = { rows: 60, columns: { p: intern(p), q: intern(q), x: intern(x), y: intern(y) } };
    const trained = train(small, settings);
    const found = predict(small, { ...trained, prior: 0.5 }, { leastProbability: 1e-12 });
    const expected = new Set<string>();
    for (let i = 0; i < 60; i++) {
      for (let j = i + 1; j < 60; j++) {
        const phones = [p[i], q[i]].some((value) => value !== '' && (value === p[j] || value === q[j]));
        const names = x[i] !== '' && x[i] === x[j] && y[i] !== '' && y[i]![0] === y[j]?.[0];
        if (phones || names) expected.add(`${i} ${j}`);
      }
    }
    expect(found.candidates).toBe(expected.size);
    expect(new Set(Array.from(found.a, (a, e) => `${a} ${found.b[e]}`))).toEqual(expected);
  });

  it('refines a giant block, and reports what even so is too large', () => {
    const rows = 3000;
    const same = Array.from({ length: rows }, () => 'x');
    const settings = parseSettings({
      version: 1,
      fields: [
        { name: 'n', columns: ['n'], comparison: 'exact' },
        { name: 'phone', columns: ['phone'], comparison: 'phone' },
      ],
      blocking: [{ keys: [{ column: 'phone' }] }],
      maxBlockPairs: 1000,
    });
    const split = { rows, columns: { n: intern(Array.from({ length: rows }, (_, k) => `n${k % 1000}`)), phone: intern(same) } };
    const refined = predict(split, train(split, settings));
    expect(refined.candidates).toBe(3000); // a thousand blocks of three
    expect(refined.blocking[0]!.droppedPairs).toBe(0);
    const solid = { rows, columns: { n: intern(same), phone: intern(same) } };
    const dropped = predict(solid, train(solid, settings));
    expect(dropped.candidates).toBe(0);
    expect(dropped.blocking[0]!.droppedRows).toBe(rows);
  });

  it('is symmetric: a pair weighs the same either way round', () => {
    for (let e = 0; e < edges.count; e += 50) {
      const there = explainPair(table, model, edges.a[e]!, edges.b[e]!);
      const back = explainPair(table, model, edges.b[e]!, edges.a[e]!);
      expect(back.weight).toBeCloseTo(there.weight, 9);
      expect(there.weight).toBeCloseTo(edges.weight[e]!, 4);
      expect(there.probability).toBeCloseTo(edges.probability[e]!, 5);
    }
  });

  it('does not depend on the order of rows', () => {
    const order = population.records.map((_, row) => row);
    const random = seededRandom(5);
    for (let k = order.length - 1; k > 0; k--) {
      const other = Math.floor(random() * (k + 1));
      [order[k], order[other]] = [order[other]!, order[k]!];
    }
    const shuffled = peopleTable(order.map((row) => population.records[row]!));
    const again = cluster(shuffled, predict(shuffled, model), model);
    expect(partition(again.cluster, (row) => order[row]!)).toEqual(partition(clusters.cluster, (row) => row));
  });

  it('is idempotent: the same table and model give the same edges and clusters', () => {
    const again = predict(table, model);
    expect(again).toEqual(edges);
    expect(cluster(table, again, model)).toEqual(clusters);
  });

  it('with onlyRows brings the pairs in which one of them takes part', () => {
    const wanted = [1, 5, 17, 200];
    const some = predict(table, model, { onlyRows: wanted });
    const expected = Array.from(edges.a, (a, e) => [a, edges.b[e]!] as const).filter(([a, b]) => wanted.includes(a) || wanted.includes(b));
    expect(Array.from(some.a, (a, e) => [a, some.b[e]!])).toEqual(expected);
  });
});

describe('a table so large that its rows are moved inside', () => {
  const rows = 60_000;
  const random = seededRandom(8);
  const column = (values: number) => intern(Array.from({ length: rows }, () => `v${Math.floor(random() * values)}`));
  const large = { rows, columns: { a: column(9000), b: column(300), c: column(5000), d: column(40_000) } };
  const settings = parseSettings({
    version: 1,
    fields: ['a', 'b', 'c', 'd'].map((name) => ({ name, columns: [name], comparison: 'exact' as const })),
    blocking: [{ keys: [{ column: 'a' }, { column: 'b' }] }, { keys: [{ column: 'd' }, { column: 'b' }] }],
  });
  const trained = { ...train(large, settings), prior: 0.001 };
  const found = predict(large, trained);

  it('gives and takes the numbers of its own rows', () => {
    expect(found.count).toBeGreaterThan(100);
    const { a, b, d } = large.columns;
    for (let e = 0; e < found.count; e++) {
      const [i, j] = [found.a[e]!, found.b[e]!];
      expect(i).toBeLessThan(j);
      expect(b.codes[i]).toBe(b.codes[j]);
      expect(a.codes[i] === a.codes[j] || d.codes[i] === d.codes[j]).toBe(true);
    }
    expect(explainPair(large, trained, found.a[5]!, found.b[5]!).weight).toBeCloseTo(found.weight[5]!, 4);
    const row = found.a[7]!;
    const some = predict(large, trained, { onlyRows: [row] });
    const expected = Array.from(found.a, (i, e) => [i, found.b[e]!]).filter((pair) => pair.includes(row));
    expect(Array.from(some.a, (i, e) => [i, some.b[e]!])).toEqual(expected);
  });

  it('clusters them', () => {
    const { cluster: label, edge } = cluster(large, found, trained, { threshold: 0.01 });
    label.forEach((lowest, row) => {
      expect(label[lowest]).toBe(lowest);
      if (lowest !== row) expect([found.a[edge[row]!], found.b[edge[row]!]]).toContain(row);
    });
    const joined = label.filter((lowest, row) => lowest !== row).length;
    expect(joined).toBeGreaterThan(100);
  });
});

describe('explain', () => {
  it('terms add up to the weight, the weight and the prior to the probability', () => {
    for (let e = 0; e < edges.count; e += 25) {
      const { weight, prior, probability, terms } = explainPair(table, model, edges.a[e]!, edges.b[e]!);
      expect(terms.reduce((sum, term) => sum + term.weight, 0)).toBeCloseTo(weight, 1);
      expect(probability).toBeCloseTo(1 / (1 + 2 ** -(weight + prior)), 9);
    }
  });

  it('names the rule and the constraint', () => {
    const one: Person = { given: 'ana', surname1: 'gil', surname2: 'paz', birth_date: '1980-01-02', national_id: '11222333k' };
    const rows = [one, { given: 'ana', surname1: 'zubiri', national_id: '11222333k' }, { ...one, given: 'lucia', national_id: '' }];
    const larger = peopleTable([...population.records, ...rows]);
    const first = population.records.length;
    expect(explainPair(larger, model, first, first + 1).rule).toBe('same national id');
    const twins = explainPair(larger, model, first, first + 2);
    expect(twins.apart).toBe('different given name');
    expect(twins.probability).toBe(0);
  });
});

describe('cluster', () => {
  it('gives every row but the lowest of its cluster an edge, and these form a tree within the cluster', () => {
    let roots = 0;
    clusters.cluster.forEach((label, row) => {
      if (label === row) {
        roots++;
        expect(clusters.edge[row]).toBe(NO_EDGE);
        return;
      }
      expect(label).toBeLessThan(row);
      const edge = clusters.edge[row]!;
      expect([edges.a[edge], edges.b[edge]]).toContain(row);
      expect(clusters.cluster[edges.a[edge]!]).toBe(label);
      expect(clusters.cluster[edges.b[edge]!]).toBe(label);
    });
    expect(roots).toBe(clusters.count);
    expect(new Set([...clusters.edge].filter((edge) => edge !== NO_EDGE)).size).toBe(table.rows - roots);
  });

  it('beats joining every edge', () => {
    const joined = evaluate(edges, population.truth, clusters.threshold);
    const found = evaluate(clusters, population.truth);
    expect(found.pairwise.f1).toBeGreaterThan(joined.pairwise.f1);
    expect(found.pairwise.precision).toBeGreaterThan(joined.pairwise.precision);
  });

  it('never holds two conflicting trusted ids, whatever the weights', () => {
    const ids = new Map<number, string[]>();
    population.records.forEach(({ national_id }, row) => {
      if (national_id)
        (ids.get(clusters.cluster[row]!) ?? ids.set(clusters.cluster[row]!, []).get(clusters.cluster[row]!)!).push(national_id);
    });
    for (const held of ids.values()) expect(new Set(held).size).toBe(1);
  });

  it('keeps two records of a clean source apart', () => {
    const settings = { ...model.settings, constraints: { ...model.settings.constraints, atMostOnePerSource: 'source' } };
    const found = cluster(table, edges, { ...model, settings });
    const seen = new Set<string>();
    population.records.forEach(({ source }, row) => {
      const key = `${found.cluster[row]} ${source}`;
      expect(seen.has(key)).toBe(false);
      seen.add(key);
    });
  });
});

describe('threshold', () => {
  it('is chosen without labels near the best, with precision and recall estimated near the truth', () => {
    const choice = chooseThreshold(edges, model);
    const actual = evaluate(edges, population.truth, choice.threshold).edge;
    expect(Math.abs(choice.precision - actual.precision)).toBeLessThan(0.05);
    const best = Math.max(...choice.curve.map(({ threshold }) => evaluate(edges, population.truth, threshold).edge.f1));
    expect(actual.f1).toBeGreaterThan(best - 0.01);
    for (const [k, point] of choice.curve.entries()) if (k > 0) expect(point.recall).toBeLessThanOrEqual(choice.curve[k - 1]!.recall);
  });
});

describe('evaluate', () => {
  it('tells pairwise from B³', () => {
    const found = { cluster: Uint32Array.of(0, 0, 0, 3, 3), count: 2, edge: new Uint32Array(5), refused: [], threshold: 0.5 };
    const { pairwise, bcubed } = evaluate(found, [1, 1, 2, 2, 2]);
    // Found pairs 01 02 12 34, true pairs 01 23 24 34: two in common.
    expect(pairwise).toEqual({ precision: 0.5, recall: 0.5, f1: 0.5 });
    expect(bcubed.precision).toBeCloseTo((4 / 3 + 1 / 3 + 2) / 5, 9);
    expect(bcubed.recall).toBeCloseTo((2 + 1 / 3 + 4 / 3) / 5, 9);
  });
});
