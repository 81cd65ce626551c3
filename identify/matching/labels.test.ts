import { describe, expect, it } from 'vitest';
import { type LabelledPair, parseSettings, predict, train } from './index.ts';
import { seededRandom } from './random.ts';
import { intern, type Table } from './table.ts';

const settings = parseSettings({
  version: 1,
  fields: ['a', 'b', 'c'].map((name) => ({ name, columns: [name], comparison: 'exact' as const })),
  blocking: [{ keys: [{ column: 'key' }] }],
});

/** Pairs of records that agree on `a` with probability .9, `b` .6, `c` .3, among blocks of ten. */
function simulated(): { table: Table; truth: number[] } {
  const random = seededRandom(2);
  const columns: Record<string, string[]> = { key: [], a: [], b: [], c: [] };
  const truth: number[] = [];
  const draw = (name: string) => `${name}${Math.floor(random() * 200)}`;
  for (let entity = 0; entity < 600; entity++) {
    const own = { a: draw('a'), b: draw('b'), c: draw('c') };
    for (let copy = 0; copy < 2; copy++) {
      truth.push(entity);
      columns.key!.push(`k${entity % 60}`);
      for (const [name, agree] of [
        ['a', 0.9],
        ['b', 0.6],
        ['c', 0.3],
      ] as const)
        columns[name]!.push(copy === 0 || random() < agree ? own[name] : draw(name));
    }
  }
  return {
    table: { rows: truth.length, columns: Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, intern(values)])) },
    truth,
  };
}

describe('labels', () => {
  const { table, truth } = simulated();
  const labels: LabelledPair[] = [];
  for (let entity = 0; entity < 400; entity++) labels.push({ a: 2 * entity, b: 2 * entity + 1, same: true });
  for (let k = 0; k < 400; k++) labels.push({ a: 2 * k, b: 2 * ((k + 60) % 600), same: false });

  it('bring m nearer to what it is', () => {
    const agreement = { a: 0.9, b: 0.6, c: 0.3 };
    const without = train(table, settings, { pairsPerRule: 300 });
    const given = train(table, settings, { pairsPerRule: 300, labels });
    const off = (model: typeof without) =>
      model.fields.reduce((sum, { name, levels }) => sum + Math.abs(levels[0]!.m - agreement[name as keyof typeof agreement]), 0);
    expect(off(given)).toBeLessThan(0.15);
    expect(off(given)).toBeLessThanOrEqual(off(without) + 0.01);
  });

  it('move the prior to where they are likeliest', () => {
    const given = train(table, settings, { labels });
    const right = labels.filter(({ a, b, same }) => same === (truth[a] === truth[b]));
    expect(right).toHaveLength(labels.length);
    // All labels turned round: nothing is one entity any more.
    const turned = train(table, settings, { labels: labels.map((label) => ({ ...label, same: false })) });
    expect(turned.prior).toBeLessThan(given.prior / 4);
    expect(predict(table, turned).probability.filter((p) => p > 0.9).length).toBeLessThan(
      predict(table, given).probability.filter((p) => p > 0.9).length,
    );
  });
});
