import { editDistance } from '../edit-distance.ts';
import { type Comparison, MISSING, positions, rarityIn } from './comparison.ts';

/** Identifiers: equal, one slip of the pen apart, or different. Several columns are several kinds (passport, tax id): each is held against its own kind. */
export const id: Comparison = {
  columns: [1, 4],
  cheap: true,
  levels: [
    { is: 'exact', m: 0.95 },
    { is: 'typo', m: 0.04 },
    { is: 'different', m: 0.01 },
  ],
  build(values, levels) {
    const at = positions(levels);
    const typo = at.of('typo');
    const rarities = values.partTerms.map(rarityIn);
    const { width } = values;
    const compareKind = (k: number, a: number, b: number): number => {
      if (a === b) return 0;
      return typo >= 0 && nearlySameId(values.texts[k]![a]!, values.texts[k]![b]!) ? typo : at.different;
    };
    const commonKind = (a: number, b: number): number => {
      for (let k = 0; k < width; k++) {
        const code = values.parts[a * width + k]!;
        if (code !== 0 && code === values.parts[b * width + k]) return k;
      }
      return -1;
    };
    return {
      compare: (a, b) => {
        if (width === 1) return compareKind(0, a, b);
        let best = MISSING;
        for (let k = 0; k < width; k++) {
          const [x, y] = [values.parts[a * width + k]!, values.parts[b * width + k]!];
          if (x !== 0 && y !== 0) best = Math.min(best, compareKind(k, x, y));
        }
        return best;
      },
      rarity: (level, a, b) => {
        if (level !== 0) return 0;
        if (width === 1) return rarities[0]!(a);
        const k = commonKind(a, b);
        return k < 0 ? 0 : rarities[k]!(values.parts[a * width + k]!);
      },
    };
  },
};

/** One insertion, deletion, substitution or transposition apart; short ids must be equal. */
export function nearlySameId(a: string, b: string): boolean {
  return a.length >= 5 && b.length >= 5 && editDistance(a, b, 1) <= 1;
}
