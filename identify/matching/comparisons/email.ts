import { editDistance } from '../edit-distance.ts';
import { jaroWinkler } from '../jaro-winkler.ts';
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
    const rarity = rarityIn(values.counts);
    return {
      compare: (a, b) => {
        if (a === b) return 0;
        const x = texts[a]!;
        const y = texts[b]!;
        if (typo >= 0) {
          const allowed = Math.min(x.length, y.length) >= 14 ? 2 : 1;
          if (editDistance(x, y, allowed) <= allowed) return typo;
        }
        const localX = localPart(x);
        const localY = localPart(y);
        if (local >= 0 && localX === localY && localX.length >= 5) return local;
        return grade(similar, jaroWinkler(localX, localY), at.different);
      },
      rarity: (level, a) => (level === 0 ? rarity(values.counts[a]) : 1),
    };
  },
};

export function localPart(address: string): string {
  const at = address.indexOf('@');
  return at < 0 ? address : address.slice(0, at);
}
