import { type Blocks, blocksOf } from './block.ts';
import { type Clusters, groupsOf } from './cluster.ts';
import { addCombination, type LearnedField, wholePrint } from './field-values.ts';
import { fingerprint } from './fingerprint.ts';
import { type Frequency, type LearnedFrequency, rowsByFingerprint } from './frequency.ts';
import { bind, type Linker, mustNotMeet } from './linker.ts';
import type { Model } from './model.ts';
import { keysOfRecord } from './key-finder.ts';
import { enlarged } from './pair-table.ts';
import { type Prepared, prepare, prepareRecord } from './prepare.ts';
import { type Scorer, scorerOf } from './score.ts';
import { columnsRead } from './settings.ts';
import { addString, type StringTable, stringTable } from './string-table.ts';
import { columnOf, type Table } from './table.ts';

/** A linked table that new records can be held against, one by one. Opaque: built by {@link buildIndex}, used by lookup and linkNew. */
export interface LinkIndex {
  model: Model;
  /** What makes the prepared columns of a new record. */
  preparers: Prepared['preparers'];
  linker: Linker;
  scorer: Scorer;
  blocks: Blocks;
  groups: ReturnType<typeof groupsOf>;
  threshold: number;
  /** Rows so far; rows added later follow those of the table. */
  rows: number;
  /** Finds a value's code, by column. */
  strings: Map<string, StringTable>;
  /** Rows added later, by key, one map a blocking rule. */
  later: Map<number, number[]>[];
  removed: Set<number>;
  mustNotMeet: (i: number, j: number) => boolean;
  /** Says how common values that the table did not have were when the model was trained. */
  newValues: NewValues[];
}

/** A frequency that has been filled in up to a code. */
interface NewValues {
  field: number;
  /** Of a column of the field; -1 of its values together. */
  part: number;
  frequency: Frequency;
  upTo: number;
  rowsOf: (fingerprint: number) => number;
}

/** Keys of one row in every slot of every rule. */
export type RowKeys = number[][];

/**
 * Prepares a linked table for single records. Copies what it will change: the table and the clusters stay as they are. At
 * 1,000,000 rows it takes about a second and some hundred bytes a row.
 */
export function buildIndex(table: Table, model: Model, clusters: Clusters): LinkIndex {
  const { settings } = model;
  const names = columnsRead(settings);
  const { learned } = model;
  const prepared = prepare(table, settings, learned);
  const own: Table = { rows: table.rows, columns: {} };
  for (const name of names) {
    // A column that is missing everywhere now may be filled by the first new record.
    const { codes, values } = columnOf(prepared.table, name);
    own.columns[name] = { codes: codes.slice(), values: values.slice() };
  }
  const linker = bind(own, settings, { forNewRows: true, learned });
  const scorer = scorerOf(linker, model);
  const groups = groupsOf(linker, scorer, table.rows);
  clusters.cluster.forEach((label, row) => {
    if (label !== row) groups.unite(label, row);
  });
  const blocks = blocksOf(own, settings, { forNewRows: true, learned: learned?.blocks });
  const index: LinkIndex = {
    model,
    preparers: prepared.preparers,
    linker,
    scorer,
    blocks,
    groups,
    threshold: clusters.threshold,
    rows: table.rows,
    strings: new Map([...names].map((name) => [name, stringTable(own.columns[name]!.values)])),
    later: blocks.rules.map(() => new Map()),
    removed: new Set(),
    mustNotMeet: mustNotMeet(linker),
    newValues: newValuesOf(linker, learned?.fields ?? []),
  };
  // Room for new rows is made now, not when the first comes and somebody waits.
  writeRow(index, table.rows, {});
  groups.add(table.rows);
  return index;
}

/** What of the model's frequencies the table's values do not show; nothing where it has none of its own. */
function newValuesOf({ fields }: Linker, learned: readonly LearnedField[]): NewValues[] {
  return fields.flatMap(({ field: { name, columns }, values }, field) => {
    const known = learned.find((one) => one.name === name);
    if (known === undefined) return [];
    const of = (part: number, frequency: Frequency, from: LearnedFrequency | undefined, upTo: number): NewValues[] =>
      from && from.values.length > 0 ? [{ field, part, frequency, upTo, rowsOf: rowsByFingerprint(from) }] : [];
    const parts =
      values.width === 1 ? [] : values.partTerms.map((terms, k) => of(k, terms, known.parts[columns[k]!], values.texts[k]!.length - 1));
    return [...of(-1, values.terms, known.whole, values.count), ...parts.flat()];
  });
}

/** Fills in how common the values given codes since were at training. */
function lookUpNewValues({ newValues, linker }: LinkIndex): void {
  for (const known of newValues) {
    const { values } = linker.fields[known.field]!;
    const last = known.part < 0 ? values.count : values.texts[known.part]!.length - 1;
    while (known.upTo < last) {
      const code = ++known.upTo;
      while (code >= known.frequency.rows.length) known.frequency.rows = enlarged(known.frequency.rows);
      known.frequency.rows[code] = known.rowsOf(known.part < 0 ? wholePrint(values, code) : fingerprint(values.texts[known.part]![code]!));
    }
  }
}

/** Writes a record into row `row` (the one after the last, or one to change), giving new values codes. */
export function writeRow(index: LinkIndex, row: number, record: Record<string, string>): void {
  const { linker, strings } = index;
  const { table, fields, width } = linker;
  const ready = prepareRecord(index, record);
  for (const [name, found] of strings) {
    const column = table.columns[name]!;
    while (row >= column.codes.length) column.codes = enlarged(column.codes);
    column.codes[row] = addString(found, ready[name] ?? '');
  }
  while ((row + 1) * width > linker.codes.length) linker.codes = enlarged(linker.codes);
  for (let f = 0; f < width; f++) {
    const { field, values } = fields[f]!;
    const columns = field.columns.slice(0, values.width);
    linker.codes[row * width + f] = addCombination(
      values,
      columns.map((name) => table.columns[name]!.codes[row]!),
    );
  }
  lookUpNewValues(index);
}

/** The blocking keys of a written row; with `add`, new keys are given codes. */
export function keysOfRow({ blocks, linker }: LinkIndex, row: number, add: boolean): RowKeys {
  const { columns } = linker.table;
  const codeIn = (name: string): number => columns[name]!.codes[row]!;
  const valueIn = (name: string): string => columns[name]!.values[codeIn(name)]!;
  return blocks.rules.map((rule) => keysOfRecord(rule.finder!, codeIn, valueIn, add));
}

export function listUnder(index: LinkIndex, row: number, keys: RowKeys): void {
  keys.forEach((slots, r) => {
    for (const key of new Set(slots)) {
      if (key === 0) continue;
      const rows = index.later[r]!.get(key);
      if (rows) rows.push(row);
      else index.later[r]!.set(key, [row]);
    }
  });
}

/** Rows that share a key with these keys, each once, without removed ones and without `self`. */
export function neighbours(index: LinkIndex, keys: RowKeys, self: number): Set<number> {
  const found = new Set<number>();
  const { blocks, removed } = index;
  keys.forEach((slots, r) => {
    const { starts, members, keyCount } = blocks.rules[r]!;
    for (const key of slots) {
      if (key === 0) continue;
      if (key <= keyCount) for (let at = starts[key]!; at < starts[key + 1]!; at++) found.add(members[at]!);
      for (const row of index.later[r]!.get(key) ?? []) found.add(row);
    }
  });
  found.delete(self);
  if (removed.size < found.size) for (const row of removed) found.delete(row);
  else for (const row of found) if (removed.has(row)) found.delete(row);
  return found;
}
