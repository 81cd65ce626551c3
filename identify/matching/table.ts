/** One column, interned: row `i` holds `values[codes[i]]`. Code 0 is always the empty string and means "missing". */
export interface Column {
  codes: Uint32Array;
  values: string[];
}

/** Columnar input. Every column has `rows` codes; a column that settings name and the table lacks counts as missing everywhere. */
export interface Table {
  rows: number;
  columns: Record<string, Column>;
}

/** Interns plain strings, in order. Empty strings become code 0. */
export function intern(values: Iterable<string>): Column {
  const codeOf = new Map<string, number>([['', 0]]);
  const distinct = [''];
  const codes: number[] = [];
  for (const value of values) {
    let code = codeOf.get(value);
    if (code === undefined) {
      code = distinct.length;
      codeOf.set(value, code);
      distinct.push(value);
    }
    codes.push(code);
  }
  return { codes: Uint32Array.from(codes), values: distinct };
}

/** The column, or one that is missing everywhere where the table lacks it. */
export function columnOf(table: Table, name: string): Column {
  return table.columns[name] ?? { codes: new Uint32Array(table.rows), values: [''] };
}
