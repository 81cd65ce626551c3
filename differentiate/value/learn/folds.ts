import { seededRandom, shuffle } from '../random.ts';

/** For each row the fold it belongs to, 0…folds−1; each fold has its share of the ones and of the zeros. */
export function stratifiedFolds(labels: Uint8Array, folds: number, seed: number): Uint8Array {
  const order = shuffle(
    Int32Array.from(labels, (_, row) => row),
    seededRandom(seed),
  );
  const foldOf = new Uint8Array(labels.length);
  let [ones, zeros] = [0, 0];
  for (const row of order) foldOf[row] = (labels[row] ? ones++ : zeros++) % folds;
  return foldOf;
}
