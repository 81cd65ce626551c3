import { type Comparison, grade, positions, rarityIn } from './comparison.ts';
import { tokenSets } from './token-sets.ts';

/** Lists of things (tags, genres, authors) parted by `;`, `,`, `|` or `/`: by those two values have in common, in whatever order. */
export const set: Comparison = {
  columns: [1, 1],
  levels: [
    { is: 'exact', m: 0.45 },
    { is: 'similar', at: 0.7, m: 0.2 },
    { is: 'similar', at: 0.4, m: 0.15 },
    { is: 'similar', at: 0.1, m: 0.1 },
    { is: 'different', m: 0.1 },
  ],
  build(values, levels) {
    const at = positions(levels);
    const similar = at.graded('similar');
    const { alike } = tokenSets(values, itemsOf, false);
    const rarity = rarityIn(values.counts);
    return {
      compare: (a, b) => {
        if (a === b) return 0;
        const share = alike(a, b);
        return share > 0.999 ? 0 : grade(similar, share, at.different);
      },
      rarity: (level, a) => (level === 0 ? rarity(values.counts[a]) : 0),
    };
  },
};

export function itemsOf(value: string): string[] {
  return value
    .split(/[;,|/]| - /)
    .map((item) => item.trim())
    .filter((item) => item !== '');
}
