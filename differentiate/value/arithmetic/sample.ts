// Samples and shuffles that are the same for the same seed.
import { random } from './random.ts';

/** Uniform numbers in [0, 1). */
export type Uniform = () => number;

export const seededRandom = (seed: number): Uniform => random(seed).uniform;

/** Puts the list into a random order, in place (Fisher–Yates). */
export function shuffle(list: Int32Array, next: Uniform): Int32Array {
  for (let i = list.length - 1; i > 0; i--) {
    const j = Math.floor(next() * (i + 1));
    const kept = list[i]!;
    list[i] = list[j]!;
    list[j] = kept;
  }
  return list;
}

/** `size` different numbers of 0…n−1, in ascending order; all of them if there are no more (Knuth's algorithm S). */
export function sampleOf(n: number, size: number, next: Uniform): Int32Array {
  const chosen = new Int32Array(Math.min(n, size));
  let taken = 0;
  for (let i = 0; i < n && taken < chosen.length; i++) {
    if (next() * (n - i) < chosen.length - taken) chosen[taken++] = i;
  }
  return chosen;
}
