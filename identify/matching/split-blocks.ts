// Protection against giant blocks: what would bring too many pairs is split by more columns, and what is too large even so is left out.
import { fingerprint } from './fingerprint.ts';
import type { KeyFinder } from './key-finder.ts';
import { nameOfSplit } from './key-name.ts';
import type { LearnedBlocks } from './learned.ts';
import { addPair, pairTable } from './pair-table.ts';
import type { Settings } from './settings.ts';
import { columnOf, type Table } from './table.ts';

interface Keys {
  slots: Uint32Array[];
  size: number;
  /** What the key of a row in a slot stands for. */
  nameOf(row: number, slot: number): string;
}

interface Split {
  slots: Uint32Array[];
  keyCount: number;
  refinements: KeyFinder['refinements'];
  leftOut: Uint8Array;
  leftOutKeys: Set<number>;
  droppedRows: number;
  droppedPairs: number;
}

/** Blocks that a model knows as affordable may grow to so many times the limit before they are split all the same. */
const GROWTH = 16;

/**
 * Splits blocks that would bring too many pairs by the columns of other fields, and leaves out what stays too large. With `learned`
 * it is those that a model knows, so that which pairs are looked at does not change as the file grows.
 */
export function splitBlocks(
  table: Table,
  settings: Settings,
  used: readonly string[],
  { slots, size, nameOf }: Keys,
  learned?: LearnedBlocks,
): Split {
  const limit = settings.maxBlockPairs * (learned ? GROWTH : 1);
  const others = settings.fields.map((field) => field.columns[0]!).filter((column) => !used.includes(column) && column in table.columns);
  const refined: Split = {
    slots,
    keyCount: size,
    refinements: [],
    leftOut: new Uint8Array(0),
    leftOutKeys: new Set(learned?.leftOut),
    droppedRows: 0,
    droppedPairs: 0,
  };
  let name = nameOf;
  const split = (column: string, flags: Uint8Array, keys: Set<number>): void => {
    const { codes: extra, values } = columnOf(table, column);
    const finer = pairTable();
    const [base, before, nameBefore] = [refined.keyCount, refined.slots, name];
    refined.slots = before.map((codes) => {
      const out = new Uint32Array(codes.length);
      for (let i = 0; i < codes.length; i++) {
        const key = codes[i]!;
        out[i] = flags[key] ? (extra[i] === 0 ? 0 : base + addPair(finer, key, extra[i]!)) : key;
      }
      return out;
    });
    refined.keyCount = base + finer.size;
    refined.refinements.push({ oversized: flags, keys, table: finer, column, base, builtSize: finer.size });
    name = (row, slot) => {
      const own = nameBefore(row, slot);
      return flags[before[slot]![row]!] ? nameOfSplit(own, values[extra[row]!]!) : own;
    };
  };
  const leaveOut = (flags: Uint8Array): void => {
    refined.leftOut = flags;
    refined.slots = refined.slots.map((codes) => codes.map((key) => (flags[key] ? 0 : key)));
  };

  for (const { column, keys } of learned?.split ?? []) split(column, flagsOf(refined, name, new Set(keys)), new Set(keys));
  if (refined.leftOutKeys.size > 0) {
    const flags = flagsOf(refined, name, refined.leftOutKeys);
    const { rows, pairs } = oversizedKeys(refined.slots, refined.keyCount, 0, flags);
    [refined.droppedRows, refined.droppedPairs] = [rows, pairs];
    leaveOut(flags);
  }
  const columns = others.slice(0, 3);
  for (let round = 0; round <= columns.length; round++) {
    const { flags, any, rows, pairs } = oversizedKeys(refined.slots, refined.keyCount, limit);
    if (!any) break;
    // What is split beyond what the model knows is this table's own affair.
    const keys = learned ? new Set<number>() : namesOf(refined, name, flags);
    if (round < columns.length) split(columns[round]!, flags, keys);
    else {
      for (const key of keys) refined.leftOutKeys.add(key);
      refined.droppedRows += rows;
      refined.droppedPairs += pairs;
      leaveOut(merged(flags, refined.leftOut));
    }
  }
  return refined;
}

function merged(a: Uint8Array, b: Uint8Array): Uint8Array {
  return b.length === 0 ? a : a.map((flag, key) => (flag || b[key] ? 1 : 0));
}

/** The keys whose fingerprints are wanted. */
function flagsOf({ slots, keyCount }: Split, nameOf: Keys['nameOf'], wanted: ReadonlySet<number>): Uint8Array {
  const flags = new Uint8Array(keyCount + 1);
  const seen = new Uint8Array(keyCount + 1);
  slots.forEach((codes, slot) => {
    for (let row = 0; row < codes.length; row++) {
      const key = codes[row]!;
      if (key === 0 || seen[key]) continue;
      seen[key] = 1;
      if (wanted.has(fingerprint(nameOf(row, slot)))) flags[key] = 1;
    }
  });
  return flags;
}

/** The fingerprints of the flagged keys. */
function namesOf({ slots, keyCount }: Split, nameOf: Keys['nameOf'], flags: Uint8Array): Set<number> {
  const names = new Set<number>();
  const seen = new Uint8Array(keyCount + 1);
  slots.forEach((codes, slot) => {
    for (let row = 0; row < codes.length; row++) {
      const key = codes[row]!;
      if (!flags[key] || seen[key]) continue;
      seen[key] = 1;
      names.add(fingerprint(nameOf(row, slot)));
    }
  });
  return names;
}

/** Keys that bring more pairs than the limit; with `only`, just those among them. */
function oversizedKeys(slots: readonly Uint32Array[], keyCount: number, limit: number, only?: Uint8Array) {
  const counts = new Uint32Array(keyCount + 1);
  for (const codes of slots) for (let i = 0; i < codes.length; i++) counts[codes[i]!]!++;
  const flags = new Uint8Array(keyCount + 1);
  const result = { flags, any: false, rows: 0, pairs: 0 };
  for (let key = 1; key <= keyCount; key++) {
    const n = counts[key]!;
    const pairs = (n * (n - 1)) / 2;
    if (pairs <= limit || (only && !only[key])) continue;
    flags[key] = 1;
    result.any = true;
    result.rows += n;
    result.pairs += pairs;
  }
  return result;
}
