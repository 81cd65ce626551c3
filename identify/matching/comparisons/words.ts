import { wordsOf } from '../prepare-values.ts';
import { type Comparison, grade, positions, rarityIn } from './comparison.ts';
import { tokenSets } from './token-sets.ts';

/** Free text (titles, descriptions, authors): by the words two values share, a rare word counting for more, in whatever order. */
export const words: Comparison = {
  columns: [1, 1],
  levels: [
    { is: 'exact', m: 0.25 },
    { is: 'similar', at: 0.9, m: 0.18 },
    { is: 'similar', at: 0.75, m: 0.17 },
    { is: 'similar', at: 0.6, m: 0.15 },
    { is: 'similar', at: 0.45, m: 0.11 },
    { is: 'similar', at: 0.3, m: 0.07 },
    { is: 'similar', at: 0.15, m: 0.04 },
    { is: 'different', m: 0.03 },
  ],
  build(values, levels) {
    const at = positions(levels);
    const similar = at.graded('similar');
    const { alike } = tokenSets(values, wordsOf, true);
    const rarity = rarityIn(values.counts);
    return {
      compare: (a, b) => {
        if (a === b) return 0;
        const share = alike(a, b);
        return share > 0.999 ? 0 : grade(similar, share, at.different);
      },
      rarity: (level, a, b) => (level === 0 ? rarity(Math.max(values.counts[a] ?? 1, values.counts[b] ?? 1)) : 0),
    };
  },
};
