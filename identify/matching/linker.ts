import { comparisons } from './comparisons/catalogue.ts';
import { type Comparator, MISSING } from './comparisons/comparison.ts';
import { type FieldValues, fieldValues } from './field-values.ts';
import { hashPair } from './pair-table.ts';
import type { Field, Level, Settings } from './settings.ts';
import type { Table } from './table.ts';

/** Settings bound to a table: what every verb works on. */
export interface Linker {
  table: Table;
  settings: Settings;
  fields: BoundField[];
  /** Codes of all fields row by row: `codes[row * width + field]`, 0 where missing. */
  codes: Uint32Array;
  width: number;
}

export interface BoundField {
  field: Field;
  levels: readonly Level[];
  values: FieldValues;
  comparator: Comparator;
  memo: Memo;
}

/** Remembers the levels of value pairs: a direct-mapped cache, so that its size is bounded whatever the data. */
interface Memo {
  mask: number;
  lefts: Uint32Array;
  rights: Uint32Array;
  levels: Uint8Array;
}

export function levelsOf(field: Field): readonly Level[] {
  return field.levels ?? comparisons[field.comparison].levels;
}

/** Fields whose columns the table has, with their values; throws on a comparison given too few or too many columns. */
export function bind(table: Table, settings: Settings): Linker {
  const fields = settings.fields.map((field) => bindField(table, field));
  const width = fields.length;
  const codes = new Uint32Array(table.rows * width);
  fields.forEach(({ values }, f) => {
    for (let i = 0, at = f; i < table.rows; i++, at += width) codes[at] = values.rows[i]!;
  });
  return { table, settings, fields, codes, width };
}

function bindField(table: Table, field: Field): BoundField {
  const comparison = comparisons[field.comparison];
  const [fewest, most] = comparison.columns;
  // A trailing column that the table lacks would only cost time; one in the first place has to stay.
  let columns = field.columns;
  while (columns.length > fewest && table.columns[columns.at(-1)!] === undefined) columns = columns.slice(0, -1);
  if (columns.length < fewest || columns.length > most) {
    throw new Error(`Field "${field.name}": comparison "${field.comparison}" reads ${fewest} to ${most} columns, not ${columns.length}.`);
  }
  const levels = levelsOf(field);
  const values = fieldValues(table, columns);
  const slots = values.count < 2_000 ? 1 << 14 : 1 << 17;
  return {
    field,
    levels,
    values,
    comparator: comparison.build(values, levels),
    memo: { mask: slots - 1, lefts: new Uint32Array(slots), rights: new Uint32Array(slots), levels: new Uint8Array(slots) },
  };
}

/** Level of two codes of a field, remembered; {@link MISSING} where either is 0. */
export function levelOf(field: BoundField, a: number, b: number): number {
  if (a === 0 || b === 0) return MISSING;
  const left = a < b ? a : b;
  const right = a < b ? b : a;
  const { memo } = field;
  const at = hashPair(left, right) & memo.mask;
  if (memo.lefts[at] === left && memo.rights[at] === right) return memo.levels[at]!;
  const level = field.comparator.compare(left, right);
  memo.lefts[at] = left;
  memo.rights[at] = right;
  memo.levels[at] = level;
  return level;
}

/** Whether two rows differ in a column in which a pair must agree (missing agrees with everything). */
export function mustNotMeet({ table, settings }: Linker): (i: number, j: number) => boolean {
  const columns = settings.constraints.mustAgree.flatMap((name) => table.columns[name] ?? []);
  if (columns.length === 0) return () => false;
  return (i, j) => {
    for (const { codes } of columns) if (codes[i] !== 0 && codes[j] !== 0 && codes[i] !== codes[j]) return true;
    return false;
  };
}
