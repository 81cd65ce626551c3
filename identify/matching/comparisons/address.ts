import { jaroWinkler } from '../jaro-winkler.ts';
import { fewestEdits, letterSets, mostAlike } from '../letters.ts';
import { type Comparison, grade, MISSING, positions, rarityIn } from './comparison.ts';
import { isSlip, wordsInCommon } from './text.ts';

/**
 * Addresses: `[street]`, `[street, postcode]` or `[street, postcode, city]`, the street with its number. The same street
 * and place, the same street with another postcode, a similar street in the same place, only the place, different.
 */
export const address: Comparison = {
  columns: [1, 3],
  cheap: true,
  levels: [
    { is: 'exact', m: 0.55 },
    { is: 'similar', at: 0.88, m: 0.1 },
    { is: 'street', m: 0.03 },
    { is: 'postcode', m: 0.1 },
    { is: 'city', m: 0.1 },
    { is: 'different', m: 0.12 },
  ],
  build(values, levels) {
    const at = positions(levels);
    const similar = at.graded('similar');
    const street = at.of('street');
    const postcode = at.of('postcode');
    const city = at.of('city');
    const streets = values.texts[0]!;
    const streetRarity = rarityIn(values.partTerms[0]!);
    const postcodeRarity = values.width > 1 ? rarityIn(values.partTerms[1]!) : undefined;
    const cityRarity = values.width > 2 ? rarityIn(values.partTerms[2]!) : undefined;
    const door = doorNumbers(streets);
    const letters = letterSets(streets);
    const least = Math.min(...similar.map((level) => level.at), 1);
    const { width } = values;
    const part = (k: number, code: number): number => (k < width ? values.parts[code * width + k]! : 0);

    return {
      compare: (a, b) => {
        const streetA = part(0, a);
        const streetB = part(0, b);
        const samePostcode = agreement(part(1, a), part(1, b));
        const sameCity = agreement(part(2, a), part(2, b));
        const elsewhere = samePostcode === DIFFER || (samePostcode === UNKNOWN && sameCity === DIFFER);
        if (streetA !== 0 && streetB !== 0) {
          if (streetA === streetB) return elsewhere && street >= 0 ? street : 0;
          if (!elsewhere) {
            // Streets whose numbers differ are different doors however alike the names are.
            const [doorA, doorB] = [door(streetA), door(streetB)];
            if (doorA === doorB || doorA < 0 || doorB < 0) {
              const [x, y] = [streets[streetA]!, streets[streetB]!];
              const level = grade(similar, streetSimilarity(x, y, letters(streetA), letters(streetB), least), -1);
              if (level >= 0) return level;
            }
          }
        }
        if (samePostcode === AGREE && postcode >= 0) return postcode;
        if (sameCity === AGREE && city >= 0) return city;
        const comparable = (streetA !== 0 && streetB !== 0) || samePostcode !== UNKNOWN || sameCity !== UNKNOWN;
        return comparable ? at.different : MISSING;
      },
      rarity: (level, a, b) => {
        if (level === 0 || level === street) return streetRarity(part(0, a));
        if (level === postcode && postcodeRarity && part(1, a) === part(1, b)) return postcodeRarity(part(1, a));
        if (level === city && cityRarity && part(2, a) === part(2, b)) return cityRarity(part(2, a));
        return 0;
      },
    };
  },
};

const UNKNOWN = 0;
const AGREE = 1;
const DIFFER = 2;

function agreement(a: number, b: number): number {
  if (a === 0 || b === 0) return UNKNOWN;
  return a === b ? AGREE : DIFFER;
}

function streetSimilarity(a: string, b: string, lettersA: number, lettersB: number, least: number): number {
  const words = wordsInCommon(a, b);
  if (words >= least) return words;
  if (fewestEdits(lettersA, lettersB) <= 2 && isSlip(a, b)) return 1;
  return mostAlike(a, b, lettersA, lettersB) < least ? words : Math.max(words, jaroWinkler(a, b));
}

/** The first number in a street, which is its door's; -1 without. Read once for the values at hand. */
function doorNumbers(streets: readonly string[]): (code: number) => number {
  const known = new Int32Array(streets.length);
  for (let code = 0; code < streets.length; code++) known[code] = firstNumber(streets[code]!);
  return (code) => known[code] ?? firstNumber(streets[code]!);
}

function firstNumber(text: string): number {
  let number = -1;
  for (let at = 0; at < text.length; at++) {
    const digit = text.charCodeAt(at) - 48;
    if (digit >= 0 && digit <= 9) number = Math.max(0, number) * 10 + digit;
    else if (number >= 0) break;
  }
  return number % 1e9;
}
