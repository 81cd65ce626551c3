import { editDistance } from '../edit-distance.ts';
import { jaroWinkler } from '../jaro-winkler.ts';
import { fewestEdits, letterSets, mostAlike } from '../letters.ts';
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
    const letters = letterSets(texts);
    const least = Math.min(...similar.map((level) => level.at), 1);
    return {
      compare: (a, b) => {
        if (a === b) return 0;
        const x = texts[a]!;
        const y = texts[b]!;
        const [lettersX, lettersY] = [letters(a), letters(b)];
        if (typo >= 0 && fewestEdits(lettersX, lettersY) <= 2 && isSlip(x, y)) return typo;
        const words = wordsInCommon(x, y);
        if (words < least && mostAlike(x, y, lettersX, lettersY) < least) return at.different;
        return grade(similar, Math.max(words, jaroWinkler(x, y)), at.different);
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
  if (!a.includes(' ') && !b.includes(' ')) return 0;
  const x = a.split(' ');
  const y = b.split(' ');
  let common = 0;
  for (let k = 0; k < x.length; k++) if (y.includes(x[k]!) && x.indexOf(x[k]!) === k) common++;
  return common / (distinct(x) + distinct(y) - common);
}

function distinct(words: readonly string[]): number {
  let count = 0;
  for (let k = 0; k < words.length; k++) if (words.indexOf(words[k]!) === k) count++;
  return count;
}
