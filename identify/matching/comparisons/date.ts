import { editDistance } from '../edit-distance.ts';
import { type Comparison, positions, rarityIn } from './comparison.ts';

/**
 * Dates (YYYY-MM-DD, YYYYMMDD, DD/MM/YYYY): equal, day and month transposed, one digit wrong, two of the three parts
 * equal, the same year, at most `at` years apart (`near`), different; and more than `at` years apart (`apart`), which separates generations.
 */
export const date: Comparison = {
  columns: [1, 1],
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
    const rarity = rarityIn(values.counts);
    const parsed: ({ y: number; m: number; d: number; digits: string } | undefined)[] = [];
    const read = (code: number) => (parsed[code] ??= readDate(texts[code]!));

    return {
      compare: (a, b) => {
        if (a === b) return 0;
        const x = read(a);
        const y = read(b);
        if (x.digits === y.digits && x.digits !== '') return 0;
        const known = x.y !== 0 && y.y !== 0;
        if (known && swapped >= 0 && x.y === y.y && x.d === y.m && x.m === y.d) return swapped;
        if (typo >= 0 && editDistance(x.digits, y.digits, 1) <= 1) return typo;
        if (!known) return at.different;
        const same = (x.y === y.y ? 1 : 0) + (x.m === y.m ? 1 : 0) + (x.d === y.d ? 1 : 0);
        const distance = Math.abs(x.y - y.y);
        if (apart >= 0 && distance > years) return apart;
        if (twoParts >= 0 && same === 2) return twoParts;
        if (year >= 0 && x.y === y.y) return year;
        if (near >= 0 && Math.abs((x.y - y.y) * 12 + x.m - y.m) <= nearYears * 12) return near;
        return at.different;
      },
      rarity: (level, a) => (level === 0 ? rarity(values.counts[a]) : 0),
    };
  },
};

/** Year, month and day as numbers (all 0 where it is no date) and the digits year first. */
export function readDate(value: string): { y: number; m: number; d: number; digits: string } {
  const digits = value.replace(/\D/g, '');
  const yearFirst = /^(\d{4})\D?(\d{2})\D?(\d{2})/.exec(value);
  if (yearFirst) return { y: Number(yearFirst[1]), m: Number(yearFirst[2]), d: Number(yearFirst[3]), digits: digits.slice(0, 8) };
  const dayFirst = /^(\d{1,2})\D(\d{1,2})\D(\d{4})$/.exec(value);
  if (dayFirst) {
    const [d, m, y] = [dayFirst[1]!.padStart(2, '0'), dayFirst[2]!.padStart(2, '0'), dayFirst[3]!];
    return { y: Number(y), m: Number(m), d: Number(d), digits: y + m + d };
  }
  return { y: 0, m: 0, d: 0, digits };
}
