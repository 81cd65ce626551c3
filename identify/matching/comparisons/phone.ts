import { editDistance } from '../edit-distance.ts';
import { type Comparison, positions, rarityIn } from './comparison.ts';

/** Phones: one column or several that hold any of them; the pair agrees if any number of one is a number of the other. */
export const phone: Comparison = {
  columns: [1, 4],
  levels: [
    { is: 'exact', m: 0.7 },
    { is: 'typo', m: 0.03 },
    { is: 'different', m: 0.27 },
  ],
  build(values, levels) {
    const at = positions(levels);
    const typo = at.of('typo');
    const width = values.parts.length;
    const rarities = values.partCounts.map(rarityIn);

    return {
      compare: (a, b) => {
        if (a === b) return 0;
        let near = false;
        for (let k = 0; k < width; k++) {
          const x = values.texts[k]![values.parts[k]![a]!]!;
          if (x === '') continue;
          for (let l = 0; l < width; l++) {
            const y = values.texts[l]![values.parts[l]![b]!]!;
            if (x === y) return 0;
            if (typo >= 0 && !near && y.length >= 7 && x.length >= 7) near = editDistance(x, y, 1) <= 1;
          }
        }
        return near ? typo : at.different;
      },
      rarity: (level, a, b) => {
        if (level !== 0) return 1;
        // Where the shared number stands in each; the commoner of its two counts, which is the careful one.
        for (let k = 0; k < width; k++) {
          const codeA = values.parts[k]![a]!;
          if (codeA === 0) continue;
          for (let l = 0; l < width; l++) {
            const codeB = values.parts[l]![b]!;
            if (values.texts[k]![codeA] !== values.texts[l]![codeB]) continue;
            return Math.min(rarities[k]!(values.partCounts[k]![codeA]), rarities[l]!(values.partCounts[l]![codeB]));
          }
        }
        return 1;
      },
    };
  },
};
