import { dateOf } from './prepare-date.ts';
import { fieldValues } from './field-values.ts';
import type { Learned } from './learned.ts';
import { knownSplitter, nameSplitter, twoSurnames } from './prepare-full-name.ts';
import { cleaners } from './prepare-values.ts';
import { knownRareWords, rareWords } from './rare-words.ts';
import type { Preparation, Settings } from './settings.ts';
import { sharedUint32 } from './shared-memory.ts';
import { type Column, columnOf, type Table } from './table.ts';
import { addString, stringTable } from './string-table.ts';

/** Makes the value of a prepared column from the values it is made from. */
export type Preparer = (values: readonly string[]) => string;

/** A table with the columns that the settings prepare, and what made them, for records that come later. */
export interface Prepared {
  table: Table;
  preparers: { column: string; from: readonly string[]; make: Preparer }[];
  /** What of it the file taught: kept with the model that was trained on it. */
  learned(): LearnedColumns;
}

export type LearnedColumns = Pick<Learned, 'names' | 'words'>;

/**
 * The columns as they came that a column goes back to, through whatever cleaned it. What takes a value apart (a full name, its
 * words) begins a line of its own: `parts` says whether to look behind that too.
 */
export function lineOf({ prepare: steps }: Pick<Settings, 'prepare'>, column: string, parts: boolean): string[] {
  const step = steps.find((one) => columnsMade(one).includes(column));
  if (step === undefined || (!parts && takesApart.has(step.as))) return [column];
  return step.from.flatMap((name) => lineOf({ prepare: steps.slice(0, steps.indexOf(step)) }, name, parts));
}

const takesApart = new Set<Preparation['as']>([
  'given',
  'surname',
  'second-surname',
  'surname-first',
  'surname-last',
  'company-part',
  'rare-words',
]);

/** Columns that a preparation makes. */
export function columnsMade({ column, as, at }: Preparation): string[] {
  return as === 'rare-words' ? Array.from({ length: at ?? MOST_RARE_WORDS }, (_, k) => `${column}${k + 1}`) : [column];
}

const MOST_RARE_WORDS = 6;

const kept = new WeakMap<Table, { text: string; learned: LearnedColumns | undefined; prepared: Prepared }>();
/** Columns made before for a table, by the steps that led to them: a proposal tries many steps one by one. */
const madeBefore = new WeakMap<Table, Map<string, { columns: Column[]; made: Made }>>();

/** Preparers with what the file taught them. */
interface Made {
  makers: Preparer[];
  learned?: () => { names: Omit<Learned['names'][number], 'from'> } | { words: Omit<Learned['words'][number], 'from'> };
}

/** A step with those it builds on, as text. */
function chainOf(steps: readonly Preparation[], at: number): string {
  const step = steps[at]!;
  const before = step.from.map((name) => {
    const k = steps.findLastIndex((one, j) => j < at && columnsMade(one).includes(name));
    return k < 0 ? '' : chainOf(steps, k);
  });
  return JSON.stringify([step, before]);
}

/**
 * Adds the prepared columns to a table, in the order of the settings: one may be made from another. The table itself is left as it is.
 * With `learned`, as a model's file taught it; without, as this table does.
 */
export function prepare(table: Table, { prepare: steps }: Pick<Settings, 'prepare'>, learned?: LearnedColumns): Prepared {
  if (steps.length === 0) return { table, preparers: [], learned: () => ({ names: [], words: [] }) };
  const text = JSON.stringify(steps);
  const known = kept.get(table);
  if (known?.text === text && known.learned === learned) return known.prepared;
  const own: Table = { rows: table.rows, columns: { ...table.columns } };
  const before = (learned ? undefined : madeBefore.get(table)) ?? new Map<string, { columns: Column[]; made: Made }>();
  const after: typeof before = new Map();
  const results: { from: readonly string[]; made: Made }[] = [];
  const preparers = steps.flatMap((step, at) => {
    const chain = chainOf(steps, at);
    let result = before.get(chain);
    if (result === undefined) {
      const making = preparersOf(own, step, learned);
      result = { made: making, columns: making.makers.map((make) => made(own, step.from, make)) };
    }
    after.set(chain, result);
    results.push({ from: step.from, made: result.made });
    return columnsMade(step).map((column, k) => {
      own.columns[column] = result.columns[k]!;
      return { column, from: step.from, make: result.made.makers[k]! };
    });
  });
  if (!learned) madeBefore.set(table, after);
  const prepared = { table: own, preparers, learned: () => learned ?? learnedOf(results) };
  kept.set(table, { text, learned, prepared });
  return prepared;
}

