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

/** At most `most` rows of a table, spread evenly over it, with the values that they have. */
export function sampled(table: Table, most: number): Table {
  const step = Math.ceil(table.rows / most);
  if (step <= 1) return table;
  const rows = Math.floor(table.rows / step);
  const columns = Object.entries(table.columns).map(([name, { codes, values }]) => {
    const known = new Uint32Array(values.length);
    const taken = new Uint32Array(rows);
    const distinct = [''];
    for (let row = 0; row < rows; row++) {
      const code = codes[row * step]!;
      if (code !== 0 && known[code] === 0) known[code] = distinct.push(values[code]!) - 1;
      taken[row] = known[code]!;
    }
    return [name, { codes: taken, values: distinct }] as const;
  });
  return { rows, columns: Object.fromEntries(columns) };
}

/** Records as plain objects, folded and interned: the short way in for a parsed file. Columns are those of all records together. */
export function tableOf(records: readonly Record<string, string | null | undefined>[]): Table {
  const names = new Set(records.flatMap((record) => Object.keys(record)));
  return {
    rows: records.length,
    columns: Object.fromEntries([...names].map((name) => [name, intern(records.map((record) => fold(record[name] ?? '')))])),
  };
}

/** Lower case without diacritics (ñ becomes n) and without spaces at the ends or doubled: `' Muñoz  Gil'` → `'munoz gil'`. */
export function fold(value: string): string {
  return value
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}
