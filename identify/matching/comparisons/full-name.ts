import { type FieldValues, upTo } from '../field-values.ts';
import { commoner, type Comparison, MISSING, positions, rarityIn } from './comparison.ts';
import { name } from './name.ts';
import { isSlip } from './text.ts';

/**
 * A given name and one surname, `[given, surname]` or `[given, surname, root]`, as one: they are swapped, lost and mistyped together more often than two
 * independent fields would have it.
 */
export const fullName: Comparison = {
  columns: [2, 3],
  // What relatives share of a full name is the surname; learned from pairs, it would take in people entered with a wrong date.
  levels: [
    { is: 'exact', m: 0.66, r: 0.01 },
    { is: 'swapped', m: 0.03, r: 0.002 },
    { is: 'near', m: 0.12, r: 0.01 },
    { is: 'similar', m: 0.03, r: 0.01 },
    { is: 'surname', m: 0.04 },
    { is: 'given', m: 0.03, r: 0.01 },
    { is: 'crossed', m: 0.02, r: 0.01 },
    { is: 'loose', m: 0.02, r: 0.06 },
    // As rare as names that differ throughout: a given name may be short or misspelt, but is seldom another one.
    { is: 'surname-only', m: 0.02, r: 0.72, most: 0.05 },
    { is: 'given-only', m: 0.02, r: 0.008 },
    { is: 'different', m: 0.01, r: 0.11, most: 0.05 },
  ],
  build(values, levels) {
    const at = positions(levels);
    const [swapped, near, similar] = [at.of('swapped'), at.of('near'), at.of('similar')];
    const [surname, given, surnameOnly, givenOnly] = [at.of('surname'), at.of('given'), at.of('surname-only'), at.of('given-only')];
    const [givens, surnames] = values.texts as [string[], string[]];
    const compareGiven = partComparator(values, 0);
    const compareSurname = partComparator(values, 1);
    const rarity = rarityIn(values.terms);
    const givenRarity = rarityIn(values.partTerms[0]!);
    const surnameRarity = rarityIn(values.partTerms[1]!);
    const [inOtherPlace, loose] = [at.of('crossed'), at.of('loose')];

    return {
      compare: (a, b) => {
        const { parts, width } = values;
        const x1 = givens[parts[a * width]!]!;
        const y1 = givens[parts[b * width]!]!;
        const x2 = surnames[parts[a * width + 1]!]!;
        const y2 = surnames[parts[b * width + 1]!]!;
        let first = compareGiven(parts[a * width]!, parts[b * width]!);
        // Bob and Robert.
        if (width > 2 && first > ALIKE && parts[a * width + 2] === parts[b * width + 2]) first = ALIKE;
        const second = compareSurname(parts[a * width + 1]!, parts[b * width + 1]!);
        if (first === EQUAL && second === EQUAL) return 0;
        if (swapped >= 0 && crossed(x1, y2) && crossed(x2, y1)) return swapped;
        if (first === ABSENT || second === ABSENT) {
          // One lacks a name, or has its only one in the other's place.
          if (second === EQUAL) return otherwise(surname, at.different);
          if (first === EQUAL) return otherwise(given, at.different);
          if (crossed(x1, y2) || crossed(x2, y1)) return otherwise(inOtherPlace, at.different);
          if (first === ALIKE || second === ALIKE) return otherwise(loose, at.different);
          return first === ABSENT && second === ABSENT ? MISSING : at.different;
        }
        if (first <= ALIKE && second <= ALIKE) return otherwise(first === EQUAL || second === EQUAL ? near : similar, at.different);
        if (first + second <= ALIKE + WEAK) return otherwise(loose, at.different);
        if (second === EQUAL) return otherwise(surnameOnly, at.different);
        if (first === EQUAL) return otherwise(givenOnly, at.different);
        return at.different;
      },
      rarity: (level, a, b) => {
        if (level === 0 || level === swapped) return commoner(rarity, a, b);
        const { parts, width } = values;
        if (level === surname || level === surnameOnly) return surnameRarity(parts[a * width + 1]!);
        if (level === given || level === givenOnly) return givenRarity(parts[a * width]!);
        return 0;
      },
    };
  },
};

const ABSENT = -1;
const EQUAL = 0;
const ALIKE = 1;
const WEAK = 2;
const UNLIKE = 4;

/** A level, or the next where the settings leave it out. */
function otherwise(level: number, next: number): number {
  return level >= 0 ? level : next;
}

function crossed(x: string, y: string): boolean {
  return x !== '' && (x === y || isSlip(x, y));
}

/** Compares the codes of one column as names: equal, alike, weakly alike, unlike, absent. Few distinct names meet often, so it remembers. */
function partComparator(values: FieldValues, k: number): (a: number, b: number) => number {
  const size = values.texts[k]!.length - 1;
  const own: FieldValues = {
    ...values,
    count: size,
    width: 1,
    parts: upTo(size + 1),
    texts: [values.texts[k]!],
    terms: values.partTerms[k]!,
    partTerms: [values.partTerms[k]!],
    tables: [],
  };
  const { compare } = name.build(own, name.levels);
  const unlike = name.levels.length - 1;
  const weak = unlike - 1;
  return (a, b) => {
    if (a === 0 || b === 0) return ABSENT;
    if (a === b) return EQUAL;
    // A name unseen when the comparison was built (a new record's) has no entry yet.
    const last = Math.max(a, b);
    if (last >= own.parts.length) own.parts = upTo(last * 2);
    const level = compare(a, b);
    return level === 0 ? EQUAL : level === unlike ? UNLIKE : level === weak ? WEAK : ALIKE;
  };
}
