import { editDistance } from '../edit-distance.ts';
import { type Comparison, positions, rarityIn } from './comparison.ts';

/** Identifiers: equal, one slip of the pen apart, or different. */
export const id: Comparison = {
  columns: [1, 1],
  cheap: true,
  levels: [
    { is: 'exact', m: 0.95 },
    { is: 'typo', m: 0.04 },
    { is: 'different', m: 0.01 },
  ],
  build(values, levels) {
    const at = positions(levels);
    const typo = at.of('typo');
    const texts = values.texts[0]!;
    const rarity = rarityIn(values.counts);
    return {
      compare: (a, b) => {
        if (a === b) return 0;
        return typo >= 0 && nearlySameId(texts[a]!, texts[b]!) ? typo : at.different;
      },
      rarity: (level, a) => (level === 0 ? rarity(values.counts[a]) : 0),
    };
  },
};

/** One insertion, deletion, substitution or transposition apart; short ids must be equal. */
export function nearlySameId(a: string, b: string): boolean {
  return a.length >= 5 && b.length >= 5 && editDistance(a, b, 1) <= 1;
}
