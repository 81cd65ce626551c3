import { commoner, type Comparison, grade, positions, rarityIn } from './comparison.ts';

/** Numbers: equal, or within a share of the larger (`similar` at 0.9: at most a tenth apart). Not a number: text equality. */
export const number: Comparison = {
  columns: [1, 1],
  cheap: true,
  levels: [
    { is: 'exact', m: 0.9 },
    { is: 'similar', at: 0.95, m: 0.05 },
    { is: 'different', m: 0.05 },
  ],
  build(values, levels) {
    const at = positions(levels);
    const similar = at.graded('similar');
    const texts = values.texts[0]!;
    const rarity = rarityIn(values.terms);
    return {
      compare: (a, b) => {
        if (a === b) return 0;
        const x = Number(texts[a]);
        const y = Number(texts[b]);
        if (!Number.isFinite(x) || !Number.isFinite(y)) return at.different;
        if (x === y) return 0;
        const larger = Math.max(Math.abs(x), Math.abs(y));
        return grade(similar, 1 - Math.abs(x - y) / larger, at.different);
      },
      // Two writings of one number are as rare as the commoner.
      rarity: (level, a, b) => (level === 0 ? commoner(rarity, a, b) : 0),
    };
  },
};
