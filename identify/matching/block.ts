import { combine, LEFT_SEED, mixLeft, mixRight, RIGHT_SEED } from './key-hash.ts';
import { addPair, findPair, type PairTable, pairTable } from './pair-table.ts';
import type { BlockingKey, BlockingRule, Settings } from './settings.ts';
import { addString, findString, type StringTable, stringTable } from './string-table.ts';
import { columnOf, type Table } from './table.ts';
import { transformation } from './transform.ts';

/**
 * The blocking keys of every row. A rule has one slot, or several where any of some columns may agree; two rows are a
 * candidate pair of the rule when a slot of one equals a slot of the other. Key 0 agrees with nothing.
 */
export interface Blocks {
  rows: number;
  rules: RuleKeys[];
  /** Keys of all slots of all rules row by row, so that a row's keys lie in one or two cache lines. */
  keys: Uint32Array;
  /** Slots of all rules together: the width of a row in `keys`. */
  width: number;
}

export interface RuleKeys {
  rule: BlockingRule;
  /** The rule as people read it: `birth_date + surname1|surname2`. */
  label: string;
  /** Its slots are `keys[row * width + offset … + slots)`. */
  offset: number;
  slots: number;
  /** Which of its columns each part takes, slot by slot. */
  choices: number[][];
  /** Codes of the parts, to find the key of a new record. */
  parts: KeyPart[];
  /** Gives keys to hashes of several parts; absent where the only part's code is the key. */
  table?: PairTable;
  /** Keys before refinement, when the blocks were built. */
  builtSize: number;
  /** Blocks too large were split by one more column, in turn; the rest was left out. */
  refinements: { oversized: Uint8Array; table: PairTable; column: string; base: number; builtSize: number }[];
  leftOut: Uint8Array;
  keyCount: number;
  /** Rows with key k: `members[starts[k] … starts[k + 1])`, ascending. */
  starts: Uint32Array;
  members: Uint32Array;
  /** Rows in blocks that even refined were too large, and the pairs they would have brought. */
  droppedRows: number;
  droppedPairs: number;
}

interface KeyPart {
  key: BlockingKey;
  columns: string[];
  /** Column code → key code, by column; absent where they are the same. */
  maps: (Uint32Array | undefined)[];
  transform: (value: string) => string;
  /** Finds the key code of a transformed value; absent where key codes are column codes. */
  strings?: StringTable;
  size: number;
}

/**
 * With `forNewRows` rows that are alone under their key are listed too, for new records to find them; without, they are
 * passed over, which is much of the work.
 */
export function blocksOf(table: Table, settings: Settings, forNewRows = false): Blocks {
  // A deterministic rule must see its pairs whatever the blocking says.
  const rules: BlockingRule[] = [...settings.blocking];
  for (const { equal } of settings.rules) {
    const label = equal.join(' + ');
    if (!rules.some((rule) => labelOf(rule) === label)) rules.push({ keys: equal.map((column) => ({ column })) });
  }
  const present = rules.filter((rule) => rule.keys.every(({ column }) => [column].flat().some((name) => name in table.columns)));
  const parts = new Map<string, KeyPart>();
  let width = 0;
  const built = present.map((rule) => {
    const one = ruleKeys(table, settings, rule, parts, width, forNewRows);
    width += one.keys.slots;
    return one;
  });
  const keys = new Uint32Array(table.rows * width);
  for (const { keys: rule, slots } of built) {
    slots.forEach((codes, slot) => {
      for (let i = 0, at = rule.offset + slot; i < table.rows; i++, at += width) keys[at] = codes[i]!;
    });
  }
  return { rows: table.rows, rules: built.map(({ keys: rule }) => rule), keys, width };
}

export function labelOf(rule: BlockingRule): string {
  return rule.keys.map(({ column, transform }) => [column].flat().join('|') + (transform ? `[${transform}]` : '')).join(' + ');
}

