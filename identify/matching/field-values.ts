import { fingerprint, fingerprintOfAll } from './fingerprint.ts';
import { type Frequency, frequencyIn, frequencyOf, type LearnedFrequency, learnedFrequency, UNSEEN } from './frequency.ts';
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
  /** How common each code is to comparisons: as in this table, or as when the model was trained. */
  terms: Frequency;
  /** `partTerms[k]`: the same of the values in column k. */
  partTerms: Frequency[];
  /** How common the words in them were when the model was trained; absent where this table says it. */
  tokens?: LearnedFrequency;
  /** Combines column codes two by two; kept only where new records are to be looked up. */
  tables: PairTable[];
}

/** What a model keeps of how common the values of a field were. */
export interface LearnedField {
  name: string;
  /** Of the values of its columns together. */
  whole: LearnedFrequency;
  /** Of each column's, where it has several. */
  parts: Record<string, LearnedFrequency>;
  tokens?: LearnedFrequency;
}

/** With `learned`, values are as common as they were when a model was trained; without, as they are in the table. */
export function fieldValues(
  table: Table,
  columnNames: readonly string[],
  { forNewRows = false, learned }: { forNewRows?: boolean; learned?: LearnedField } = {},
): FieldValues {
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
  const partCounts = columns.length === 1 ? [counts] : columns.map((column) => tally(column.codes, column.values.length - 1));
  const bare = {
    count,
    rows,
    width: columns.length,
    parts: sideBySide(partsOf(tables, count), count),
    texts: columns.map((column) => column.values),
    counts,
    partCounts,
    present: table.rows - counts[0]!,
    tables: forNewRows ? tables : [],
  };
  if (!learned) {
    const terms = frequencyOf(counts);
    return { ...bare, terms, partTerms: columns.length === 1 ? [terms] : partCounts.map(frequencyOf) };
  }
  const spare = (codes: number) => (forNewRows ? SPARE + Math.ceil(codes / 3) : 0);
  const terms = frequencyIn(learned.whole, count, (code) => wholePrint(bare, code), spare(count));
  const partTerms = columnNames.map((name, k) => {
    if (columns.length === 1) return terms;
    const codes = columns[k]!.values.length - 1;
    return frequencyIn(learned.parts[name] ?? UNSEEN, codes, (code) => fingerprint(columns[k]!.values[code]!), spare(codes));
  });
  return { ...bare, terms, partTerms, ...(learned.tokens ? { tokens: learned.tokens } : {}) };
}

/** Room for so many values that come later, and a third of those there are: a file that grows more is trained anew. */
const SPARE = 1_024;

/** What a model keeps of a field. */
export function learnedField(name: string, columnNames: readonly string[], values: FieldValues, tokens?: LearnedFrequency): LearnedField {
  const whole = learnedFrequency(values.terms, (code) => wholePrint(values, code));
  const parts =
    values.width === 1 ? [] : values.partTerms.map((terms, k) => learnedFrequency(terms, (code) => fingerprint(values.texts[k]![code]!)));
  return { name, whole, parts: Object.fromEntries(parts.map((part, k) => [columnNames[k]!, part])), ...(tokens ? { tokens } : {}) };
}

/** The fingerprint of the values that a code stands for. */
export function wholePrint({ width, parts, texts }: Pick<FieldValues, 'width' | 'parts' | 'texts'>, code: number): number {
  if (width === 1) return fingerprint(texts[0]![code]!);
  return fingerprintOfAll(texts.map((column, k) => column[parts[code * width + k]!]!));
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
