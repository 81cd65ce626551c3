import { addPair, findPair, pairTable } from './pair-table.ts';
import { sharedUint32 } from './shared-memory.ts';

/**
 * How common the values of a column, or the combinations of a field, are: what term frequencies are taken from. While a model is
 * trained, the table's own; ever after those of training, wherever the model is used.
 */
export interface Frequency {
  /** Rows that had the value of each code; a code beyond the end is a value that training did not see. */
  rows: Uint32Array;
  /** Rows that had any value. */
  present: number;
  /** Every value counts as had by this many rows at least, one never seen too: one entity has a handful of records, which says nothing of chance. */
  floor: number;
  /** log2 of the rows that share the value of a row drawn at random. */
  average: number;
}

/** A frequency as a model keeps it: the values above the floor, by their fingerprints. */
export interface LearnedFrequency {
  present: number;
  floor: number;
  average: number;
  values: number[];
  rows: number[];
}

/** In a file of this many values each is told from the others by its own count; in one five times as large, up to five count alike. */
const ROWS_A_STEP = 20_000;
const HIGHEST_FLOOR = 5;

/** The frequency of what was counted; `counts[code]` are the rows with that code, code 0 is missing. */
export function frequencyOf(counts: Uint32Array): Frequency {
  let present = 0;
  for (let code = 1; code < counts.length; code++) present += counts[code]!;
  const floor = Math.min(HIGHEST_FLOOR, Math.max(1, Math.round(present / ROWS_A_STEP)));
  let shared = 0;
  for (let code = 1; code < counts.length; code++) shared += counts[code]! * Math.max(floor, counts[code]!);
  return { rows: counts, present, floor, average: present === 0 ? 0 : Math.log2(shared / present) };
}

/** What a model keeps of a frequency. */
export function learnedFrequency({ rows, present, floor, average }: Frequency, fingerprintOf: (code: number) => number): LearnedFrequency {
  const learned: LearnedFrequency = { present, floor, average, values: [], rows: [] };
  for (let code = 1; code < rows.length; code++) {
    if (rows[code]! <= floor) continue;
    learned.values.push(fingerprintOf(code));
    learned.rows.push(rows[code]!);
  }
  return learned;
}

/** Of a column that training did not have: every value is as rare as any. */
export const UNSEEN: LearnedFrequency = { present: 0, floor: 1, average: 0, values: [], rows: [] };

/** Gives the rows that a value had at training, by its fingerprint; 0 where it was no commoner than the floor. */
export function rowsByFingerprint({ values, rows }: LearnedFrequency): (fingerprint: number) => number {
  const table = pairTable(values.length);
  const counts = new Uint32Array(values.length + 1);
  values.forEach((value, k) => (counts[addPair(table, highOf(value), value >>> 0)] = rows[k]!));
  return (value) => counts[findPair(table, highOf(value), value >>> 0)]!;
}

const highOf = (fingerprint: number): number => Math.floor(fingerprint / 2 ** 32);

/** A learned frequency for the codes of another table, with room for `spare` more. */
export function frequencyIn(learned: LearnedFrequency, codes: number, fingerprintOf: (code: number) => number, spare = 0): Frequency {
  const { present, floor, average } = learned;
  const rows = sharedUint32(codes + 1 + spare);
  if (learned.values.length > 0) {
    const find = rowsByFingerprint(learned);
    for (let code = 1; code <= codes; code++) rows[code] = find(fingerprintOf(code));
  }
  return { rows, present, floor, average };
}
