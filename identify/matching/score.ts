import { MISSING } from './comparisons/comparison.ts';
import { type Linker, levelOf } from './linker.ts';
import type { Model } from './model.ts';

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
  /** Whether a constraint keeps the pair apart; looks only at the fields that constraints name. */
  setAside(i: number, j: number): boolean;
  /** log2 Bayes factor of the pair. With `brief`, -Infinity as soon as a constraint keeps it apart. */
  score(i: number, j: number, brief?: boolean): number;
  /** The same for a pair that {@link setAside} has just let pass, whose work it need not do again. */
  scorePassed(i: number, j: number): number;
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
  const negligible = relatives > 0 ? -Math.log2(relatives) - 10 : Number.POSITIVE_INFINITY;

  const position = new Map(fields.map(({ field }, f) => [field.name, f]));
  const equalityOf = (names: readonly string[]) => names.flatMap((name) => equality(linker, name) ?? []);
  const aparts = apartMasks(linker, position);
  const unlessEqual = settings.constraints.apart.map((constraint) => equalityOf(constraint.unlessEqual));
  const rules = settings.rules.map(({ equal, unless }) => ({
    equal: equal.every((name) => name in table.columns) ? equalityOf(equal) : [],
    unless: (unless ?? []).map((name) => position.get(name)).filter((f) => f !== undefined),
  }));
  // Fields that can decide by themselves that a pair is kept apart come first.
  const order = [...fields.keys()].toSorted((f, g) => Number(aparts.involved[g]!) - Number(aparts.involved[f]!));
  const deciding = aparts.involved.filter(Boolean).length;

  const keptApart = (i: number, j: number): number => {
    let holding = aparts.all;
    for (let k = 0; k < deciding; k++) {
      const f = order[k]!;
      const level = levels[f]!;
      holding &= level === MISSING ? aparts.missing[f]! : aparts.masks[f]![level]!;
    }
    for (let c = 0; holding !== 0; c++, holding >>>= 1) {
      if ((holding & 1) !== 0 && !unlessEqual[c]!.some((equal) => equal(i, j))) return c + 1;
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
      if (equal.length === 0 || !equal.every((holds) => holds(i, j))) continue;
      if (unless.length === 0 || !unless.every(conflicting)) return k + 1;
    }
    return 0;
  };

  /** The weight, once the fields that decide about constraints are compared. */
  const sumUp = (i: number, j: number): number => {
    const { codes } = linker;
    const atI = i * width;
    const atJ = j * width;
    let total = 0;
    let household = 0;
    for (let k = 0; k < width; k++) {
      const f = order[k]!;
      const a = codes[atI + f]!;
      const b = codes[atJ + f]!;
      if (k >= deciding) levels[f] = levelOf(fields[f]!, a, b);
      const level = levels[f]!;
      if (level === MISSING) continue;
      const rarity = terms[f];
      const rareness = rarity === undefined ? 0 : rarity(level, a, b);
      total += base[f]![level]! + rareness;
      if (shared[f]) household += kin[f]![level]! + rareness;
    }
    scorer.household = household;
    // Below this the discount is less than a thousandth of a bit, and most pairs are.
    scorer.discount = household < negligible ? 0 : householdDiscount(relatives, household);
    total -= scorer.discount;
    scorer.rule = scorer.apart !== 0 || rules.length === 0 ? 0 : ruled(i, j);
    if (scorer.rule !== 0 && total + prior < RULE_LOG_ODDS) total = RULE_LOG_ODDS - prior;
    return total;
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
    setAside(i, j) {
      for (let k = 0; k < deciding; k++) {
        const f = order[k]!;
        levels[f] = levelOf(fields[f]!, linker.codes[i * width + f]!, linker.codes[j * width + f]!);
      }
      return deciding > 0 && keptApart(i, j) !== 0;
    },
    score(i, j, brief = false) {
      const atI = i * width;
      const atJ = j * width;
      for (let k = 0; k < deciding; k++) {
        const f = order[k]!;
        levels[f] = levelOf(fields[f]!, linker.codes[atI + f]!, linker.codes[atJ + f]!);
      }
      scorer.apart = deciding > 0 ? keptApart(i, j) : 0;
      return brief && scorer.apart !== 0 ? Number.NEGATIVE_INFINITY : sumUp(i, j);
    },
    scorePassed(i, j) {
      scorer.apart = 0;
      return sumUp(i, j);
    },
    fieldWeight(f, i, j) {
      const level = levels[f]!;
      if (level === MISSING) return 0;
      const rarity = terms[f];
      return base[f]![level]! + (rarity ? rarity(level, linker.codes[i * width + f]!, linker.codes[j * width + f]!) : 0);
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

/** Whether two rows have the same value in a column, both present: by a field's code where one holds just that column, which is at hand. */
function equality(linker: Linker, column: string): ((i: number, j: number) => boolean) | undefined {
  const f = linker.fields.findIndex(({ field, values }) => values.width === 1 && field.columns[0] === column);
  if (f >= 0) {
    const { width } = linker;
    return (i, j) => {
      const code = linker.codes[i * width + f]!;
      return code !== 0 && code === linker.codes[j * width + f];
    };
  }
  const found = linker.table.columns[column];
  if (found === undefined) return undefined;
  return (i, j) => found.codes[i] !== 0 && found.codes[i] === found.codes[j];
}

/** The constraints as bits: those that a field at a level leaves possible, all of which must do so. */
function apartMasks({ fields, settings }: Linker, position: Map<string, number>) {
  const { apart } = settings.constraints;
  const all = 2 ** apart.length - 1;
  const masks = fields.map(({ levels }) => levels.map(() => all));
  const missing = fields.map(() => all);
  const involved = fields.map(() => false);
  apart.forEach(({ when }, c) => {
    for (const [name, kinds] of Object.entries(when)) {
      const f = position.get(name);
      if (f === undefined) throw new Error(`A constraint names the field "${name}", which the settings do not have.`);
      involved[f] = true;
      missing[f]! &= ~(1 << c);
      fields[f]!.levels.forEach(({ is }, level) => {
        if (!kinds.includes(is)) masks[f]![level]! &= ~(1 << c);
      });
    }
  });
  return { all, masks, missing, involved };
}
