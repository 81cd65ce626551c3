// What can be asked of any trained model.
import { binColumns } from './bins.ts';
import type { BoostedModel } from './boosted.ts';
import { addEffect, type Encoding, widthOf } from './design.ts';
import type { LogisticModel } from './logistic.ts';
import { type Table, takeRows } from './table.ts';
import { addPath, addTree } from './walk-tree.ts';

/** A model of a yes or no. Plain data: `JSON.parse(JSON.stringify(model))` is the same model. */
export type Classifier = LogisticModel | BoostedModel;

/** What one feature adds to the log-odds of a row; above 0 it speaks for yes. */
export interface Contribution {
  feature: string;
  value: number;
}

/**
 * The probability of yes for each row, as the model has it; see `calibrate` for one that holds as a frequency.
 *
 * @throws RangeError if the table lacks a column the model learned.
 */
export function probabilities(model: Classifier, table: Table): Float64Array {
  return logOdds(model, table).map((logit) => 1 / (1 + Math.exp(-logit)));
}

/** The log-odds of yes for each row: {@link baseline} plus the contributions of its features. */
export function logOdds(model: Classifier, table: Table): Float64Array {
  if (model.kind === 'logistic') {
    const sums = new Float64Array(table.rows).fill(model.intercept);
    eachEffect(model, (encoding, coefficients) => addEffect(table, encoding, coefficients, sums, 1, 0));
    return sums;
  }
  const logits = new Float64Array(table.rows).fill(model.base);
  const columns = binColumns(table, model.binnings);
  for (const tree of model.trees) addTree(tree, model.binnings, columns, logits);
  return logits;
}

/** The log-odds of the average row, to which contributions add. */
export const baseline = (model: Classifier): number =>
  model.kind === 'logistic' ? model.intercept : model.trees.reduce((sum, { value }) => sum + value[0]!, model.base);

/** Why the model says what it says of one row: strongest first, features that add nothing left out. */
export function contributions(model: Classifier, table: Table, row: number): Contribution[] {
  const { features, values } = contributionMatrix(model, takeRows(table, [row]));
  return features
    .map((feature, i) => ({ feature, value: values[i]! }))
    .filter(({ value }) => value !== 0)
    .toSorted((a, b) => Math.abs(b.value) - Math.abs(a.value));
}

/** What each feature adds to each row: row-major, rows × `width`, in the order of `features`. */
export interface ContributionMatrix {
  features: string[];
  width: number;
  values: Float64Array;
}

/** The contributions of every row at once, without an object a row. */
export function contributionMatrix(model: Classifier, table: Table): ContributionMatrix {
  if (model.kind === 'boosted') {
    const width = model.binnings.length;
    const values = new Float64Array(table.rows * width);
    const columns = binColumns(table, model.binnings);
    for (const tree of model.trees) addPath(tree, model.binnings, columns, table.rows, values);
    return { features: model.binnings.map(({ feature }) => feature), width, values };
  }
  const width = model.encodings.length;
  const values = new Float64Array(table.rows * width);
  eachEffect(model, (encoding, coefficients, feature) => addEffect(table, encoding, coefficients, values, width, feature));
  return { features: model.encodings.map(({ feature }) => feature), width, values };
}

function eachEffect(
  { encodings, coefficients }: LogisticModel,
  visit: (encoding: Encoding, coefficients: number[], feature: number) => void,
) {
  let first = 0;
  encodings.forEach((encoding, feature) => {
    const end = first + widthOf(encoding);
    visit(encoding, coefficients.slice(first, end), feature);
    first = end;
  });
}
