// What a model learns from: columns of numbers and of categories, each as long as there are rows.

/** A column of amounts. A missing one is NaN; infinite ones count as missing too. */
export interface NumberColumn {
  kind: 'number';
  values: Float64Array | Float32Array | Int32Array | Uint32Array | Uint16Array | Uint8Array;
}

/** A column of one word a row: a place in `labels`, or −1 where it is missing. Models remember labels, not places. */
export interface CategoryColumn {
  kind: 'category';
  codes: Int32Array;
  labels: readonly string[];
}

export type Column = NumberColumn | CategoryColumn;

/** Columns by name; the name of a column is the name of the feature in every explanation. */
export interface Table {
  rows: number;
  columns: Readonly<Record<string, Column>>;
}

/** @param values One a row; null, undefined and NaN are missing. */
export function numberColumn(values: ArrayLike<number | null | undefined>): NumberColumn {
  const numbers = new Float64Array(values.length);
  for (let i = 0; i < numbers.length; i++) numbers[i] = values[i] ?? Number.NaN;
  return { kind: 'number', values: numbers };
}

/** @param words One a row; null, undefined and the empty word are missing. Labels are sorted, so that equal data give equal models. */
export function categoryColumn(words: ArrayLike<string | null | undefined>): CategoryColumn {
  const places = new Map<string, number>();
  for (let i = 0; i < words.length; i++) if (words[i]) places.set(words[i]!, 0);
  const labels = [...places.keys()].toSorted();
  labels.forEach((label, place) => places.set(label, place));
  const codes = new Int32Array(words.length);
  for (let i = 0; i < words.length; i++) codes[i] = words[i] ? places.get(words[i]!)! : -1;
  return { kind: 'category', codes, labels };
}

/** @throws RangeError if a column is not as long as the others. */
export function tableOfColumns(columns: Readonly<Record<string, Column>>): Table {
  const names = Object.keys(columns);
  const rows = names.length > 0 ? lengthOf(columns[names[0]!]!) : 0;
  for (const name of names) {
    const length = lengthOf(columns[name]!);
    if (length !== rows) throw new RangeError(`The column ${name} has ${length} rows and the first one ${rows}.`);
  }
  return { rows, columns };
}

/** The rows asked for, in that order; a row may be asked for twice. */
export function takeRows(table: Table, rows: ArrayLike<number>): Table {
  const columns: Record<string, Column> = {};
  for (const [name, column] of Object.entries(table.columns)) {
    if (column.kind === 'category') {
      const codes = new Int32Array(rows.length);
      for (let i = 0; i < rows.length; i++) codes[i] = column.codes[rows[i]!]!;
      columns[name] = { ...column, codes };
    } else {
      const values = new Float64Array(rows.length);
      for (let i = 0; i < rows.length; i++) values[i] = column.values[rows[i]!]!;
      columns[name] = { kind: 'number', values };
    }
  }
  return { rows: rows.length, columns };
}

/**
 * For each code of the column, the place its label has in `labels`, or −1 where that list does not know it: what a model
 * needs to read a table whose labels stand in another order than those it learned from.
 */
export function placesOfLabels(column: CategoryColumn, labels: readonly string[]): Int32Array {
  const known = new Map(labels.map((label, place) => [label, place]));
  return Int32Array.from(column.labels, (label) => known.get(label) ?? -1);
}

/** The column a model learned under this name. @throws RangeError if the table has none, or one of another kind. */
export function columnOf<K extends Column['kind']>(table: Table, name: string, kind: K): Extract<Column, { kind: K }> {
  const column = table.columns[name];
  if (!column) throw new RangeError(`The model needs the column ${name}, and the table has none.`);
  if (column.kind !== kind) throw new RangeError(`The model learned ${name} as a ${kind}, and the table has a ${column.kind}.`);
  return column as Extract<Column, { kind: K }>;
}

const lengthOf = (column: Column) => (column.kind === 'category' ? column.codes.length : column.values.length);
