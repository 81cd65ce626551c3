import { upTo } from './field-values.ts';
import { columnsRead, type Settings } from './settings.ts';
import { sharedUint32 } from './shared-memory.ts';
import type { Column, Table } from './table.ts';

/** A table with its rows in another order: position → row and row → position. */
export interface Reordered {
  table: Table;
  rowAt: Uint32Array;
  positionOf: Uint32Array;
}

/** Below this everything is near enough as it is. */
const FEW_ROWS = 50_000;

/**
 * Puts rows that are likely to be compared next to each other, by the two columns that blocking uses most: comparing is mostly
 * waiting for memory, and neighbours are fetched together. Undefined where it would not pay.
 */
export function reorder(table: Table, settings: Settings): Reordered | undefined {
  if (table.rows < FEW_ROWS) return undefined;
  const uses = new Map<string, number>();
  for (const { keys } of settings.blocking) {
    if (keys.length < 2) continue;
    for (const { column } of keys) for (const name of [column].flat().slice(0, 1)) uses.set(name, (uses.get(name) ?? 0) + 1);
  }
  const columns = [...uses].filter(([name]) => name in table.columns).toSorted((a, b) => a[1] - b[1]);
  if (columns.length === 0) return undefined;
  let rowAt = upTo(table.rows);
  for (const [name] of columns.slice(-2)) rowAt = sortedBy(rowAt, table.columns[name]!);
  const positionOf = new Uint32Array(table.rows);
  for (let position = 0; position < table.rows; position++) positionOf[rowAt[position]!] = position;
  const read = columnsRead(settings);
  const moved = Object.entries(table.columns).flatMap(([name, { codes, values }]) => {
    if (!read.has(name)) return [];
    const inOrder = sharedUint32(table.rows);
    for (let position = 0; position < table.rows; position++) inOrder[position] = codes[rowAt[position]!]!;
    return [[name, { codes: inOrder, values }] as const];
  });
  return { table: { rows: table.rows, columns: Object.fromEntries(moved) }, rowAt, positionOf };
}

/**
 * Lets go of the codes that only binding and blocking read, once that is done; the texts stay. What constraints and rules compare is
 * read to the end.
 */
export function releaseCodes({ table }: Reordered, { constraints, rules }: Settings): void {
  const { conflictingIds, mustAgree, apart, atMostOnePerSource } = constraints;
  const needed = new Set([
    ...conflictingIds,
    ...mustAgree,
    ...apart.flatMap(({ unlessEqual }) => unlessEqual),
    ...rules.flatMap(({ equal }) => equal),
    ...(atMostOnePerSource === undefined ? [] : [atMostOnePerSource]),
  ]);
  for (const [name, column] of Object.entries(table.columns)) if (!needed.has(name)) column.codes = new Uint32Array(0);
}

/** Stable, by counting. */
function sortedBy(rows: Uint32Array, { codes, values }: Column): Uint32Array {
  const starts = new Uint32Array(values.length + 1);
  for (let at = 0; at < rows.length; at++) starts[codes[rows[at]!]! + 1]!++;
  for (let code = 1; code < starts.length; code++) starts[code]! += starts[code - 1]!;
  const sorted = new Uint32Array(rows.length);
  for (let at = 0; at < rows.length; at++) sorted[starts[codes[rows[at]!]!]!++] = rows[at]!;
  return sorted;
}
