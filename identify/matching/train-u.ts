import { MISSING } from './comparisons/comparison.ts';
import { cleanSourceOf, type Linker } from './linker.ts';
import type { ComparisonName, Field } from './settings.ts';

/**
 * u: how often two different entities stand at each level, both values present. Agreement on the very same value is exact,
 * the probability of drawing two rows with one value without replacement; the fuzzy levels, which lie between different
 * values, are counted on `samples` random pairs of rows.
 */
export function estimateU(linker: Linker, samples: number, random: () => number): number[][] {
  const clean = rowsBySource(linker);
  return linker.fields.map(({ field }, f) => estimateField(linker, f, samples, random, isText(field) ? undefined : clean));
}

/** Texts of one source are alike in ways that those of two are not: a shop words its own. */
export function isText({ comparison }: Field): boolean {
  return comparison === 'words' || comparison === 'set';
}

/** Rows of each clean source: pairs within one are of different entities for certain. Absent where there is none. */
function rowsBySource({ table, settings }: Linker): Uint32Array[] | undefined {
  const sourceOf = cleanSourceOf(table, settings);
  if (sourceOf === undefined) return undefined;
  const rows = new Map<number, number[]>();
  for (let i = 0; i < table.rows; i++) {
    const source = sourceOf(i);
    if (source !== 0) (rows.get(source) ?? rows.set(source, []).get(source)!).push(i);
  }
  const lists = [...rows.values()].filter((list) => list.length >= 50).map((list) => Uint32Array.from(list));
  return lists.length > 0 ? lists : undefined;
}

function estimateField(
  { fields, codes, width, table }: Linker,
  f: number,
  samples: number,
  random: () => number,
  clean: readonly Uint32Array[] | undefined,
): number[] {
  const { values, comparator, levels } = fields[f]!;
  const { rows } = table;
  const { counts, present } = values;
  const same = new Float64Array(levels.length);
  const agreeing = (own: Uint32Array, pairs: number): void => {
    for (let code = 1; code <= values.count; code++) {
      const n = own[code]!;
      if (n < 2) continue;
      const level = values.width === 1 ? 0 : comparator.compare(code, code);
      if (level !== MISSING) same[level]! += (n * (n - 1)) / pairs;
    }
  };
  const within = clean?.map((list) => tallyOf(codes, width, f, list, values.count));
  const pairsWithin = within?.reduce((sum, { filled }) => sum + filled * (filled - 1), 0) ?? 0;
  if (within && pairsWithin > 0) for (const { own } of within) agreeing(own, pairsWithin);
  else agreeing(counts, Math.max(1, present * (present - 1)));

  const between = new Float64Array(levels.length);
  let seen = 0;
  if (levels.length > 2 || values.width > 1) {
    for (let s = 0; s < samples; s++) {
      const list = clean?.[s % clean.length];
      const a = codes[(list ? list[Math.floor(random() * list.length)]! : Math.floor(random() * rows)) * width + f]!;
      const b = codes[(list ? list[Math.floor(random() * list.length)]! : Math.floor(random() * rows)) * width + f]!;
      if (a === 0 || b === 0 || a === b) continue;
      // Not remembered: random pairs hardly ever come back, and would push out those that do.
      const level = comparator.compare(a, b);
      if (level === MISSING) continue;
      between[level]!++;
      seen++;
    }
  } else {
    // Different values are simply different: nothing to count.
    between[levels.length - 1] = 1e9;
    seen = 1e9;
  }

  const equal = same.reduce((sum, share) => sum + share, 0);
  const last = levels.length - 1;
  // A level that no sampled pair reached is rare, not impossible; and of a handful of pairs nothing is learned but that most strangers differ.
  const u = levels.map((_, level) =>
    Math.max(LEAST_SHARE, same[level]! + (1 - equal) * ((between[level]! + (level === last ? STRANGERS - 1 : 0.3)) / (seen + STRANGERS))),
  );
  u[0] = Math.max(u[0]!, leastU(present));
  const most = present < FEW_VALUES ? usualChance[fields[f]!.field.comparison] : undefined;
  if (most !== undefined && u[0]! > most) {
    const factor = most / u[0]!;
    levels.forEach(({ is }, level) => {
      if (nearly.has(is)) u[level]! *= factor;
    });
  }
  u[last] = Math.max(1e-6, 1 - u.slice(0, last).reduce((sum, share) => sum + share, 0));
  return u;
}

/** Where all rows are alike there is no chance of a difference to be measured; a weight must be finite all the same. */
const LEAST_SHARE = 1e-9;
/** Pairs of strangers, all different, that count beside those sampled. In a file of two records they are nearly all that is known. */
const STRANGERS = 20;
/** With fewer values than this, what agrees is mostly of one entity, and chance cannot be told from the file alone. */
const FEW_VALUES = 400;
/**
 * Chance agreement that is not exceeded where people and companies come from more than one house. Of what is made to tell one
 * from another alone: in a village many have one name, and those born in one month are many.
 */
const usualChance: Partial<Record<ComparisonName, number>> = { id: 1e-4, phone: 1e-3, email: 1e-3 };
/** Levels that only one value, or nearly the same, reaches. */
const nearly = new Set(['exact', 'swapped', 'typo', 'core', 'similar', 'local']);

/** How many of the listed rows have each code, and how many have any. */
function tallyOf(codes: Uint32Array, width: number, f: number, list: Uint32Array, highest: number): { own: Uint32Array; filled: number } {
  const own = new Uint32Array(highest + 1);
  for (let k = 0; k < list.length; k++) own[codes[list[k]! * width + f]!]!++;
  return { own, filled: list.length - own[0]! };
}

/** No agreement is rarer among different entities than this, whatever the counts say. */
export function leastU(present: number): number {
  return 1 / (10 * Math.max(10, present));
}

/**
 * Takes out of u what the pairs of one entity put in: random pairs hold a share `prior` of them, which shows in small files.
 */
export function withoutMatches(u: readonly number[], m: readonly number[], prior: number, present: number): number[] {
  const last = u.length - 1;
  const cleaned = u.map((share, level) =>
    Math.min(1, Math.max(level === 0 ? leastU(present) : Math.min(share, 2e-6), (share - prior * m[level]!) / (1 - prior))),
  );
  cleaned[last] = Math.max(1e-6, 1 - cleaned.slice(0, last).reduce((sum, share) => sum + share, 0));
  return cleaned;
}
