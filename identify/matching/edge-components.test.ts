import fc from 'fast-check';
import { expect, it } from 'vitest';
import { componentsOf, componentWeights, strongestFirst } from './edge-components.ts';

const ROWS = 30;
const arbitraryEdges = fc
  .array(fc.tuple(fc.nat(ROWS - 1), fc.nat(ROWS - 1), fc.integer({ min: -8, max: 8 })), { maxLength: 150 })
  .map((list) => list.filter(([a, b]) => a !== b))
  .map((list) => ({
    rowA: Uint32Array.from(list, ([a, b]) => Math.min(a, b)),
    rowB: Uint32Array.from(list, ([a, b]) => Math.max(a, b)),
    count: list.length,
    a: Uint32Array.from(list, ([a, b]) => Math.min(a, b)),
    b: Uint32Array.from(list, ([a, b]) => Math.max(a, b)),
    weight: Float32Array.from(list, ([, , weight]) => weight),
    probability: Float32Array.from(list, ([, , weight]) => 1 / (1 + 2 ** -weight)),
  }));

it('groups every edge within a connected part, strongest first, and finds its weight: of a pair given twice the later one', () => {
  fc.assert(
    fc.property(arbitraryEdges, (edges) => {
      const { starts, edges: grouped } = componentsOf(edges, 0.5, ROWS);
      // Connected parts, by spreading the lowest row until nothing moves.
      const lowest = Array.from({ length: ROWS }, (_, row) => row);
      for (let moved = true; moved; ) {
        moved = false;
        for (let e = 0; e < edges.count; e++) {
          const [a, b] = [edges.a[e]!, edges.b[e]!];
          if (edges.probability[e]! < 0.5 || lowest[a] === lowest[b]) continue;
          lowest[a] = lowest[b] = Math.min(lowest[a]!, lowest[b]!);
          moved = true;
        }
      }
      const weights = componentWeights(edges);
      for (let row = 0; row < ROWS; row++) {
        const inside = [...grouped.subarray(starts[row], starts[row + 1])];
        const wanted = [...edges.a.keys()].filter((e) => lowest[edges.a[e]!] === row && lowest[edges.b[e]!] === row);
        expect(inside).toEqual(wanted.toSorted(strongestFirst(edges)));
        weights.use(grouped, starts[row]!, starts[row + 1]!);
        for (const e of inside) {
          const last = inside.filter((f) => edges.a[f] === edges.a[e] && edges.b[f] === edges.b[e]).toSorted((x, y) => y - x)[0]!;
          expect(weights.find(edges.b[e]!, edges.a[e]!)).toBe(edges.weight[last]);
        }
      }
    }),
    { numRuns: 200 },
  );
});
