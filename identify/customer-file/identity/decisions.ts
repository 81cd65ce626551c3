// What people decided about pairs of records binds the clustering: `same` pairs share a cluster whatever the model says,
// `different` pairs never do.
import type { Edges } from '@vinculo/matching';

/** A person's word about two rows of a table. */
export interface Decision {
  a: number;
  b: number;
  same: boolean;
}

/** Above any weight a comparison can reach. */
const CERTAIN_WEIGHT = 1000;

/** The groups of rows that `same` decisions make, by row; rows nobody decided about are not in it. */
export function decidedGroups(decisions: readonly Decision[]): Map<number, number[]> {
  const groups = new Map<number, number[]>();
  for (const { a, b, same } of decisions) {
    if (!same) continue;
    const [left, right] = [groups.get(a) ?? [a], groups.get(b) ?? [b]];
    if (left === right) continue;
    const together = [...left, ...right];
    for (const row of together) groups.set(row, together);
  }
  return groups;
}

/** Pairs that must not meet: each `different` decision holds for everything decided to be the same as its two records. */
export function keptApart(decisions: readonly Decision[], groups: Map<number, number[]>): [number, number][] {
  const pairs: [number, number][] = [];
  for (const { a, b, same } of decisions) {
    // Two words that contradict each other: the one that joins stands, and the screen shows both.
    if (same || (groups.has(a) && groups.get(a) === groups.get(b))) continue;
    for (const i of groups.get(a) ?? [a]) for (const j of groups.get(b) ?? [b]) pairs.push([i, j]);
  }
  return pairs;
}

/** One number for a pair of rows, in either order. */
const pair = (i: number, j: number) => Math.min(i, j) * 2 ** 26 + Math.max(i, j);

/** The edges without the pairs that must not meet, which clustering is told to keep apart. */
export function edgesApart(edges: Edges, apart: readonly [number, number][]): Edges {
  if (apart.length === 0) return edges;
  const forbidden = new Set(apart.map(([i, j]) => pair(i, j)));
  const kept: number[] = [];
  for (let e = 0; e < edges.count; e++) if (!forbidden.has(pair(edges.a[e]!, edges.b[e]!))) kept.push(e);
  const known = edges.apart;
  return {
    ...edges,
    count: kept.length,
    a: Uint32Array.from(kept, (e) => edges.a[e]!),
    b: Uint32Array.from(kept, (e) => edges.b[e]!),
    weight: Float32Array.from(kept, (e) => edges.weight[e]!),
    probability: Float32Array.from(kept, (e) => edges.probability[e]!),
    rule: Uint8Array.from(kept, (e) => edges.rule[e]!),
    apart: {
      count: known.count + apart.length,
      a: joined(known.a.subarray(0, known.count), apart, ([i]) => i),
      b: joined(known.b.subarray(0, known.count), apart, ([, j]) => j),
      constraint: Uint8Array.from([...known.constraint.subarray(0, known.count), ...apart.map(() => DECIDED)]),
    },
  };
}

function joined(known: Uint32Array, pairs: readonly [number, number][], of: (pair: [number, number]) => number): Uint32Array {
  const all = new Uint32Array(known.length + pairs.length);
  all.set(known);
  pairs.forEach((pair, n) => (all[known.length + n] = of(pair)));
  return all;
}

/**
 * The edges, and after them the `same` pairs as the strongest of all. Not for clustering: there, a pair joined by decree would
 * speak against everybody who resembles only one of the two.
 */
export function withDecided(edges: Edges, decisions: readonly Decision[]): Edges {
  const same = decisions.filter((decision) => decision.same);
  if (same.length === 0) return edges;
  const extended = <T extends Uint32Array | Float32Array | Uint8Array>(array: T, of: (decision: Decision) => number): T => {
    const longer = new (array.constructor as new (length: number) => T)(edges.count + same.length);
    longer.set(array.subarray(0, edges.count));
    same.forEach((decision, n) => (longer[edges.count + n] = of(decision)));
    return longer;
  };
  return {
    ...edges,
    count: edges.count + same.length,
    a: extended(edges.a, ({ a, b }) => Math.min(a, b)),
    b: extended(edges.b, ({ a, b }) => Math.max(a, b)),
    weight: extended(edges.weight, () => CERTAIN_WEIGHT),
    probability: extended(edges.probability, () => 1),
    rule: extended(edges.rule, () => DECIDED),
  };
}

/** The order of edges by weight; of equals that of the lower rows goes first, whatever brought them first. */
export function strongestFirst({ a, b, weight }: Pick<Edges, 'a' | 'b' | 'weight'>): (x: number, y: number) => number {
  return (x, y) => weight[y]! - weight[x]! || a[x]! - a[y]! || b[x]! - b[y]!;
}

/** In an edge's `rule`: a person said so. Settings have far fewer rules. */
export const DECIDED = 255;

/**
 * Puts together what people decided to be the same, after clustering has found what is one by itself. Clusters that such
 * decisions join are built again from their parts, strongest edge first, never across a `different` decision.
 * Changes `labels` in place and returns the rows whose cluster was put together anew.
 */
export function enforceDecisions(
  labels: Uint32Array,
  edges: Edges,
  threshold: number,
  groups: Map<number, number[]>,
  apart: readonly [number, number][],
): Set<number> {
  const broken = new Set<number>();
  for (const [row, group] of groups) if (labels[row] !== labels[group[0]!]) for (const member of group) broken.add(labels[member]!);
  if (broken.size === 0) return new Set();

  const rows: number[] = [];
  for (let row = 0; row < labels.length; row++) if (broken.has(labels[row]!)) rows.push(row);
  const parts = new Map<number, number[]>();
  for (const row of rows) parts.set(row, groups.get(row) ?? [row]);
  const enemies = new Map<number, number[]>();
  for (const [i, j] of apart) {
    (enemies.get(i) ?? enemies.set(i, []).get(i)!).push(j);
    (enemies.get(j) ?? enemies.set(j, []).get(j)!).push(i);
  }
  const inside: number[] = [];
  for (let e = 0; e < edges.count; e++) {
    if (edges.probability[e]! >= threshold && broken.has(labels[edges.a[e]!]!) && broken.has(labels[edges.b[e]!]!)) inside.push(e);
  }
  inside.sort(strongestFirst(edges));
  for (const e of inside) {
    const [left, right] = [parts.get(edges.a[e]!)!, parts.get(edges.b[e]!)!];
    // Only edges of one former cluster join again: the rest was refused for reasons that still hold.
    if (left === right || labels[edges.a[e]!] !== labels[edges.b[e]!]) continue;
    const members = new Set(right);
    if (left.some((row) => enemies.get(row)?.some((enemy) => members.has(enemy)))) continue;
    const together = [...left, ...right];
    for (const row of together) parts.set(row, together);
  }
  for (const row of rows) labels[row] = Math.min(...parts.get(row)!);
  return new Set(rows);
}
