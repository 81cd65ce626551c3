import { seededRandom, shuffle } from '../arithmetic/sample.ts';

/**
 * For each row the fold it belongs to, 0…folds−1; each fold has its share of every stratum.
 *
 * @param strata A small number a row: its label, or what else the folds must have alike.
 */
export function stratifiedFolds(strata: Uint8Array, folds: number, seed: number): Uint8Array {
  const order = shuffle(
    Int32Array.from(strata, (_, row) => row),
    seededRandom(seed),
  );
  const foldOf = new Uint8Array(strata.length);
  const seen = new Int32Array(256);
  for (const row of order) foldOf[row] = seen[strata[row]!]!++ % folds;
  return foldOf;
}
