import type { z } from 'zod';
import type { ModelContent, ModelProblem } from '../../api/value-models.ts';
import { type Formula, FormulaError, parseFormula, requireNames, requirePlainNumbers } from './formula.ts';

export type Model = z.infer<typeof ModelContent>;
export type Problem = z.infer<typeof ModelProblem>;

/** A model whose formulas have been read. */
export interface ReadModel {
  model: Model;
  formulas: Formula[];
}

const PARTS = ['variables', 'parameters', 'terms'] as const;

/**
 * Reads every formula; says everything that is wrong at once, not only the first.
 *
 * @param origin what was kept already goes on counting as it was read then, also «1.000», which is asked about when it is typed.
 */
export function checkModel(model: Model, origin: 'typed' | 'kept' = 'typed'): { read: ReadModel | undefined; problems: Problem[] } {
  const problems: Problem[] = [];
  const inputs = new Set<string>();
  const named = new Set<string>();
  for (const part of PARTS) {
    for (const [index, { name }] of model[part].entries()) {
      // A term may be called like a variable: only what formulas can name has to be told apart, and terms among themselves.
      const taken = part === 'terms' ? named : inputs;
      if (taken.has(name)) problems.push({ part, index, problem: 'repeated', from: null, to: null, text: name });
      taken.add(name);
    }
  }
  const formulas = model.terms.map(({ formula }, index) => {
    try {
      const read = parseFormula(formula);
      requireNames(read, inputs);
      if (origin === 'typed') requirePlainNumbers(read, formula);
      return read;
    } catch (error) {
      if (!(error instanceof FormulaError)) throw error;
      const { problem, from, to, text } = error;
      problems.push({ part: 'terms', index, problem, from, to, text });
      return undefined;
    }
  });
  return { read: problems.length === 0 ? { model, formulas: formulas as Formula[] } : undefined, problems };
}
