import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { categoryColumn, numberColumn, type Table, tableOfColumns } from '../learn/table.ts';
import { seededRandom } from '../arithmetic/sample.ts';
import { adjustedRand } from './adjusted-rand.ts';
import { assignGroups, typicalRows } from './assign-groups.ts';
import { describeGroups } from './describe-groups.ts';
import { findGroups, type GroupModel } from './find-groups.ts';
import { matchGroups } from './match-groups.ts';

const CHANNELS = ['shop', 'web', 'phone', 'fair'];

/** Customers of `count` kinds: each kind loves a category of its own and mostly one channel; noise means nothing. */
function planted(rows: number, count: number, seed = 1): { table: Table; truth: Uint8Array } {
  const random = seededRandom(seed);
  const truth = Uint8Array.from({ length: rows }, () => Math.floor(random() * count));
  const bell = () => random() + random() + random() - 1.5;
  const columns = Object.fromEntries(
    Array.from({ length: count }, (_, kind) => [
      `likes ${kind}`,
      numberColumn(Float64Array.from(truth, (own) => (own === kind ? 2 : 0) + bell() * 0.6)),
    ]),
  );
  return {
    table: tableOfColumns({
      ...columns,
      noise: numberColumn(Array.from(truth, () => (random() < 0.05 ? null : bell()))),
      channel: categoryColumn(Array.from(truth, (own) => (random() < 0.8 ? CHANNELS[own % 4]! : CHANNELS[Math.floor(random() * 4)]!))),
    }),
    truth,
  };
}

describe('groups', () => {
  it.each([2, 3, 4, 5])('finds that there are %i, and who is in which', (count) => {
    const { table, truth } = planted(2000, count);
    const model = findGroups(table);
    expect(model.count).toBe(count);
    expect(model.stability).toBeGreaterThan(0.9);
    expect(adjustedRand(assignGroups(model, table).groups, truth)).toBeGreaterThan(0.95);
  });

  it('says that noise has no groups', () => {
    const random = seededRandom(5);
    const noise = () => numberColumn(Float64Array.from({ length: 1500 }, () => random()));
    const model = findGroups(tableOfColumns({ a: noise(), b: noise(), c: noise(), d: noise() }));
    expect(model.silhouette).toBeLessThan(0.25);
    expect(Math.min(...model.trials.map(({ stability }) => stability))).toBeLessThan(0.7);
  });

  it('makes as many as asked', () => {
    const { table } = planted(800, 3);
    const model = findGroups(table, { count: 6 });
    expect(model.count).toBe(6);
    expect(new Set(assignGroups(model, table).groups).size).toBe(6);
  });

  it('are the same from the same seed, and plain data', () => {
    const { table } = planted(600, 3);
    const model = findGroups(table);
    expect(findGroups(table)).toEqual(model);
    expect(assignGroups(JSON.parse(JSON.stringify(model)) as GroupModel, table)).toEqual(assignGroups(model, table));
  });

  it('put one customer where they put a thousand', () => {
    const { table } = planted(600, 3);
    const model = findGroups(table);
    const all = assignGroups(model, table);
    const { truth: _, table: other } = planted(600, 3);
    expect(assignGroups(model, other).groups).toEqual(all.groups);
  });

  it('a feature of no weight says nothing', () => {
    const { table } = planted(600, 2);
    const model = findGroups(table, { weights: { 'likes 0': 0 } });
    expect(model.axes.map(({ feature }) => feature)).not.toContain('likes 0');
  });

  it('says what sets each apart: what its kind loves, and its channel; not the noise', () => {
    const { table, truth } = planted(3000, 4);
    describeGroups(table, truth, 4).forEach((differences, group) => {
      expect(differences[0]).toMatchObject({ feature: `likes ${group}` });
      expect(differences[0]!.inside - differences[0]!.outside).toBeCloseTo(2, 1);
      expect(differences.find(({ label }) => label === CHANNELS[group])!.distance).toBeGreaterThan(1.2);
      expect(Math.abs(differences.find(({ feature }) => feature === 'noise')!.distance)).toBeLessThan(0.15);
    });
  });

  it('the typical are those nearest to the centre', () => {
    const { table } = planted(500, 3);
    const model = findGroups(table);
    const found = assignGroups(model, table);
    typicalRows(found, model.count, 5).forEach((rows, group) => {
      const own = Array.from(found.groups, (_, row) => row).filter((row) => found.groups[row] === group);
      expect(rows).toEqual(own.toSorted((a, b) => found.distance[a]! - found.distance[b]!).slice(0, 5));
    });
  });

  it('says so where everybody is alike or there are too few', () => {
    expect(() => findGroups(tableOfColumns({ a: numberColumn(new Float64Array(100).fill(3)) }))).toThrow('alike');
    expect(() => findGroups(tableOfColumns({ a: numberColumn([1, 2, 3]) }))).toThrow('few');
  });
});

describe('the adjusted Rand index', () => {
  it('is 1 for the same groups under other names, and about 0 for chance', () => {
    expect(adjustedRand(Uint8Array.of(0, 0, 1, 1, 2), Uint8Array.of(2, 2, 0, 0, 1))).toBe(1);
    const random = seededRandom(2);
    const chance = () => Uint8Array.from({ length: 5000 }, () => Math.floor(random() * 3));
    expect(adjustedRand(chance(), chance())).toBeCloseTo(0, 1);
  });

  it('is the same both ways', () => {
    const groups = fc.array(fc.tuple(fc.nat(4), fc.nat(4)), { minLength: 2, maxLength: 40 });
    fc.assert(
      fc.property(groups, (pairs) => {
        const [a, b] = [Uint8Array.from(pairs, ([x]) => x), Uint8Array.from(pairs, ([, y]) => y)];
        expect(adjustedRand(a, b)).toBeCloseTo(adjustedRand(b, a), 12);
      }),
    );
  });
});

describe('continued groups', () => {
  it('are those that share most customers, one to one', () => {
    const old = Uint8Array.of(0, 0, 0, 0, 1, 1, 1, 1, 255, 255);
    const now = Uint8Array.of(1, 1, 1, 0, 0, 0, 0, 0, 2, 2);
    expect([...matchGroups(old, now)]).toEqual([1, 0, -1]);
  });

  it('a group of strangers continues none', () => {
    expect([...matchGroups(Uint8Array.of(0, 0, 0, 0, 0), Uint8Array.of(0, 1, 2, 3, 4))]).toEqual([-1, -1, -1, -1, -1]);
  });
});