function ruleKeys(table: Table, settings: Settings, rule: BlockingRule, known: Map<string, KeyPart>, offset: number, forNewRows: boolean) {
  const parts = rule.keys.map((key) => {
    const id = JSON.stringify(key);
    const part = known.get(id) ?? keyPart(table, key);
    known.set(id, part);
    return part;
  });
  const choices = combinations(parts.map((part) => part.columns.length));
  const columns = choices.map((choice) => parts.map((part, p) => keyCodes(table, part, choice[p]!)));
  const combined: { slots: Uint32Array[]; table?: PairTable } =
    parts.length > 1 ? combine(columns, table.rows, forNewRows) : { slots: columns.map(([codes]) => codes!) };
  const size = combined.table?.size ?? parts[0]!.size;
  const keys: RuleKeys = {
    rule,
    label: labelOf(rule),
    offset,
    slots: choices.length,
    choices,
    parts,
    ...(combined.table ? { table: combined.table } : {}),
    builtSize: size,
    refinements: [],
    leftOut: new Uint8Array(0),
    keyCount: size,
    starts: new Uint32Array(0),
    members: new Uint32Array(0),
    droppedRows: 0,
    droppedPairs: 0,
  };
  const kept = refine(table, settings, keys, combined.slots);
  group(keys, kept, table.rows);
  return { keys, slots: kept };
}

function keyCodes(table: Table, part: KeyPart, choice: number): Uint32Array {
  const { codes } = columnOf(table, part.columns[choice]!);
  const map = part.maps[choice];
  if (map === undefined) return codes;
  const mapped = new Uint32Array(codes.length);
  for (let i = 0; i < codes.length; i++) mapped[i] = map[codes[i]!]!;
  return mapped;
}

/** Splits blocks that would bring too many pairs by the columns of other fields, and leaves out what stays too large. */
function refine(table: Table, settings: Settings, keys: RuleKeys, slots: Uint32Array[]): Uint32Array[] {
  const limit = settings.maxBlockPairs;
  const used = new Set(keys.parts.flatMap((part) => part.columns));
  const others = settings.fields.map((field) => field.columns[0]!).filter((column) => !used.has(column) && column in table.columns);
  let current = slots;
  const columns = others.slice(0, 3);
  for (let round = 0; round <= columns.length; round++) {
    const oversized = oversizedKeys(current, keys.keyCount, limit);
    if (!oversized.any) {
      keys.leftOut = new Uint8Array(0);
      return current;
    }
    if (round === columns.length) {
      keys.leftOut = oversized.flags;
      keys.droppedRows = oversized.rows;
      keys.droppedPairs = oversized.pairs;
      return current.map((codes) => codes.map((key) => (oversized.flags[key] ? 0 : key)));
    }
    const column = columns[round]!;
    const extra = columnOf(table, column).codes;
    const finer = pairTable(oversized.rows);
    const base = keys.keyCount;
    const flags = oversized.flags;
    current = current.map((codes) => {
      const out = new Uint32Array(codes.length);
      for (let i = 0; i < codes.length; i++) {
        const key = codes[i]!;
        out[i] = flags[key] ? (extra[i] === 0 ? 0 : base + addPair(finer, key, extra[i]!)) : key;
      }
      return out;
    });
    keys.keyCount = base + finer.size;
    keys.refinements.push({ oversized: flags, table: finer, column, base, builtSize: finer.size });
  }
  return current;
}

function oversizedKeys(slots: readonly Uint32Array[], keyCount: number, limit: number) {
  const counts = new Uint32Array(keyCount + 1);
  for (const codes of slots) for (let i = 0; i < codes.length; i++) counts[codes[i]!]!++;
  const flags = new Uint8Array(keyCount + 1);
  const result = { flags, any: false, rows: 0, pairs: 0 };
  for (let key = 1; key <= keyCount; key++) {
    const n = counts[key]!;
    const pairs = (n * (n - 1)) / 2;
    if (pairs <= limit) continue;
    flags[key] = 1;
    result.any = true;
    result.rows += n;
    result.pairs += pairs;
  }
  return result;
}

