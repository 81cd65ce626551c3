import { addPair, enlarged, findPair, type PairTable, pairsByCode, pairTable } from './pair-table.ts';
import { sharedUint32 } from './shared-memory.ts';
import { columnOf, type Table } from './table.ts';

/**
 * The values of one field, one code for each distinct combination of its columns, so that every comparison is of two
 * numbers and can be remembered by them. Code 0: all its columns are missing.
 */
export interface FieldValues {
  /** Distinct combinations; codes run from 1 to this. */
  count: number;
  /** Code of each row; empty once a linker has them. */
  rows: Uint32Array;
  /** Columns. */
  width: number;
  /** `parts[code * width + k]`: the code in column k. Side by side, because a comparison reads them all. */
  parts: Uint32Array;
  /** `texts[k][partCode]`: the strings of column k. */
  texts: string[][];
  /** Rows with each code. */
  counts: Uint32Array;
  /** `partCounts[k][partCode]`: rows with that value in column k. */
  partCounts: Uint32Array[];
  /** Rows with a code other than 0. */
  present: number;
  /** Combines column codes two by two; kept only where new records are to be looked up. */
  tables: PairTable[];
}

export function fieldValues(table: Table, columnNames: readonly string[], forNewRows = false): FieldValues {
  const columns = columnNames.map((name) => columnOf(table, name));
  const tables: PairTable[] = [];
  let rows = columns[0]!.codes;
  let count = columns[0]!.values.length - 1;
  for (const column of columns.slice(1)) {
    const pairs = pairTable(Math.min(table.rows, count * 2));
    const combined = sharedUint32(table.rows);
    const { codes } = column;
    for (let i = 0; i < table.rows; i++) {
      const left = rows[i]!;
      const right = codes[i]!;
      if (left !== 0 || right !== 0) combined[i] = addPair(pairs, left, right);
    }
    tables.push(pairs);
    rows = combined;
    count = pairs.size;
  }
  const counts = tally(rows, count);
  return {
    count,
    rows,
    width: columns.length,
    parts: sideBySide(partsOf(tables, count), count),
    texts: columns.map((column) => column.values),
    counts,
    partCounts: columns.length === 1 ? [counts] : columns.map((column) => tally(column.codes, column.values.length - 1)),
    present: table.rows - counts[0]!,
    tables: forNewRows ? tables : [],
  };
}

/** The code of a combination of column codes; given now if it is new. */
export function addCombination(values: FieldValues, codes: readonly number[]): number {
  if (values.tables.length === 0) {
    const code = codes[0]!;
    if (code > values.count) {
      values.count = code;
      while (code >= values.parts.length) values.parts = enlarged(values.parts);
      values.parts[code] = code;
    }
    return code;
  }
  let combined = codes[0]!;
  for (let k = 1; k < codes.length; k++) {
    const right = codes[k]!;
    combined = combined === 0 && right === 0 ? 0 : addPair(values.tables[k - 1]!, combined, right);
  }
  if (combined > values.count) {
    values.count = combined;
    while ((combined + 1) * values.width > values.parts.length) values.parts = enlarged(values.parts);
    values.parts.set(codes, combined * values.width);
  }
  return combined;
}

/** The code of a combination, or -1 if no row has it. */
export function findCombination(values: FieldValues, codes: readonly number[]): number {
  let combined = codes[0]!;
  for (let k = 1; k < codes.length; k++) {
    const right = codes[k]!;
    if (combined === 0 && right === 0) continue;
    combined = findPair(values.tables[k - 1]!, combined, right);
    if (combined === 0) return -1;
  }
  return combined;
}

/** Counts one more row (or, with -1, one less) with this code in the term frequencies. */
export function countRow(values: FieldValues, code: number, change: 1 | -1): void {
  if (code === 0) return;
  values.present += change;
  if (code >= values.counts.length) {
    const shared = values.partCounts[0] === values.counts;
    while (code >= values.counts.length) values.counts = enlarged(values.counts);
    if (shared) values.partCounts[0] = values.counts;
  }
  values.counts[code]! += change;
  if (values.width === 1) return;
  for (let k = 0; k < values.width; k++) {
    const part = values.parts[code * values.width + k]!;
    reserve(values.partCounts, k, part);
    if (part !== 0) values.partCounts[k]![part]! += change;
  }
}

function reserve(arrays: Uint32Array[], k: number, index: number): void {
  while (index >= arrays[k]!.length) arrays[k] = enlarged(arrays[k]!);
}

function partsOf(tables: PairTable[], count: number): Uint32Array[] {
  if (tables.length === 0) return [upTo(count + 1)];
  const { lefts, rights } = pairsByCode(tables.at(-1)!);
  if (tables.length === 1) return [lefts, rights];
  const inner = partsOf(tables.slice(0, -1), tables.at(-2)!.size);
  const expanded = inner.map((part) => {
    const out = new Uint32Array(count + 1);
    for (let code = 1; code <= count; code++) out[code] = part[lefts[code]!]!;
    return out;
  });
  return [...expanded, rights];
}

function sideBySide(parts: readonly Uint32Array[], count: number): Uint32Array {
  const width = parts.length;
  if (width === 1) return parts[0]!;
  const flat = sharedUint32((count + 1) * width);
  parts.forEach((part, k) => {
    for (let code = 1; code <= count; code++) flat[code * width + k] = part[code]!;
  });
  return flat;
}

/** 0, 1, 2 … */
export function upTo(length: number): Uint32Array {
  const numbers = sharedUint32(length);
  for (let n = 0; n < length; n++) numbers[n] = n;
  return numbers;
}

function tally(codes: Uint32Array, highest: number): Uint32Array {
  const counts = sharedUint32(highest + 1);
  for (let i = 0; i < codes.length; i++) counts[codes[i]!]!++;
  return counts;
}
