import { describe, expect, it } from 'vitest';
import { modelSchema, parseSettings, personSettings, train } from './index.ts';
import { seededRandom } from './random.ts';
import { peopleTable, simulatePeople } from './simulated-people.fixture.ts';
import { intern, type Table } from './table.ts';
import { estimateM, patternCollector } from './train-m.ts';

/** Draws a level by its shares. */
function draw(shares: readonly number[], random: () => number): number {
  let left = random();
  return Math.max(
    0,
    shares.findIndex((share) => (left -= share) < 0),
  );
}

const u = [
  [0.01, 0.02, 0.97],
  [0.003, 0.005, 0.992],
  [0.05, 0.05, 0.9],
  [0.02, 0.03, 0.95],
];
const start = u.map(() => [0.8, 0.1, 0.1]);

describe('m by EM', () => {
  it('recovers known parameters among strangers', () => {
    const random = seededRandom(3);
    const m = [
      [0.9, 0.06, 0.04],
      [0.7, 0.2, 0.1],
      [0.95, 0.03, 0.02],
      [0.6, 0.1, 0.3],
    ];
    const collector = patternCollector([3, 3, 3, 3]);
    for (let pair = 0; pair < 30_000; pair++) {
      const shares = random() < 0.3 ? m : u;
      collector.add(Uint8Array.from(shares, (field) => draw(field, random)));
    }
    const found = estimateM(collector.patterns(), [0, 1, 2, 3], [false, false, false, false], start, u, []);
    expect(found.converged).toBe(true);
    expect(found.matches / 30_000).toBeCloseTo(0.3, 1);
    for (const [f, field] of m.entries())
      for (const [level, share] of field.entries()) expect(Math.abs(found.m[f]![level]! - share)).toBeLessThan(0.02);
    expect(found.spread).toBeLessThan(0.01);
  });

  it('tells relatives, who share some fields, from one entity', () => {
    const random = seededRandom(4);
    const m = [
      [0.9, 0.06, 0.04],
      [0.85, 0.1, 0.05],
      [0.8, 0.1, 0.1],
      [0.9, 0.05, 0.05],
    ];
    const shared = [false, false, true, true];
    const r = [u[0]!, u[1]!, [0.6, 0.1, 0.3], [0.95, 0.03, 0.02]];
    const collector = patternCollector([3, 3, 3, 3]);
    for (let pair = 0; pair < 30_000; pair++) {
      const kind = random();
      const shares = kind < 0.25 ? m : kind < 0.65 ? r : u;
      collector.add(Uint8Array.from(shares, (field) => draw(field, random)));
    }
    const found = estimateM(collector.patterns(), [0, 1, 2, 3], shared, start, u, []);
    expect(found.matches / 30_000).toBeCloseTo(0.25, 1);
    expect(found.relatives / 30_000).toBeCloseTo(0.4, 1);
    for (const f of [0, 1, 2, 3]) expect(Math.abs(found.m[f]![0]! - m[f]![0]!)).toBeLessThan(0.03);
    for (const f of [2, 3]) expect(Math.abs(found.r[f]![0]! - r[f]![0]!)).toBeLessThan(0.03);
  });
});

/** Entities with three records at most, each field copied rightly with probability m, else drawn anew; u is 1 ÷ values. */
function simulatedTable(entities: number, seed: number): Table {
  const random = seededRandom(seed);
  const fields = [
    { name: 'key', values: entities, right: 1 },
    { name: 'a', values: 500, right: 0.9 },
    { name: 'b', values: 40, right: 0.8 },
    { name: 'c', values: 3000, right: 0.7 },
    { name: 'd', values: 1000, right: 0.95 },
  ];
  const columns: Record<string, string[]> = Object.fromEntries(fields.map(({ name }) => [name, []]));
  let rows = 0;
  for (let entity = 0; entity < entities; entity++) {
    const original = fields.map(({ name, values }) =>
      name === 'key' ? `k${entity % (entities / 2)}` : `${name}${Math.floor(random() * values)}`,
    );
    for (let copy = 1 + Math.floor(random() * 3); copy > 0; copy--) {
      rows++;
      fields.forEach(({ name, values, right }, f) => {
        // Both copies must be right for a pair to agree: the share of agreeing pairs is right².
        columns[name]!.push(random() < right ? original[f]! : `${name}${Math.floor(random() * values)}`);
      });
    }
  }
  return { rows, columns: Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, intern(values)])) };
}

describe('train', () => {
  const settings = parseSettings({
    version: 1,
    fields: ['a', 'b', 'c', 'd'].map((name) => ({ name, columns: [name], comparison: 'exact' as const })),
    blocking: [{ keys: [{ column: 'key' }] }, { keys: [{ column: 'a' }] }, { keys: [{ column: 'd' }] }],
  });

  it('recovers m, u and the prior of simulated records, without labels', () => {
    const table = simulatedTable(4000, 5);
    const model = train(table, settings, { seed: 1 });
    // A pair agrees where both are right, and by chance where one is not.
    const expected = { a: [0.9, 1 / 500], b: [0.8, 1 / 40], c: [0.7, 1 / 3000], d: [0.95, 1 / 1000] };
    for (const { name, levels } of model.fields) {
      const [right, chance] = expected[name as keyof typeof expected] as [number, number];
      const m = right ** 2 + (1 - right ** 2) * chance;
      expect(Math.abs(levels[0]!.m - m), `m of ${name}`).toBeLessThan(0.02);
      expect(levels[0]!.u / chance, `u of ${name}`).toBeGreaterThan(0.85);
      expect(levels[0]!.u / chance, `u of ${name}`).toBeLessThan(1.15);
    }
    // Entities of 1, 2, 3 records in equal parts hold 4/3 pairs each.
    const prior = (4000 * 4) / 3 / ((table.rows * (table.rows - 1)) / 2);
    expect(model.prior / prior).toBeGreaterThan(0.85);
    expect(model.prior / prior).toBeLessThan(1.15);
    expect(model.training.converged).toBe(true);
    expect(model.training.sessions).toHaveLength(3);
  });

  it('gives the same model for the same seed, and one that survives JSON', () => {
    const table = peopleTable(simulatePeople(400, 2).records);
    const model = train(table, personSettings(), { seed: 9 });
    expect(train(table, personSettings(), { seed: 9 })).toEqual(model);
    expect(modelSchema.parse(JSON.parse(JSON.stringify(model)))).toEqual(model);
  });

  it('reports progress and stops when the caller says so', () => {
    const table = peopleTable(simulatePeople(100, 2).records);
    const phases: number[] = [];
    train(table, personSettings(), { onProgress: ({ done, total }) => phases.push(done / total) });
    expect(phases.at(-1)).toBe(1);
    expect(() => train(table, personSettings(), { signal: { aborted: true } })).toThrow('cancelled');
  });
});
