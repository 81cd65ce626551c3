import type { AccountFacts, ModelContent, ModelProblem, ModelResult } from '@vinculo/insight/api/value-models';
import type { z } from 'zod';

export type Model = z.infer<typeof ModelContent>;
export type Problem = z.infer<typeof ModelProblem>;
export type Result = z.infer<typeof ModelResult>;
export type Part = 'variables' | 'parameters' | 'terms';

/** Where a new model begins: one variable and one term that reads it. */
export const emptyModel = (title: string, variable: string, term: string): Model => ({
  format: 1,
  title,
  description: '',
  products: [],
  variables: [{ name: 'saldo', label: variable, measure: 'saldo medio', combine: 'average' }],
  parameters: [],
  terms: [{ name: 'ingreso', label: term, side: 'income', formula: 'saldo * 1 % / 12', explanation: '' }],
});

/** Whether the imported facts have the measure, as the server compares them. */
export const isMeasure = ({ measures }: z.infer<typeof AccountFacts>, measure: string): boolean =>
  measures.some((one) => one.measure.toLowerCase() === measure.trim().toLowerCase());

/** `content.variables.0.name` of what the server does not take → `variables.0.name` of the model on screen. */
export const fieldsOf = (refused: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(refused).flatMap(([field, message]) =>
      field.startsWith('content.') ? [[field.slice('content.'.length), message]] : [],
    ),
  );

/** A name that formulas can use, out of what people call it, and that is not taken. */
export function nameFor(label: string, taken: readonly string[]): string {
  const base =
    label
      .toLowerCase()
      .replace(/[^\p{L}\d]+/gu, '_')
      .replace(/^[\d_]+|_+$/g, '')
      .slice(0, 40) || 'dato';
  for (let n = 1; ; n++) {
    const name = n === 1 ? base : `${base}_${n}`;
    if (!taken.includes(name)) return name;
  }
}

/** One item of a part changed, added at the end, or taken away. */
export function withItem<P extends Part>(model: Model, part: P, index: number, item: Model[P][number] | undefined): Model {
  const list = [...model[part]] as Model[P][number][];
  if (item === undefined) list.splice(index, 1);
  else list[index] = item;
  return { ...model, [part]: list };
}
