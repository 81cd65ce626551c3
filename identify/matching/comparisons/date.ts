import { editDistance } from '../edit-distance.ts';
import { commoner, type Comparison, positions, rarityIn } from './comparison.ts';

/**
 * Dates (YYYY-MM-DD, YYYYMMDD, DD/MM/YYYY): equal, day and month transposed, one digit wrong, two of the three parts
 * equal, the same year, at most `at` years apart (`near`), different; and more than `at` years apart (`apart`), which separates generations.
 */
export const date: Comparison = {
  columns: [1, 1],
  cheap: true,
  levels: [
    { is: 'exact', m: 0.9 },
    { is: 'swapped', m: 0.02 },
    { is: 'typo', m: 0.04 },
    { is: 'two-parts', m: 0.015 },
    { is: 'year', m: 0.01 },
    { is: 'near', at: 1.2, m: 0.005 },
    { is: 'apart', at: 13, m: 0.002 },
    { is: 'different', m: 0.013 },
  ],
  build(values, levels) {
    const at = positions(levels);
    const swapped = at.of('swapped');
    const typo = at.of('typo');
    const twoParts = at.of('two-parts');
    const year = at.of('year');
    const near = at.of('near');
    const nearYears = levels[near]?.at ?? 1.2;
    const apart = at.of('apart');
    const years = levels[apart]?.at ?? 13;
    const texts = values.texts[0]!;
    const rarity = rarityIn(values.terms);
    const numbers = numbersOf(texts);

    return {
      compare: (a, b) => {
        if (a === b) return 0;
        const x = numbers(a);
        const y = numbers(b);
        // Not dates as we know them: only their digits can be compared.
        if (x === 0 || y === 0) return slip(texts[a]!, texts[b]!) && typo >= 0 ? typo : at.different;
        if (x === y) return 0;
        const [yearX, monthX, dayX] = [Math.floor(x / 10_000), Math.floor(x / 100) % 100, x % 100];
        const [yearY, monthY, dayY] = [Math.floor(y / 10_000), Math.floor(y / 100) % 100, y % 100];
        if (swapped >= 0 && yearX === yearY && dayX === monthY && monthX === dayY) return swapped;
        if (typo >= 0 && oneDigit(x, y)) return typo;
        if (apart >= 0 && Math.abs(yearX - yearY) > years) return apart;
        const same = (yearX === yearY ? 1 : 0) + (monthX === monthY ? 1 : 0) + (dayX === dayY ? 1 : 0);
        if (twoParts >= 0 && same === 2) return twoParts;
        if (year >= 0 && yearX === yearY) return year;
        if (near >= 0 && Math.abs((yearX - yearY) * 12 + monthX - monthY) <= nearYears * 12) return near;
        return at.different;
      },
      rarity: (level, a, b) => (level === 0 ? commoner(rarity, a, b) : 0),
    };
  },
};

/** Dates as numbers, 19710308; 0 where it is no date. Read once for the values at hand. */
function numbersOf(texts: readonly string[]): (code: number) => number {
  const known = new Int32Array(texts.length);
  for (let code = 1; code < texts.length; code++) known[code] = numberOf(texts[code]!);
  return (code) => known[code] ?? numberOf(texts[code]!);
}

function numberOf(text: string): number {
  const { y, m, d } = readDate(text);
  return y * 10_000 + m * 100 + d;
}

/** Whether two dates differ in one digit, or by two neighbouring digits in each other's place. */
function oneDigit(x: number, y: number): boolean {
  let difference = Math.abs(x - y);
  let place = 1;
  while (difference % 10 === 0) {
    difference /= 10;
    place *= 10;
  }
  if (difference < 10) {
    // A difference of one digit, unless it carried: 39 and 40.
    return Math.floor(x / place / 10) === Math.floor(y / place / 10);
  }
  if (difference > 81 || difference % 9 !== 0) return false;
  const [a, b] = [Math.floor(x / place) % 100, Math.floor(y / place) % 100];
  return Math.floor(x / place / 100) === Math.floor(y / place / 100) && Math.floor(a / 10) === b % 10 && Math.floor(b / 10) === a % 10;
}

function slip(a: string, b: string): boolean {
  const [x, y] = [a.replace(/\D/g, ''), b.replace(/\D/g, '')];
  return x === y || editDistance(x, y, 1) <= 1;
}

/** Year, month and day of a date as numbers: all 0 where it is none. */
export function readDate(value: string): { y: number; m: number; d: number } {
  const yearFirst = /^(\d{4})\D?(\d{2})\D?(\d{2})/.exec(value);
  if (yearFirst) return { y: Number(yearFirst[1]), m: Number(yearFirst[2]), d: Number(yearFirst[3]) };
  const dayFirst = /^(\d{1,2})\D(\d{1,2})\D(\d{4})$/.exec(value);
  return dayFirst ? { y: Number(dayFirst[3]), m: Number(dayFirst[2]), d: Number(dayFirst[1]) } : { y: 0, m: 0, d: 0 };
}
