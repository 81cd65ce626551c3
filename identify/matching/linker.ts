import { comparisons } from './comparisons/catalogue.ts';
import { type Comparator, MISSING } from './comparisons/comparison.ts';
import { type FieldValues, fieldValues } from './field-values.ts';
import type { Learned } from './learned.ts';
import { hashPair } from './pair-table.ts';
import type { Field, Level, Settings } from './settings.ts';
import { sharedUint32 } from './shared-memory.ts';
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
  /** Absent where comparing costs no more than remembering. */
  memo?: Memo;
  /** Whether the same code is always level 0: with one column it is. */
  single: boolean;
}

/** Remembers the levels of value pairs: a direct-mapped cache, so that its size is bounded whatever the data. */
interface Memo {
  mask: number;
  /** `entries[slot * 3 …]`: left, right, level. */
  entries: Uint32Array;
}

export function levelsOf(field: Field): readonly Level[] {
  return field.levels ?? comparisons[field.comparison].levels;
}

export interface BindOptions {
  /** Records may be added later. */
  forNewRows?: boolean;
  /** Values are as common as they were at training; without it, as they are in the table. */
  learned?: Learned;
}

/** Fields whose columns the table has, with their values; throws on a comparison given too few or too many columns. */
export function bind(table: Table, settings: Settings, options: BindOptions = {}): Linker {
  const fields = settings.fields.map((field) => bindField(table, field, options));
  const width = fields.length;
  const codes = sharedUint32(table.rows * width);
  fields.forEach(({ values }, f) => {
    for (let i = 0, at = f; i < table.rows; i++, at += width) codes[at] = values.rows[i]!;
    // From here on they stand in the codes of all fields.
    values.rows = NO_ROWS;
  });
  return { table, settings, fields, codes, width };
}

const NO_ROWS = new Uint32Array(0);

function bindField(table: Table, field: Field, { forNewRows, learned }: BindOptions): BoundField {
  const comparison = comparisons[field.comparison];
  const [fewest, most] = comparison.columns;
  // A trailing column that the table lacks would only cost time; one in the first place has to stay.
  let columns = field.columns;
  while (columns.length > fewest && table.columns[columns.at(-1)!] === undefined) columns = columns.slice(0, -1);
  if (columns.length < fewest || columns.length > most) {
    throw new Error(`Field "${field.name}": comparison "${field.comparison}" reads ${fewest} to ${most} columns, not ${columns.length}.`);
  }
  return boundField(field, fieldValues(table, columns, { forNewRows, learned: learned?.fields.find(({ name }) => name === field.name) }));
}

/** A field with what its comparison makes of the values. */
export function boundField(field: Field, values: FieldValues): BoundField {
  const comparison = comparisons[field.comparison];
  const levels = levelsOf(field);
  // No larger than stays near the processor: a visit to far memory costs as much as most comparisons.
  const slots = values.count < 2_000 ? 1 << 13 : 1 << 15;
  return {
    field,
    levels,
    values,
    comparator: comparison.build(values, levels),
    single: values.width === 1,
    ...(comparison.cheap ? {} : { memo: { mask: slots - 1, entries: new Uint32Array(slots * 3) } }),
  };
}

/** Level of two codes of a field, remembered; {@link MISSING} where either is 0. */
export function levelOf(field: BoundField, a: number, b: number): number {
  if (a === 0 || b === 0) return MISSING;
  if (a === b && field.single) return 0;
  const left = a < b ? a : b;
  const right = a < b ? b : a;
  const { memo } = field;
  if (memo === undefined) return field.comparator.compare(left, right);
  const { entries } = memo;
  const at = (hashPair(left, right) & memo.mask) * 3;
  if (entries[at] === left && entries[at + 1] === right) return entries[at + 2]!;
  const level = field.comparator.compare(left, right);
  entries[at] = left;
  entries[at + 1] = right;
  entries[at + 2] = level;
  return level;
}

/** Whether two rows differ in a column in which a pair must agree (missing agrees with everything), or are of one clean source. */
export function mustNotMeet({ table, settings }: Linker): (i: number, j: number) => boolean {
  const { mustAgree } = settings.constraints;
  const columns = mustAgree.flatMap((name) => table.columns[name] ?? []);
  const clean = cleanSourceOf(table, settings);
  if (columns.length === 0 && clean === undefined) return () => false;
  return (i, j) => {
    if (clean !== undefined && clean(i) !== 0 && clean(i) === clean(j)) return true;
    for (const { codes } of columns) if (codes[i] !== 0 && codes[j] !== 0 && codes[i] !== codes[j]) return true;
    return false;
  };
}

/** The source of a row where it is one that holds each entity once, else 0; undefined where there is no such source. */
export function cleanSourceOf(table: Table, { constraints }: Pick<Settings, 'constraints'>): ((row: number) => number) | undefined {
  const { atMostOnePerSource: name, cleanSources } = constraints;
  const column = name === undefined ? undefined : table.columns[name];
  if (column === undefined) return undefined;
  // The column's codes may be replaced by longer ones as rows come, and new sources may come with them.
  if (cleanSources === undefined) return (row) => column.codes[row]!;
  const wanted = new Set(cleanSources);
  const clean: boolean[] = [];
  return (row) => {
    const code = column.codes[row]!;
    clean[code] ??= wanted.has(column.values[code]!);
    return clean[code] ? code : 0;
  };
}
