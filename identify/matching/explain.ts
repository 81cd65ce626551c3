import { boundTo } from './bound.ts';
import { MISSING } from './comparisons/comparison.ts';
import type { Linker } from './linker.ts';
import type { Model } from './model.ts';
import { probabilityOf, type Scorer, scorerOf } from './score.ts';
import type { Table } from './table.ts';

/** Why two rows are, or are not, one entity: the terms add up to the weight. */
export interface PairExplanation {
  /** log2 Bayes factor: the sum of the terms. */
  weight: number;
  probability: number;
  /** log2 of the prior odds; the posterior log2 odds are prior + weight. */
  prior: number;
  terms: ExplanationTerm[];
  /** The deterministic rule that joins them. */
  rule?: string;
  /** The constraint that keeps them apart whatever the weight. */
  apart?: string;
}

export interface ExplanationTerm {
  /** The field's name; `household` for what the household discount takes, `rule` for what a rule adds. */
  field: string;
  /** Index of the level; -1 where a value is missing. */
  level: number;
  /** The level's name, `missing`, `discount` or the rule's name. */
  label: string;
  /** Bits for (or, negative, against) one entity. */
  weight: number;
  m: number;
  u: number;
  /** How many bits of the weight the rarity of the value made. */
  tf: number;
  /** The values compared, column by column. */
  left: string[];
  right: string[];
}

/** Explains one pair of rows. For many pairs of one table take {@link explainer}, which binds the model to the table once. */
export function explainPair(table: Table, model: Model, i: number, j: number): PairExplanation {
  return explainer(table, model)(i, j);
}

/** A function that explains pairs of rows of this table, a few microseconds each. */
export function explainer(table: Table, model: Model): (i: number, j: number) => PairExplanation {
  const { linker, order } = boundTo(table, model.settings, model.learned);
  const scorer = scorerOf(linker, model);
  return (i, j) => explainWith(linker, scorer, model, order?.positionOf[i] ?? i, order?.positionOf[j] ?? j);
}

export function explainWith(linker: Linker, scorer: Scorer, model: Model, i: number, j: number): PairExplanation {
  const weight = scorer.score(i, j);
  const terms: ExplanationTerm[] = linker.fields.map(({ field, levels, values }, f) => {
    const a = linker.codes[i * linker.width + f]!;
    const b = linker.codes[j * linker.width + f]!;
    const level = scorer.levels[f]!;
    const left = values.texts.map((texts, k) => texts[values.parts[a * values.width + k]!] ?? '');
    const right = values.texts.map((texts, k) => texts[values.parts[b * values.width + k]!] ?? '');
    if (level === MISSING) return { field: field.name, level: -1, label: 'missing', weight: 0, m: 1, u: 1, tf: 0, left, right };
    const { m, u } = model.fields[f]!.levels[level]!;
    const bits = scorer.fieldWeight(f, i, j);
    return { field: field.name, level, label: levels[level]!.is, weight: bits, m, u, tf: bits - scorer.base[f]![level]!, left, right };
  });
  if (scorer.discount > 0.005) terms.push(extraTerm('household', 'discount', -scorer.discount));
  const ruleName = scorer.rule === 0 ? undefined : model.settings.rules[scorer.rule - 1]!.name;
  const missing = weight - terms.reduce((sum, term) => sum + term.weight, 0);
  if (ruleName !== undefined && missing > 0.005) terms.push(extraTerm('rule', ruleName, missing));
  const apart = scorer.apart === 0 ? undefined : model.settings.constraints.apart[scorer.apart - 1]!.name;
  return {
    weight,
    probability: apart === undefined ? probabilityOf(weight, scorer.prior) : 0,
    prior: scorer.prior,
    terms,
    ...(ruleName === undefined ? {} : { rule: ruleName }),
    ...(apart === undefined ? {} : { apart }),
  };
}

function extraTerm(field: string, label: string, weight: number): ExplanationTerm {
  return { field, level: -1, label, weight, m: 1, u: 1, tf: 0, left: [], right: [] };
}
