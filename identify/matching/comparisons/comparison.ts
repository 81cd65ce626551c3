import type { FieldValues } from '../field-values.ts';
import type { Level } from '../settings.ts';

/** Says nothing, because one of the two lacks the value. */
export const MISSING = 255;

/** A comparison as the settings name it; `build` binds it to the values of one field of one table. */
export interface Comparison {
  /** Fewest and most columns it reads. */
  columns: readonly [number, number];
  /** Levels where the settings give none, from the strongest agreement to `different`. */
  levels: readonly Level[];
  /** Whether comparing costs so little that the levels of value pairs need not be remembered. */
  cheap?: boolean;
  build(values: FieldValues, levels: readonly Level[]): Comparator;
}

export interface Comparator {
  /** The level (an index into the levels) of two codes other than 0, or {@link MISSING}. Symmetric. */
  compare(a: number, b: number): number;
  /**
   * How much rarer than average is what the two agree on, in bits: log2(Σp² ÷ p). 0 where the level has no such value.
   * Absent where the comparison knows no term frequencies.
   */
  rarity?(level: number, a: number, b: number): number;
}

/** Positions of the levels by name: -1 where the settings leave one out, and then the pair falls to the next that fits. */
export function positions(levels: readonly Level[]) {
  const different = levels.length - 1;
  return {
    different,
    of: (is: string): number => levels.findIndex((level) => level.is === is),
    /** The graded levels of this name with their thresholds, strictest first as listed. */
    graded: (is: string): { at: number; index: number }[] =>
      levels.flatMap((level, index) => (level.is === is ? [{ at: level.at ?? 0.9, index }] : [])),
  };
}

/** The first of the graded levels that the similarity reaches, or `otherwise`. */
export function grade(grades: readonly { at: number; index: number }[], similarity: number, otherwise: number): number {
  for (let k = 0; k < grades.length; k++) if (similarity >= grades[k]!.at) return grades[k]!.index;
  return otherwise;
}

/** Term frequencies: given the rows that hold a value, log2(Σp² ÷ p), which is how much rarer it is than the average agreement. */
export function rarityIn(counts: Uint32Array): (rowsWithIt: number | undefined) => number {
  let present = 0;
  let squares = 0;
  for (let code = 1; code < counts.length; code++) {
    const rows = counts[code]!;
    present += rows;
    squares += rows * rows;
  }
  const average = present === 0 ? 0 : Math.log2(squares / present);
  return (rowsWithIt) =>
    average - (rowsWithIt === undefined || rowsWithIt === 0 ? 0 : rowsWithIt < 65_536 ? logarithms[rowsWithIt]! : Math.log2(rowsWithIt));
}

const logarithms = new Float32Array(65_536);
for (let n = 1; n < logarithms.length; n++) logarithms[n] = Math.log2(n);

/** Rows a value must have to count as established in its column, so that it is not taken for a typing error of another. */
export function establishedIn(counts: Uint32Array): number {
  let present = 0;
  for (let code = 1; code < counts.length; code++) present += counts[code]!;
  return Math.max(10, present * 2e-4);
}
