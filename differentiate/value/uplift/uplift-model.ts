import { type BoostedModel, trainBoosted } from '../learn/boosted.ts';
import { type Classifier, probabilities } from '../learn/classifier.ts';
import { stratifiedFolds } from '../learn/folds.ts';
import { type LogisticModel, trainLogistic } from '../learn/logistic.ts';
import { type Table, takeRows } from '../learn/table.ts';

/** What a treatment changes is faint beside what else moves people: the models of it are held back harder than others. */
const PENALTY = 100;

/** What doing something changes for each customer: the chance with it less the chance without. Plain data. */
export type UpliftModel =
  | { kind: 'two_models'; version: 1; treated: Classifier; untreated: Classifier }
  | { kind: 'class_transformation'; version: 1; agreed: Classifier };

export interface UpliftOptions {
  method?: UpliftModel['kind'];
  learner?: 'logistic' | 'boosted';
  seed?: number;
}

/**
 * Learns from an experiment in which chance decided who was treated.
 *
 * `two_models` learns the outcome of each side and takes the difference: simple, but each model spends itself on what moves
 * the outcome rather than on what moves the difference. `class_transformation` learns one outcome, "treated and did it, or
 * untreated and did not", whose chance is half of one plus the uplift (Jaskowski & Jaroszewicz, "Uplift modeling for
 * clinical trial data", 2012); rows are weighted so that both sides count the same where they are not of one size.
 *
 * @param treated 1 where something was done.
 * @param labels 1 where what was hoped for happened.
 * @throws RangeError if a side is empty or its outcomes are all alike.
 */
export function trainUplift(table: Table, treated: Uint8Array, labels: Uint8Array, options: UpliftOptions = {}): UpliftModel {
  const { method = 'class_transformation', learner = 'logistic', seed = 1 } = options;
  const train = (rows: Table, outcomes: Uint8Array, weights?: Float64Array): LogisticModel | BoostedModel =>
    learner === 'boosted' ? trainBoosted(rows, outcomes, { seed, weights }) : trainLogistic(rows, outcomes, { weights, penalty: PENALTY });
  if (method === 'two_models') {
    const side = (which: number) => {
      const rows = Int32Array.from(treated, (_, row) => row).filter((row) => treated[row] === which);
      return train(
        takeRows(table, rows),
        Uint8Array.from(rows, (row) => labels[row]!),
      );
    };
    return { kind: 'two_models', version: 1, treated: side(1), untreated: side(0) };
  }
  const share = treated.reduce((sum, one) => sum + one, 0) / treated.length;
  const agreed = Uint8Array.from(labels, (label, row) => (label === treated[row] ? 1 : 0));
  const weights = Float64Array.from(treated, (one) => 0.5 / (one ? share : 1 - share));
  return { kind: 'class_transformation', version: 1, agreed: train(table, agreed, weights) };
}

/** The change each customer is expected to make, −1…1. */
export function predictUplift(model: UpliftModel, table: Table): Float64Array {
  if (model.kind === 'class_transformation') return probabilities(model.agreed, table).map((p) => 2 * p - 1);
  const without = probabilities(model.untreated, table);
  return probabilities(model.treated, table).map((p, row) => p - without[row]!);
}

/** What a model says of each row when it has not seen it; see `outOfFold`. */
export function upliftOutOfFold(
  table: Table,
  treated: Uint8Array,
  labels: Uint8Array,
  { folds = 5, ...options }: UpliftOptions & { folds?: number } = {},
): Float64Array {
  const foldOf = stratifiedFolds(
    treated.map((one, row) => 2 * one + labels[row]!),
    folds,
    options.seed ?? 1,
  );
  const all = Int32Array.from(labels, (_, row) => row);
  const said = new Float64Array(labels.length);
  for (let fold = 0; fold < folds; fold++) {
    const inside = all.filter((row) => foldOf[row] !== fold);
    const outside = all.filter((row) => foldOf[row] === fold);
    const of = (values: Uint8Array) => Uint8Array.from(inside, (row) => values[row]!);
    const model = trainUplift(takeRows(table, inside), of(treated), of(labels), options);
    predictUplift(model, takeRows(table, outside)).forEach((uplift, i) => {
      said[outside[i]!] = uplift;
    });
  }
  return said;
}
