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
    const rarity = rarityIn(values.terms);
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
      rarity: (level, a) => (level === 0 ? rarity(a) : 0),
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

/** Jaccard similarity of the words; 0 where both have only one. Reads them where they stand: most pairs have none in common. */
export function wordsInCommon(a: string, b: string): number {
  if (!a.includes(' ') && !b.includes(' ')) return 0;
  let common = 0;
  let all = 0;
  for (let start = 0, end = wordEnd(a, 0); start <= a.length; start = end + 1, end = wordEnd(a, start)) {
    if (hasWord(a, start - 1, a, start, end)) continue;
    all++;
    if (hasWord(b, b.length, a, start, end)) common++;
  }
  for (let start = 0, end = wordEnd(b, 0); start <= b.length; start = end + 1, end = wordEnd(b, start)) {
    if (!hasWord(b, start - 1, b, start, end)) all++;
  }
  return common / (all - common);
}

function wordEnd(text: string, start: number): number {
  const space = text.indexOf(' ', start);
  return space < 0 ? text.length : space;
}

/** Whether the first `length` letters of a text hold the word `of[start … end)`. */
function hasWord(text: string, length: number, of: string, start: number, end: number): boolean {
  const size = end - start;
  for (let at = 0; at + size <= length; ) {
    let k = 0;
    while (k < size && text.charCodeAt(at + k) === of.charCodeAt(start + k)) k++;
    if (k === size && (at + size === length || text.charCodeAt(at + size) === SPACE)) return true;
    at = wordEnd(text, at) + 1;
  }
  return false;
}

const SPACE = 32;
