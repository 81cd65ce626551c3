import { editDistance } from '../edit-distance.ts';
import type { FieldValues } from '../field-values.ts';
import { type Comparison, positions, rarityIn } from './comparison.ts';

/** Phones: one column or several that hold any of them; the pair agrees if any number of one is a number of the other. */
export const phone: Comparison = {
  columns: [1, 4],
  cheap: true,
  levels: [
    { is: 'exact', m: 0.7 },
    { is: 'typo', m: 0.03 },
    { is: 'different', m: 0.27 },
  ],
  build(values, levels) {
    const at = positions(levels);
    const typo = at.of('typo');
    const { width } = values;
    const number = numbersOf(values);
    const rarities = values.partTerms.map(rarityIn);

    return {
      compare: (a, b) => {
        if (a === b) return 0;
        let near = false;
        for (let k = 0; k < width; k++) {
          const codeA = values.parts[a * width + k]!;
          if (codeA === 0) continue;
          const x = number(k, codeA);
          for (let l = 0; l < width; l++) {
            const codeB = values.parts[b * width + l]!;
            if (codeB === 0) continue;
            const y = number(l, codeB);
            if (x === y) return 0;
            if (typo < 0 || near || x < 1e6 || y < 1e6 || !mayBeNear(x, y)) continue;
            near = editDistance(values.texts[k]![codeA]!, values.texts[l]![codeB]!, 1) <= 1;
          }
        }
        return near ? typo : at.different;
      },
      rarity: (level, a, b) => {
        if (level !== 0) return 0;
        // Of a shared number the commoner of its two counts, which is the careful one; of two shared numbers the rarer.
        let rarest = Number.NEGATIVE_INFINITY;
        for (let k = 0; k < width; k++) {
          const codeA = values.parts[a * width + k]!;
          if (codeA === 0) continue;
          for (let l = 0; l < width; l++) {
            const codeB = values.parts[b * width + l]!;
            if (codeB === 0 || number(k, codeA) !== number(l, codeB)) continue;
            rarest = Math.max(rarest, Math.min(rarities[k]!(codeA), rarities[l]!(codeB)));
          }
        }
        return rarest === Number.NEGATIVE_INFINITY ? 0 : rarest;
      },
    };
  },
};

/** The digits of a phone as a number, exact up to fifteen; NaN without digits. Read once for the values at hand. */
function numbersOf(values: FieldValues): (k: number, code: number) => number {
  const known = values.texts.map((texts) => {
    const numbers = new Float64Array(texts.length);
    for (let code = 0; code < texts.length; code++) numbers[code] = digitsOf(texts[code]!);
    return numbers;
  });
  return (k, code) => known[k]![code] ?? digitsOf(values.texts[k]![code]!);
}

function digitsOf(text: string): number {
  let number = 0;
  let digits = 0;
  for (let at = text.length - 1, place = 1; at >= 0 && digits < 15; at--) {
    const digit = text.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9) continue;
    number += digit * place;
    place *= 10;
    digits++;
  }
  return digits === 0 ? Number.NaN : number;
}

/** A quick test that one edit apart must pass: the difference is a digit, or nine times one, at one place; or a digit is missing. */
function mayBeNear(x: number, y: number): boolean {
  const larger = Math.max(x, y);
  const smaller = Math.min(x, y);
  if (larger > 5 * smaller) return true;
  let difference = larger - smaller;
  while (difference % 10 === 0) difference /= 10;
  return difference < 10 || (difference <= 81 && difference % 9 === 0);
}
