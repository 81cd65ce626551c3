// What people decided about pairs of records binds the clustering: `same` pairs share a cluster whatever the model says,
// `different` pairs never do.
import type { Edges } from '@vinculo/matching';

/** A person's word about two rows of a table. */
export interface Decision {
  a: number;
  b: number;
  same: boolean;
}

/** Above any weight a comparison can reach, so that decided pairs join first; within what clustering can sort. */
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

/** The edges with the decisions among them: `same` pairs as the strongest, `different` pairs kept apart and without an edge. */
export function withDecisions(edges: Edges, decisions: readonly Decision[], apart: readonly [number, number][]): Edges {
  const same = decisions.filter((decision) => decision.same);
  if (same.length === 0 && apart.length === 0) return edges;
  const pair = (i: number, j: number) => Math.min(i, j) * 2 ** 26 + Math.max(i, j);
  const forbidden = new Set(apart.map(([i, j]) => pair(i, j)));
  const kept: number[] = [];
  for (let e = 0; e < edges.count; e++) if (!forbidden.has(pair(edges.a[e]!, edges.b[e]!))) kept.push(e);
  const count = kept.length + same.length;
  const joined: Edges = {
    ...edges,
    count,
    a: new Uint32Array(count),
    b: new Uint32Array(count),
    weight: new Float32Array(count),
    probability: new Float32Array(count),
    rule: new Uint8Array(count),
    apart: {
      count: edges.apart.count + apart.length,
      a: Uint32Array.from([...edges.apart.a.subarray(0, edges.apart.count), ...apart.map(([i]) => i)]),
      b: Uint32Array.from([...edges.apart.b.subarray(0, edges.apart.count), ...apart.map(([, j]) => j)]),
      constraint: Uint8Array.from([...edges.apart.constraint.subarray(0, edges.apart.count), ...apart.map(() => 255)]),
    },
  };
  kept.forEach((e, n) => {
    joined.a[n] = edges.a[e]!;
    joined.b[n] = edges.b[e]!;
    joined.weight[n] = edges.weight[e]!;
    joined.probability[n] = edges.probability[e]!;
    joined.rule[n] = edges.rule[e]!;
  });
  same.forEach(({ a, b }, n) => {
    joined.a[kept.length + n] = Math.min(a, b);
    joined.b[kept.length + n] = Math.max(a, b);
    joined.weight[kept.length + n] = CERTAIN_WEIGHT;
    joined.probability[kept.length + n] = 1;
    joined.rule[kept.length + n] = DECIDED;
  });
  return joined;
}

/** In an edge's `rule`: a person said so. Settings have far fewer rules. */
export const DECIDED = 255;

/**
 * Puts right what clustering refused: it takes conflicting ids or a weak bridge for stronger than a person's word. Clusters
 * that `same` decisions join are put together again from their parts, strongest edge first, never across a `different` one.
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
  inside.sort((x, y) => edges.weight[y]! - edges.weight[x]! || x - y);
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
