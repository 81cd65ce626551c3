// Files in which there is next to nothing to learn from.
import { describe, expect, it } from 'vitest';
import { chooseThreshold, cluster, estimateClusters, propose, predict, tableOf, train } from './index.ts';

const ana = { id: '1', nombre: 'Ana', apellidos: 'Ruiz Gil', nacimiento: '1971-03-08', email: 'ana.ruiz@correo.es', ciudad: 'Vigo' };
const luis = { id: '2', nombre: 'Luis', apellidos: 'Peña Ruiz', nacimiento: '1990-11-21', email: 'lpena@otro.es', ciudad: 'Vigo' };

function linked(records: readonly Record<string, string>[]) {
  const table = tableOf(records);
  const model = train(table, propose(table), { seed: 1 });
  const edges = predict(table, model);
  const clusters = cluster(table, edges, model, chooseThreshold(edges, model));
  return { model, clusters, expected: estimateClusters(edges, clusters, model) };
}

const renumbered = (records: readonly Record<string, string>[]) => records.map((record, k) => ({ ...record, id: String(k) }));

describe('a file in which there is next to nothing to learn from', () => {
  it('of two strangers holds two', () => {
    const { clusters, expected } = linked([ana, luis]);
    expect([...clusters.cluster]).toEqual([0, 1]);
    expect(expected).toMatchObject({ precision: 1, recall: 1, pairs: 0 });
  });

  it.each([2, 5, 300])('of one person written %i times holds one', (times) => {
    const { clusters, expected } = linked(renumbered(Array.from({ length: times }, () => ana)));
    expect(clusters.count).toBe(1);
    expect(expected.precision).toBeGreaterThan(0.95);
  });

  it('of two people, each many times, holds two', () => {
    const { clusters } = linked(renumbered(Array.from({ length: 60 }, (_, k) => (k % 2 === 0 ? ana : luis))));
    expect(clusters.count).toBe(2);
  });

  it('has finite weights, and shares that are shares', () => {
    const { model } = linked(renumbered([ana, ana]));
    for (const { levels } of model.fields) {
      for (const { m, u } of levels) {
        expect(Number.isFinite(Math.log2(m / u))).toBe(true);
        expect(u).toBeLessThanOrEqual(1);
      }
    }
  });

  it('where all live in one town and nothing else is known, says that nothing tells who they are', () => {
    const table = tableOf(Array.from({ length: 20 }, (_, k) => ({ id: String(k), ciudad: 'Vigo' })));
    expect(() => propose(table)).toThrow('No column');
  });
});
