import { nameOfKey, nameOfSplit } from './key-name.ts';
import { fingerprint } from './fingerprint.ts';
import { LEFT_SEED, mixLeft, mixRight, RIGHT_SEED } from './key-hash.ts';
import { addPair, findPair, type PairTable } from './pair-table.ts';
import type { BlockingKey } from './settings.ts';
import { addString, findString, type StringTable } from './string-table.ts';

/** How a blocking rule's keys come from values: what it takes to find those of a record that comes later. */
export interface KeyFinder {
  /** Which of its columns each part takes, slot by slot. */
  choices: number[][];
  /** Codes of the parts. */
  parts: KeyPart[];
  /** Gives keys to hashes of several parts; absent where the only part's code is the key. */
  table?: PairTable;
  /** Keys before refinement, when the blocks were built. */
  builtSize: number;
  /** Blocks too large were split by one more column, in turn; the rest was left out. `keys` are the fingerprints of such keys. */
  refinements: { oversized: Uint8Array; keys: ReadonlySet<number>; table: PairTable; column: string; base: number; builtSize: number }[];
  leftOut: Uint8Array;
  leftOutKeys: ReadonlySet<number>;
  /** Gives numbers to keys that no row had when the blocks were built, by where they come from; and to splits of these. */
  later: PairTable;
  laterPairs: PairTable;
}

export interface KeyPart {
  key: BlockingKey;
  columns: string[];
  /** Column code → key code, by column; absent where they are the same. */
  maps: (Uint32Array | undefined)[];
  transform: (value: string) => string;
  /** Finds the key code of a transformed value; absent where key codes are column codes. */
  strings?: StringTable;
  size: number;
}

/** Keys above this were given after the blocks were built. */
export const LATER = 2 ** 32;
/** In `later`: the key is a split of a key given later. */
const SPLIT_LATER = 0xffff;

/**
 * Key codes of a new record in each slot of a rule, 0 where it lacks a part. With `add`, a key that no row has yet is given now;
 * without, it is 0. `codeIn` and `valueIn` give the record's column codes and values. Keys given after the blocks were built lie above {@link LATER}.
 */
export function keysOfRecord(
  finder: KeyFinder,
  codeIn: (column: string) => number,
  valueIn: (column: string) => string,
  add: boolean,
): number[] {
  const { choices, parts, table, builtSize } = finder;
  const pairOf = add ? addPair : findPair;
  return choices.map((choice) => {
    let key = 0;
    let left = LEFT_SEED;
    let right = RIGHT_SEED;
    for (let p = 0; p < parts.length; p++) {
      const part = parts[p]!;
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
    if (table) key = pairOf(table, left, right);
    if (key === 0) return 0;
    let later = key > builtSize;
    if (later) key = pairOf(finder.later, 0, key);
    if (key === 0) return 0;
    // Most rules have no block too large, and nothing more to ask.
    if (finder.refinements.length === 0 && finder.leftOutKeys.size === 0 && finder.leftOut.length === 0) return later ? LATER + key : key;
    let name = nameOfKey(parts.map((part, p) => part.transform(valueIn(part.columns[choice[p]!]!))));
    for (let step = 0; step < finder.refinements.length; step++) {
      const { oversized, keys, table: finer, column, base, builtSize: built } = finder.refinements[step]!;
      if (later ? !keys.has(fingerprint(name)) : !oversized[key]) continue;
      const extra = codeIn(column);
      const found = extra === 0 ? 0 : pairOf(later ? finder.laterPairs : finer, key, extra);
      if (found === 0) return 0;
      name = nameOfSplit(name, valueIn(column));
      if (later) key = pairOf(finder.later, SPLIT_LATER, found);
      else if (found > built) {
        later = true;
        key = pairOf(finder.later, step + 1, found);
      } else key = base + found;
      if (key === 0) return 0;
    }
    if (later) return finder.leftOutKeys.has(fingerprint(name)) ? 0 : LATER + key;
    return finder.leftOut[key] ? 0 : key;
  });
}
