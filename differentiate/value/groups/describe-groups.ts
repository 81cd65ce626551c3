import type { Table } from '../learn/table.ts';

/** From so many standard deviations on, a difference sets a group apart: it is worth telling, and a name. */
export const APART = 0.3;

/** One thing in which a group is not like the others. */
export interface Difference {
  feature: string;
  /** The word, of a category; its share is compared. */
  label: string | null;
  /** Mean (or share) in the group and among everybody else. */
  inside: number;
  outside: number;
  /** The distance between them in standard deviations: 0.2 is little, 0.8 much (Cohen's d). */
  distance: number;
}

/**
 * What sets each group apart from everybody else, strongest first; every feature is there, also those in which it is like
 * the others. Missing values are left out of both sides.
 */
export function describeGroups(table: Table, groups: Uint8Array, count: number): Difference[][] {
  const described: Difference[][] = Array.from({ length: count }, () => []);
  for (const [feature, column] of Object.entries(table.columns)) {
    if (column.kind === 'category') {
      const seen = new Float64Array(count * column.labels.length);
      const known = new Float64Array(count);
      column.codes.forEach((code, row) => {
        if (code < 0) return;
        known[groups[row]!]!++;
        seen[groups[row]! * column.labels.length + code]!++;
      });
      column.labels.forEach((label, code) => {
        const ones = Float64Array.from({ length: count }, (_, group) => seen[group * column.labels.length + code]!);
        add(feature, label, known, ones, ones);
      });
    } else {
      const [known, sums, squares] = [new Float64Array(count), new Float64Array(count), new Float64Array(count)];
      for (let row = 0; row < groups.length; row++) {
        const value = column.values[row]!;
        if (!Number.isFinite(value)) continue;
        const group = groups[row]!;
        known[group]!++;
        sums[group]! += value;
        squares[group]! += value * value;
      }
      add(feature, null, known, sums, squares);
    }
  }
  return described.map((differences) => differences.toSorted((a, b) => Math.abs(b.distance) - Math.abs(a.distance)));

  /** Of each group: how many are known, the sum of their values and of their squares. */
  function add(feature: string, label: string | null, known: Float64Array, sums: Float64Array, squares: Float64Array): void {
    const total = (values: Float64Array) => values.reduce((all, value) => all + value, 0);
    const [allKnown, allSums] = [total(known), total(sums)];
    if (allKnown === 0) return;
    const mean = allSums / allKnown;
    const deviation = Math.sqrt(Math.max(0, total(squares) / allKnown - mean * mean));
    for (let group = 0; group < count; group++) {
      const rest = allKnown - known[group]!;
      if (known[group] === 0 || rest === 0) continue;
      const inside = sums[group]! / known[group]!;
      const outside = (allSums - sums[group]!) / rest;
      described[group]!.push({ feature, label, inside, outside, distance: deviation > 0 ? (inside - outside) / deviation : 0 });
    }
  }
}
