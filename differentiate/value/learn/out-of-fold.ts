import { type Classifier, probabilities } from './classifier.ts';
import { stratifiedFolds } from './folds.ts';
import { type Table, takeRows } from './table.ts';

/**
 * What a model says of each row when it has not seen that row: trained on all folds but the row's own. The honest ground for
 * every figure of quality, and for calibration.
 *
 * @param train Called once a fold with the rows to learn from.
 */
export function outOfFold(
  table: Table,
  labels: Uint8Array,
  train: (table: Table, labels: Uint8Array) => Classifier,
  { folds = 5, seed = 1 }: { folds?: number; seed?: number } = {},
): Float64Array {
  const foldOf = stratifiedFolds(labels, folds, seed);
  const all = Int32Array.from(labels, (_, row) => row);
  const said = new Float64Array(labels.length);
  for (let fold = 0; fold < folds; fold++) {
    const inside = all.filter((row) => foldOf[row] !== fold);
    const outside = all.filter((row) => foldOf[row] === fold);
    const model = train(
      takeRows(table, inside),
      Uint8Array.from(inside, (row) => labels[row]!),
    );
    probabilities(model, takeRows(table, outside)).forEach((p, i) => {
      said[outside[i]!] = p;
    });
  }
  return said;
}
