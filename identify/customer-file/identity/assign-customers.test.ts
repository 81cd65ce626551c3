import { describe, expect, it } from 'vitest';
import * as fc from 'fast-check';
import { assignCustomers, groupByCluster } from './assign-customers.ts';

/** Clusters and former customers by record; customer codes sort by age. */
function assign(clusterOf: number[], customerOf: number[]) {
  const count = Math.max(-1, ...clusterOf) + 1;
  const clusters = groupByCluster([...clusterOf.keys()], clusterOf, count);
  const result = assignCustomers(clusters, customerOf, Math.max(-1, ...customerOf) + 1, (a, b) => a - b);
  return { ids: [...result.customerOf], redirects: result.redirects };
}

describe('assignCustomers', () => {
  it.each([
    ['nothing was known', [0, 0, 1], [-1, -1, -1], [-1, -1], []],
    ['nothing changed', [0, 0, 1], [4, 4, 2], [4, 2], []],
    ['a new record joins', [0, 0, 1], [4, -1, 2], [4, 2], []],
    ['two become one: most records win', [0, 0, 0], [3, 5, 5], [5], [{ customer: 3, cluster: 0 }]],
    ['two become one: equal, the older wins', [0, 0], [5, 3], [3], [{ customer: 5, cluster: 0 }]],
    ['one becomes two: the larger part keeps the id', [0, 1, 1], [7, 7, 7], [-1, 7], []],
    ['one becomes two equal parts: the first keeps it', [0, 1], [7, 7], [7, -1], []],
    ['a part goes to another customer', [0, 0, 0, 1], [1, 1, 7, 7], [1, 7], []],
    ['the loser goes where most of its records went', [0, 0, 0, 1, 1, 1, 1], [1, 1, 9, 2, 2, 9, 9], [1, 2], [{ customer: 9, cluster: 1 }]],
  ])('%s', (_, clusterOf, customerOf, ids, redirects) => {
    expect(assign(clusterOf, customerOf)).toEqual({ ids, redirects });
  });

  it('never gives an id twice, never loses one, and a second time changes nothing', () => {
    const record = fc.tuple(fc.nat(12), fc.integer({ min: -1, max: 8 }));
    fc.assert(
      fc.property(fc.array(record, { minLength: 1, maxLength: 60 }), (records) => {
        const dense = [...new Set(records.map(([cluster]) => cluster))];
        const clusterOf = records.map(([cluster]) => dense.indexOf(cluster));
        const before = records.map(([, customer]) => customer);
        const { ids, redirects } = assign(clusterOf, before);
        const kept = ids.filter((id) => id >= 0);
        expect(new Set(kept).size).toBe(kept.length);
        expect(new Set([...kept, ...redirects.map(({ customer }) => customer)])).toEqual(new Set(before.filter((id) => id >= 0)));

        const fresh = ids.map((id, cluster) => (id >= 0 ? id : 100 + cluster));
        const after = clusterOf.map((cluster) => fresh[cluster]!);
        expect(assign(clusterOf, after)).toEqual({ ids: fresh, redirects: [] });
      }),
    );
  });
});
