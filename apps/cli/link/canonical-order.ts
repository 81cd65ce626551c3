import type { Column, Table } from '@vinculo/matching';

/** A table whose rows and values stand in an order that only its content decides. */
export interface Canonical {
  table: Table;
  /** Where each row of the file stands; rows that are alike in everything stand as they came. */
  positionOf: Uint32Array;
}

/** Beyond this, samples are so large that the order hardly shows, and sorting begins to cost. */
const MOST_ROWS = 50_000;

/**
 * Training looks at a sample of the pairs, and which it draws depends on how the rows lie. Sorted by what they say, the same records
 * come to the same clusters however the file was sorted. Large tables are left as they are.
 */
export function canonicalOrder(table: Table): Canonical {
  const { rows } = table;
  if (rows > MOST_ROWS) return { table, positionOf: Uint32Array.from({ length: rows }, (_, row) => row) };
  const names = Object.keys(table.columns);
  const columns = names.map((name) => sortedValues(table.columns[name]!));
  let rowAt = Uint32Array.from({ length: rows }, (_, row) => row);
  // From the last column to the first, each sort leaving in order what it finds alike.
  for (const column of columns.toReversed()) rowAt = sortedBy(rowAt, column);
  const positionOf = new Uint32Array(rows);
  rowAt.forEach((row, position) => (positionOf[row] = position));
  const moved = columns.map(({ codes, values }, k): [string, Column] => [names[k]!, { codes: rowAt.map((row) => codes[row]!), values }]);
  return { table: { rows, columns: Object.fromEntries(moved) }, positionOf };
}

/** The column with its values sorted; the empty one stays code 0. */
function sortedValues({ codes, values }: Column): Column {
  const order = Array.from({ length: values.length - 1 }, (_, k) => k + 1).toSorted((a, b) => (values[a]! < values[b]! ? -1 : 1));
  const rank = new Uint32Array(values.length);
  order.forEach((code, k) => (rank[code] = k + 1));
  return { codes: codes.map((code) => rank[code]!), values: ['', ...order.map((code) => values[code]!)] };
}

function sortedBy(rows: Uint32Array<ArrayBuffer>, { codes, values }: Column): Uint32Array<ArrayBuffer> {
  const starts = new Uint32Array(values.length + 1);
  for (const row of rows) starts[codes[row]! + 1]!++;
  for (let code = 1; code < starts.length; code++) starts[code]! += starts[code - 1]!;
  const sorted = new Uint32Array(rows.length);
  for (const row of rows) sorted[starts[codes[row]!]!++] = row;
  return sorted;
}