/** What was learned from the same columns is kept once. */
function learnedOf(results: readonly { from: readonly string[]; made: Made }[]): LearnedColumns {
  const all: LearnedColumns = { names: [], words: [] };
  for (const { from, made: making } of results) {
    const learned = making.learned?.();
    if (!learned) continue;
    const known = (list: readonly { from: string[] }[]): boolean => list.some((one) => sameColumns(one.from, from));
    if ('names' in learned) {
      if (!known(all.names)) all.names.push({ from: [...from], ...learned.names });
    } else if (!known(all.words)) all.words.push({ from: [...from], ...learned.words });
  }
  return all;
}

const sameColumns = (a: readonly string[], b: readonly string[]): boolean => a.join('\n') === b.join('\n');

/** The table with what these steps make. */
export function preparedBy(table: Table, steps: readonly Preparation[]): Table {
  return prepare(table, { prepare: [...steps] }).table;
}

/** The record with its prepared columns. */
export function prepareRecord({ preparers }: Pick<Prepared, 'preparers'>, record: Record<string, string>): Record<string, string> {
  if (preparers.length === 0) return record;
  const out = { ...record };
  for (const { column, from, make } of preparers) out[column] = make(from.map((name) => out[name] ?? ''));
  return out;
}

function preparersOf(table: Table, step: Preparation, learned: LearnedColumns | undefined): Made {
  const { as, from } = step;
  switch (as) {
    case 'rare-words': {
      const count = columnsMade(step).length;
      const known = learned?.words.find((one) => sameColumns(one.from, from));
      if (known) return { makers: knownRareWords(known, count) };
      const own = rareWords(table, from, count);
      return { makers: own.makers, learned: () => ({ words: own.learned() }) };
    }
    case 'given':
    case 'surname':
    case 'second-surname':
    case 'company-part': {
      const known = learned?.names.find((one) => sameColumns(one.from, from));
      const own = known ? undefined : nameSplitter(from.map((name) => columnOf(table, name)));
      const split = known ? knownSplitter(known) : own!.split;
      return {
        makers: [(values) => split(values.find((value) => value !== '') ?? '')[as]],
        ...(own ? { learned: () => ({ names: own.learned() }) } : {}),
      };
    }
    default:
      return { makers: [preparerOf({ ...step, as })] };
  }
}

/** What makes a value of a value alone, whatever the others are. */
type PlainPreparation = Exclude<Preparation['as'], 'rare-words' | 'given' | 'surname' | 'second-surname' | 'company-part'>;

function preparerOf(step: Preparation & { as: PlainPreparation }): Preparer {
  switch (step.as) {
    case 'constant':
      return () => 'all';
    case 'first':
      return (values) => values.find((value) => value !== '') ?? '';
    case 'joined':
      return (values) => values.filter((value) => value !== '').join(' ');
    case 'date':
      return dateOf(step.order ?? 'ymd');
    case 'surname-first':
    case 'surname-last': {
      const at = step.as === 'surname-first' ? 0 : 1;
      return (values) => twoSurnames(values.find((value) => value !== '') ?? '')[at];
    }
    default: {
      const clean = cleaners[step.as];
      return (values) => clean(values.find((value) => value !== '') ?? '');
    }
  }
}

/** The made column, each distinct value (or combination of values) made once. */
function made(table: Table, from: readonly string[], make: Preparer): Column {
  const columns = from.map((name) => columnOf(table, name));
  if (columns.length === 1) {
    const [{ codes, values }] = columns as [Column];
    return recoded(
      codes,
      values,
      values.map((value) => make([value])),
    );
  }
  const { rows, count, texts, parts } = fieldValues(table, from);
  const width = texts.length;
  return recoded(
    rows,
    [''],
    Array.from({ length: count + 1 }, (_, code) => make(texts.map((column, k) => column[code === 0 ? 0 : parts[code * width + k]!]!))),
  );
}

/** The column in which code c has become `after[c]`. What stays as it was costs nothing: most values do. */
function recoded(codes: Uint32Array, before: string[], after: readonly string[]): Column {
  let changed = 0;
  for (let code = 0; code < after.length; code++) if (after[code] !== before[code]) changed++;
  if (changed === 0) return { codes, values: before };
  const most = changed * 2 > after.length;
  const strings = most ? stringTable([''], after.length) : stringTable(before.slice(), after.length);
  const map = new Uint32Array(after.length);
  for (let code = 0; code < after.length; code++) {
    map[code] = !most && after[code] === before[code] ? code : addString(strings, after[code]!);
  }
  const mapped = sharedUint32(codes.length);
  for (let i = 0; i < codes.length; i++) mapped[i] = map[codes[i]!]!;
  return { codes: mapped, values: strings.values };
}
