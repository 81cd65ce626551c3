import { editDistance } from '../edit-distance.ts';
import { jaroWinkler } from '../jaro-winkler.ts';
import { fewestEdits, letterSets } from '../letters.ts';
import { type Comparison, grade, positions, rarityIn } from './comparison.ts';

/** E-mail addresses: equal, a slip apart, the same local part elsewhere, similar local part, different. */
export const email: Comparison = {
  columns: [1, 1],
  levels: [
    { is: 'exact', m: 0.75 },
    { is: 'typo', m: 0.04 },
    { is: 'local', m: 0.04 },
    { is: 'similar', at: 0.92, m: 0.02 },
    { is: 'different', m: 0.15 },
  ],
  build(values, levels) {
    const at = positions(levels);
    const typo = at.of('typo');
    const local = at.of('local');
    const similar = at.graded('similar');
    const texts = values.texts[0]!;
    const letters = letterSets(texts);
    const rarity = rarityIn(values.terms);
    return {
      compare: (a, b) => {
        if (a === b) return 0;
        const x = texts[a]!;
        const y = texts[b]!;
        if (typo >= 0) {
          const allowed = Math.min(x.length, y.length) >= 14 ? 2 : 1;
          if (fewestEdits(letters(a), letters(b)) <= allowed && editDistance(x, y, allowed) <= allowed) return typo;
        }
        // Nothing below this is alike by any level, and most pairs of first letters say so.
        if (x.charCodeAt(0) !== y.charCodeAt(0) && x.charCodeAt(1) !== y.charCodeAt(1)) return at.different;
        const localX = localPart(x);
        const localY = localPart(y);
        if (local >= 0 && localX === localY && localX.length >= 5) return local;
        return grade(similar, jaroWinkler(localX, localY), at.different);
      },
      rarity: (level, a) => (level === 0 ? rarity(a) : 0),
    };
  },
};

export function localPart(address: string): string {
  const at = address.indexOf('@');
  return at < 0 ? address : address.slice(0, at);
}