/** Rows by key, by counting. A row that has the same key in two slots is listed once. */
function group(keys: RuleKeys, slots: readonly Uint32Array[], rows: number): void {
  const starts = new Uint32Array(keys.keyCount + 2);
  const repeated = (i: number, slot: number): boolean => {
    for (let earlier = 0; earlier < slot; earlier++) if (slots[earlier]![i] === slots[slot]![i]) return true;
    return false;
  };
  for (let slot = 0; slot < slots.length; slot++) {
    const codes = slots[slot]!;
    for (let i = 0; i < rows; i++) if (codes[i] !== 0 && (slot === 0 || !repeated(i, slot))) starts[codes[i]! + 1]!++;
  }
  for (let key = 1; key < starts.length; key++) starts[key]! += starts[key - 1]!;
  const next = starts.slice();
  const members = new Uint32Array(starts.at(-1)!);
  for (let i = 0; i < rows; i++) {
    for (let slot = 0; slot < slots.length; slot++) {
      const key = slots[slot]![i]!;
      if (key !== 0 && (slot === 0 || !repeated(i, slot))) members[next[key]!++] = i;
    }
  }
  keys.starts = starts;
  keys.members = members;
}

function keyPart(table: Table, key: BlockingKey): KeyPart {
  const columns = [key.column].flat().filter((name) => name in table.columns);
  if (columns.length === 1 && key.transform === undefined) {
    return { key, columns, maps: [undefined], transform: transformation(undefined), size: columnOf(table, columns[0]!).values.length - 1 };
  }
  // Several columns, or a transform, need codes of their own.
  const transform = transformation(key.transform);
  const strings = stringTable(['']);
  const maps = columns.map((name) => {
    const { values } = columnOf(table, name);
    const map = new Uint32Array(values.length);
    for (let code = 1; code < values.length; code++) map[code] = addString(strings, transform(values[code]!));
    return map;
  });
  return { key, columns, maps, transform, strings, size: strings.values.length - 1 };
}

/**
 * Key codes of a new record in each slot of a rule, 0 where it lacks a part. With `add`, a key that no row has yet is given now;
 * without, it is 0. `codeIn` and `valueIn` give the record's column codes and values. Keys given after the blocks were built lie above {@link LATER}.
 */
export function keysOfRecord(
  keys: RuleKeys,
  codeIn: (column: string) => number,
  valueIn: (column: string) => string,
  add: boolean,
): number[] {
  return keys.choices.map((choice) => {
    let key = 0;
    let left = LEFT_SEED;
    let right = RIGHT_SEED;
    for (let p = 0; p < keys.parts.length; p++) {
      const part = keys.parts[p]!;
      const column = part.columns[choice[p]!]!;
      key = codeIn(column);
      if (part.strings) {
        const value = part.transform(valueIn(column));
        key = add ? addString(part.strings, value) : Math.max(0, findString(part.strings, value));
      }
      if (key === 0) return 0;
      left = mixLeft(left, key);
      right = mixRight(right, key);
    }
    if (keys.table) key = add ? addPair(keys.table, left, right) : findPair(keys.table, left, right);
    if (key === 0) return 0;
    if (key > keys.builtSize) return LATER + key;
    for (let step = 0; step < keys.refinements.length; step++) {
      const { oversized, table, column, base, builtSize } = keys.refinements[step]!;
      if (!oversized[key]) continue;
      const extra = codeIn(column);
      if (extra === 0) return 0;
      const finer = add ? addPair(table, key, extra) : findPair(table, key, extra);
      if (finer === 0) return 0;
      if (finer > builtSize) return (step + 2) * LATER + finer;
      key = base + finer;
    }
    return keys.leftOut[key] ? 0 : key;
  });
}

/** Keys above this were given after the blocks were built; each table of codes has a range of its own. */
export const LATER = 2 ** 32;

function combinations(sizes: readonly number[]): number[][] {
  let out: number[][] = [[]];
  for (const size of sizes) out = out.flatMap((head) => Array.from({ length: size }, (_, k) => [...head, k]));
  return out;
}
