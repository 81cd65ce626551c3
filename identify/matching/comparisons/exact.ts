import { type Comparison, rarityIn } from './comparison.ts';

/** Equal or not. */
export const exact: Comparison = {
  columns: [1, 4],
  cheap: true,
  levels: [
    { is: 'exact', m: 0.95 },
    { is: 'different', m: 0.05 },
  ],
  build(values, levels) {
    const rarity = rarityIn(values.terms);
    return {
      compare: (a, b) => (a === b ? 0 : levels.length - 1),
      rarity: (level, a) => (level === 0 ? rarity(a) : 0),
    };
  },
};
