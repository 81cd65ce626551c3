import type { Meaning } from './column-meaning.ts';
import { addPair, pairTable } from './pair-table.ts';
import type { BlockingKey, BlockingRule } from './settings.ts';
import type { BlockingColumn } from './field-plan.ts';
import { addString, stringTable } from './string-table.ts';
import { columnOf, type Table } from './table.ts';
import { transformation } from './transform.ts';

/** One part of a blocking key, with its code in each row of the sample. */
interface Atom {
  column: string;
  key: BlockingKey;
  codes: Uint32Array;
  /** Whether it stands well alone: an identifier, an e-mail, a phone. */
  strong: boolean;
}

const MOST_RULES = 10;

/**
 * Blocking rules from the values alone: strong identifiers by themselves, then combinations of two parts, the loosest that still
 * bring an affordable number of pairs first, each column in few of them, so that an error in any field leaves other rules to find the
 * pair. Pairs within a clean source, told by `sourceOf`, do not count. Judged on a sample of `rows`, spread evenly over them.
 */
export function proposeBlocking(
  sample: Table,
  columns: readonly BlockingColumn[],
  pairs: number,
  rows: number,
  sourceOf?: (row: number) => number,
): BlockingRule[] {
  // Pairs of one entity thin out with the square of the sample, like all others.
  const scale = (rows / Math.max(1, sample.rows)) ** 2;
  const atoms = columns.flatMap((profile) => atomsOf(sample, profile));
  const sources = sourceOf && Uint32Array.from({ length: sample.rows }, (_, row) => sourceOf(row));
  const pairsOf = (codes: Uint32Array): number => pairsWithin(codes) - (sources ? pairsWithin(combined(codes, sources)) : 0);
  const rules: BlockingRule[] = [];
  const uses = new Map<string, number>();
  let left = pairs;
  const take = (atomsTaken: readonly Atom[], brings: number): void => {
    rules.push({ keys: atomsTaken.map(({ key }) => key) });
    for (const { column } of atomsTaken) uses.set(column, (uses.get(column) ?? 0) + 1);
    left -= brings;
  };

  for (const atom of atoms) {
    if (!atom.strong || uses.has(atom.column)) continue;
    const brings = pairsOf(atom.codes) * scale;
    if (brings > 0 && brings <= pairs / 2) take([atom], brings);
  }
  const couples: { first: Atom; second: Atom; brings: number }[] = [];
  for (const [k, first] of atoms.entries()) {
    for (const second of atoms.slice(k + 1)) {
      if (first.column === second.column) continue;
      const brings = pairsOf(combined(first.codes, second.codes)) * scale;
      if (brings > 0 && brings <= pairs / 5) couples.push({ first, second, brings });
    }
  }
  couples.sort((a, b) => b.brings - a.brings);
  const seen = new Set<string>();
  // First every column once or twice, then as often as pairs are left for.
  for (const most of [1, 2, 3]) {
    for (const { first, second, brings } of couples) {
      if (rules.length >= MOST_RULES || brings > left) continue;
      const pair = `${first.column} ${second.column}`;
      if (seen.has(pair) || (uses.get(first.column) ?? 0) >= most || (uses.get(second.column) ?? 0) >= most) continue;
      seen.add(pair);
      take([first, second], brings);
    }
  }
  // A table too plain for couples is blocked by what it has.
  if (rules.length === 0) for (const atom of atoms.slice(0, 3)) take([atom], 0);
  return rules;
}

const transforms: Partial<Record<Meaning, (string | undefined)[]>> = {
  given: [undefined, 'prefix:3'],
  'given-root': [undefined],
  surname: [undefined, 'phonetic', 'prefix:3'],
  'second-surname': [undefined],
  'full-name': [undefined, 'prefix:4', 'core'],
  company: ['core', 'prefix:5', 'phonetic'],
  'birth-date': [undefined, 'year', 'month'],
  email: [undefined, 'local'],
  street: [undefined, 'prefix:5'],
  text: [undefined, 'prefix:4'],
  postcode: [undefined, 'prefix:3'],
};
const strongMeanings = new Set<Meaning>(['id', 'email', 'phone', 'birth-date', 'website', 'company', 'full-name']);

function atomsOf(table: Table, { column, meaning }: BlockingColumn): Atom[] {
  const data = columnOf(table, column);
  return (transforms[meaning] ?? [undefined]).map((transform) => {
    const codes = transform === undefined ? data.codes : new Uint32Array(table.rows);
    if (transform !== undefined) {
      const change = transformation(transform);
      const found = stringTable(['']);
      const known = new Int32Array(data.values.length).fill(-1);
      for (let i = 0; i < table.rows; i++) {
        const code = data.codes[i]!;
        if (known[code]! < 0) known[code] = addString(found, change(data.values[code]!));
        codes[i] = known[code]!;
      }
    }
    return { column, codes, strong: strongMeanings.has(meaning), key: { column, ...(transform === undefined ? {} : { transform }) } };
  });
}

function combined(a: Uint32Array, b: Uint32Array): Uint32Array {
  const pairs = pairTable(a.length);
  const codes = new Uint32Array(a.length);
  for (let i = 0; i < a.length; i++) if (a[i] !== 0 && b[i] !== 0) codes[i] = addPair(pairs, a[i]!, b[i]!);
  return codes;
}

function pairsWithin(codes: Uint32Array): number {
  let highest = 0;
  for (let i = 0; i < codes.length; i++) if (codes[i]! > highest) highest = codes[i]!;
  const counts = new Uint32Array(highest + 1);
  let pairs = 0;
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i]!;
    if (code !== 0) pairs += counts[code]!++;
  }
  return pairs;
}
