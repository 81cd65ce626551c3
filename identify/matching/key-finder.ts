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
  /** Blocks too large were split by one more column, in turn; the rest was left out. */
  refinements: { oversized: Uint8Array; table: PairTable; column: string; base: number; builtSize: number }[];
  leftOut: Uint8Array;
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

/** Keys above this were given after the blocks were built; each table of codes has a range of its own. */
export const LATER = 2 ** 32;

/**
 * Key codes of a new record in each slot of a rule, 0 where it lacks a part. With `add`, a key that no row has yet is given now;
 * without, it is 0. `codeIn` and `valueIn` give the record's column codes and values. Keys given after the blocks were built lie above {@link LATER}.
 */
export function keysOfRecord(
  { choices, parts, table, builtSize, refinements, leftOut }: KeyFinder,
  codeIn: (column: string) => number,
  valueIn: (column: string) => string,
  add: boolean,
): number[] {
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
    if (table) key = add ? addPair(table, left, right) : findPair(table, left, right);
    if (key === 0) return 0;
    if (key > builtSize) return LATER + key;
    for (let step = 0; step < refinements.length; step++) {
      const { oversized, table: finer, column, base, builtSize: built } = refinements[step]!;
      if (!oversized[key]) continue;
      const extra = codeIn(column);
      if (extra === 0) return 0;
      const found = add ? addPair(finer, key, extra) : findPair(finer, key, extra);
      if (found === 0) return 0;
      if (found > built) return (step + 2) * LATER + found;
      key = base + found;
    }
    return leftOut[key] ? 0 : key;
  });
}
