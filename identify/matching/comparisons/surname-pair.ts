import { isSlip } from './text.ts';
import { jaroWinkler } from '../jaro-winkler.ts';
import { fewestEdits, letterSets, mostAlike } from '../letters.ts';
import { commoner, type Comparison, establishedIn, MISSING, positions, rarityIn } from './comparison.ts';

/**
 * Two surnames, `[surname1, surname2]`, as Spanish and Latin American files hold them: the second often missing, sometimes
 * the two swapped, sometimes the first lost, sometimes one replaced on marriage.
 */
export const surnamePair: Comparison = {
  columns: [2, 2],
  cheap: true,
  levels: [
    { is: 'exact', m: 0.62 },
    { is: 'swapped', m: 0.03 },
    { is: 'first', m: 0.2 },
    { is: 'similar', at: 0.9, m: 0.07 },
    { is: 'crossed', m: 0.02 },
    { is: 'one', m: 0.03 },
    { is: 'different', m: 0.03, most: 0.08 },
  ],
  build(values, levels) {
    const at = positions(levels);
    const swapped = at.of('swapped');
    const first = at.of('first');
    const similar = at.of('similar');
    const least = levels[similar]?.at ?? 0.9;
    const crossed = at.of('crossed');
    const one = at.of('one');
    const [texts1, texts2] = values.texts as [string[], string[]];
    const established1 = establishedIn(values.partTerms[0]!);
    const established2 = establishedIn(values.partTerms[1]!);
    const rarity = rarityIn(values.terms);
    const firstRarity = rarityIn(values.partTerms[0]!);
    const secondRarity = rarityIn(values.partTerms[1]!);

    const letters = [letterSets(texts1), letterSets(texts2)] as const;
    const alike = (k: 0 | 1, a: number, b: number, established: number): boolean => {
      if (a === b) return true;
      const x = values.texts[k]![a]!;
      const y = values.texts[k]![b]!;
      const [lettersX, lettersY] = [letters[k](a), letters[k](b)];
      if (fewestEdits(lettersX, lettersY) > 2 && mostAlike(x, y, lettersX, lettersY) < least) return false;
      if (!isSlip(x, y) && jaroWinkler(x, y) < least) return false;
      const { rows } = values.partTerms[k]!;
      return (rows[a] ?? 0) < established || (rows[b] ?? 0) < established || spelling(x) === spelling(y);
    };

    return {
      compare: (a, b) => {
        const { parts } = values;
        const a1 = parts[a * 2]!;
        const a2 = parts[a * 2 + 1]!;
        const b1 = parts[b * 2]!;
        const b2 = parts[b * 2 + 1]!;
        if (a === b) return a1 !== 0 && a2 !== 0 ? 0 : first >= 0 ? first : 0;
        const x1 = texts1[a1]!;
        const x2 = texts2[a2]!;
        const y1 = texts1[b1]!;
        const y2 = texts2[b2]!;
        const full = a1 !== 0 && a2 !== 0 && b1 !== 0 && b2 !== 0;
        if (full && swapped >= 0 && x1 === y2 && x2 === y1) return swapped;
        if (!full && first >= 0 && a1 !== 0 && a1 === b1) return first;

        const like1 = a1 !== 0 && b1 !== 0 && alike(0, a1, b1, established1);
        if (similar >= 0 && like1 && !full) return similar;
        if (similar >= 0 && like1 && alike(1, a2, b2, established2)) return similar;
        // One surname only on a side, and it is the other's second; or both given, with one in the other's place.
        const cross = (x1 !== '' && x1 === y2) || (x2 !== '' && x2 === y1);
        if (cross && crossed >= 0) return crossed;
        if (one >= 0 && (like1 || (a2 !== 0 && a2 === b2))) return one;
        // A lone second surname against a lone first one says nothing either way.
        if ((a1 === 0 && b2 === 0) || (a2 === 0 && b1 === 0)) return MISSING;
        return at.different;
      },
      rarity: (level, a, b) => {
        if (level === 0) return rarity(a);
        if (level === swapped) return commoner(rarity, a, b);
        if (level !== first && level !== one && level !== crossed) return 0;
        const { parts } = values;
        const a1 = parts[a * 2]!;
        const b1 = parts[b * 2]!;
        if (a1 === b1) return firstRarity(a1);
        if (parts[a * 2 + 1] !== 0 && parts[a * 2 + 1] === parts[b * 2 + 1]) return secondRarity(parts[a * 2 + 1]!);
        // Crossed: the shared surname is the first of one of them.
        if (level === crossed) {
          const forward = a1 !== 0 && texts1[a1] === texts2[parts[b * 2 + 1]!];
          const back = b1 !== 0 && texts1[b1] === texts2[parts[a * 2 + 1]!];
          return forward && back ? commoner(firstRarity, a1, b1) : firstRarity(forward ? a1 : b1);
        }
        return 0;
      },
    };
  },
};

/** Spellings of one surname: gonzales and gonzalez, vaquero and baquero, ximenez and jimenez. */
function spelling(surname: string): string {
  return surname
    .replace(/z/g, 's')
    .replace(/v/g, 'b')
    .replace(/[xg](?=[ei])/g, 'j')
    .replace(/y/g, 'i')
    .replace(/h/g, '');
}
