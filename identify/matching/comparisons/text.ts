import { editDistance } from '../edit-distance.ts';
import { jaroWinkler } from '../jaro-winkler.ts';
import { type Comparison, grade, positions, rarityIn } from './comparison.ts';

/** Any short text: equal, a slip apart, similar by Jaro–Winkler or by the words they share, different. */
export const text: Comparison = {
  columns: [1, 1],
  levels: [
    { is: 'exact', m: 0.85 },
    { is: 'typo', m: 0.06 },
    { is: 'similar', at: 0.88, m: 0.04 },
    { is: 'different', m: 0.05 },
  ],
  build(values, levels) {
    const at = positions(levels);
    const typo = at.of('typo');
    const similar = at.graded('similar');
    const texts = values.texts[0]!;
    const rarity = rarityIn(values.counts);
    return {
      compare: (a, b) => {
        if (a === b) return 0;
        const x = texts[a]!;
        const y = texts[b]!;
        if (typo >= 0 && isSlip(x, y)) return typo;
        return grade(similar, Math.max(jaroWinkler(x, y), wordsInCommon(x, y)), at.different);
      },
      rarity: (level, a) => (level === 0 ? rarity(values.counts[a]) : 0),
    };
  },
};

/** One edit, or two in a text of ten letters or more; none in a text of three or fewer. */
export function isSlip(a: string, b: string): boolean {
  const shorter = Math.min(a.length, b.length);
  if (shorter < 4) return false;
  const allowed = shorter >= 10 ? 2 : 1;
  return editDistance(a, b, allowed) <= allowed;
}

/** Jaccard similarity of the words; 0 where both have only one. */
export function wordsInCommon(a: string, b: string): number {
  const x = a.split(' ');
  const y = b.split(' ');
  if (x.length === 1 && y.length === 1) return 0;
  const right = new Set(y);
  const left = new Set(x);
  let common = 0;
  for (const word of left) if (right.has(word)) common++;
  return common / (left.size + right.size - common);
}
