import type { FieldValues } from '../field-values.ts';
import type { Frequency, LearnedFrequency } from '../frequency.ts';
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
   * How much rarer than average is what the two agree on, in bits: log2(Σp² ÷ p). 0 where the level has no such value. Symmetric.
   * Absent where the comparison knows no term frequencies.
   */
  rarity?(level: number, a: number, b: number): number;
  /** How common the words of the values are, for a comparison that weighs them: kept with the model, and given back as `values.tokens`. */
  tokens?(): LearnedFrequency;
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

/** Term frequencies: log2(Σp² ÷ p) of the value with this code, which is how much rarer it is than the average agreement. */
export function rarityIn(frequency: Frequency): (code: number) => number {
  const { floor, average } = frequency;
  return (code) => {
    const rows = Math.max(floor, frequency.rows[code] ?? 0);
    return average - (rows < 65_536 ? logarithms[rows]! : Math.log2(rows));
  };
}

const logarithms = new Float32Array(65_536);
for (let n = 1; n < logarithms.length; n++) logarithms[n] = Math.log2(n);

/** Rows a value must have to count as established in its column, so that it is not taken for a typing error of another. */
export function establishedIn({ present }: Frequency): number {
  return Math.max(10, present * 2e-4);
}

/** Of two values the commoner, which is the careful one. */
export function commoner(rarity: (code: number) => number, a: number, b: number): number {
  return a === b ? rarity(a) : Math.min(rarity(a), rarity(b));
}
