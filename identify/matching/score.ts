import { MISSING } from './comparisons/comparison.ts';
import { type Linker, levelOf } from './linker.ts';
import type { Model } from './model.ts';
import type { Column } from './table.ts';

/** A model bound to a table: scores pairs of rows. The results of the last pair stand in its fields. */
export interface Scorer {
  linker: Linker;
  model: Model;
  /** `base[field][level]`: log2(m ÷ u). */
  base: Float64Array[];
  /** log2 of the prior odds that two rows are one entity. */
  prior: number;
  levels: Uint8Array;
  /** Index + 1 of the constraint that keeps the last pair apart; 0 none. */
  apart: number;
  /** Index + 1 of the deterministic rule that joins it; 0 none. */
  rule: number;
  /** log2 of how much likelier the last pair's shared fields are among relatives than among strangers. */
  household: number;
  /** What the household discount took from the last pair's weight, in bits. */
  discount: number;
  /** log2 Bayes factor of the pair. */
  score(i: number, j: number): number;
  /** The weight of one field of the last pair with its term frequency, in bits; 0 where missing. */
  fieldWeight(field: number, i: number, j: number): number;
}

/** log2 odds from which a deterministic rule lifts a pair. */
const RULE_LOG_ODDS = 14;

export function scorerOf(linker: Linker, model: Model): Scorer {
  const { fields, width, settings, table } = linker;
  const base = model.fields.map(({ levels }) => Float64Array.from(levels, ({ m, u }) => Math.log2(m / u)));
  const kin = model.fields.map(({ levels }) => Float64Array.from(levels, ({ m, u, r }) => Math.log2((r ?? m) / u)));
  const shared = Uint8Array.from(fields, ({ field }) => (field.shared ? 1 : 0));
  const terms = fields.map(({ field, comparator }) => (field.termFrequency ? comparator.rarity : undefined));
  const prior = Math.log2(model.prior / (1 - model.prior));
  const levels = new Uint8Array(width).fill(MISSING);
  const relatives = model.relatives;

  const columnsOf = (names: readonly string[]) => names.flatMap((name) => table.columns[name] ?? []);
  const position = new Map(fields.map(({ field }, f) => [field.name, f]));
  const aparts = settings.constraints.apart.map(({ when, unlessEqual }) => ({
    when: Object.entries(when).map(([name, kinds]) => {
      const f = position.get(name);
      if (f === undefined) throw new Error(`A constraint names the field "${name}", which the settings do not have.`);
      return { f, at: fields[f]!.levels.map(({ is }) => kinds.includes(is)) };
    }),
    unlessEqual: columnsOf(unlessEqual),
  }));
  const rules = settings.rules.map(({ equal, unless }) => ({
    equal: equal.every((name) => name in table.columns) ? columnsOf(equal) : [],
    unless: (unless ?? []).map((name) => position.get(name)).filter((f) => f !== undefined),
  }));

  const keptApart = (i: number, j: number): number => {
    for (let k = 0; k < aparts.length; k++) {
      const { when, unlessEqual } = aparts[k]!;
      let holds = true;
      for (let w = 0; w < when.length && holds; w++) {
        const level = levels[when[w]!.f]!;
        holds = level !== MISSING && when[w]!.at[level]!;
      }
      if (holds && !equalIn(unlessEqual, i, j)) return k + 1;
    }
    return 0;
  };
  const conflicting = (f: number): boolean => {
    const level = levels[f]!;
    if (level === MISSING) return false;
    const { is } = fields[f]!.levels[level]!;
    return is === 'different' || is === 'apart';
  };
  const ruled = (i: number, j: number): number => {
    for (let k = 0; k < rules.length; k++) {
      const { equal, unless } = rules[k]!;
      if (equal.length === 0) continue;
      let holds = true;
      for (let e = 0; e < equal.length && holds; e++) {
        const { codes } = equal[e]!;
        holds = codes[i] !== 0 && codes[i] === codes[j];
      }
      if (holds && !(unless.length > 0 && unless.every(conflicting))) return k + 1;
    }
    return 0;
  };

  const scorer: Scorer = {
    linker,
    model,
    base,
    prior,
    levels,
    apart: 0,
    rule: 0,
    household: 0,
    discount: 0,
    score(i, j) {
      let total = 0;
      let household = 0;
      const atI = i * width;
      const atJ = j * width;
      for (let f = 0; f < width; f++) {
        const a = linker.codes[atI + f]!;
        const b = linker.codes[atJ + f]!;
        const level = levelOf(fields[f]!, a, b);
        levels[f] = level;
        if (level === MISSING) continue;
        let rareness = 0;
        const rarity = terms[f];
        if (rarity) {
          const factor = rarity(level, a, b);
          if (factor !== 1) rareness = Math.log2(factor);
        }
        total += base[f]![level]! + rareness;
        if (shared[f]) household += kin[f]![level]! + rareness;
      }
      scorer.household = household;
      scorer.discount = householdDiscount(relatives, household);
      total -= scorer.discount;
      scorer.apart = aparts.length === 0 ? 0 : keptApart(i, j);
      scorer.rule = scorer.apart !== 0 || rules.length === 0 ? 0 : ruled(i, j);
      if (scorer.rule !== 0 && total + prior < RULE_LOG_ODDS) total = RULE_LOG_ODDS - prior;
      return total;
    },
    fieldWeight(f, i, j) {
      const level = levels[f]!;
      if (level === MISSING) return 0;
      const rarity = terms[f];
      return base[f]![level]! + (rarity ? Math.log2(rarity(level, linker.codes[i * width + f]!, linker.codes[j * width + f]!)) : 0);
    },
  };
  return scorer;
}

/**
 * What agreement on things that a household shares is worth less than it seems, in bits. Pairs of different entities are a
 * mixture of strangers, among whom such agreement is chance, and of relatives (a share `relatives` of all pairs), among whom it
 * has frequencies of its own; so its Bayes factor cannot much exceed 1 ÷ `relatives`. `household` is log2 of how much likelier
 * the shared fields look among relatives than among strangers.
 */
export function householdDiscount(relatives: number, household: number): number {
  if (relatives <= 0 || household <= 0) return 0;
  return Math.log2(1 - relatives + relatives * 2 ** household);
}

export function probabilityOf(weight: number, prior: number): number {
  return 1 / (1 + 2 ** -(weight + prior));
}

function equalIn(columns: readonly Column[], i: number, j: number): boolean {
  for (const { codes } of columns) if (codes[i] !== 0 && codes[i] === codes[j]) return true;
  return false;
}
