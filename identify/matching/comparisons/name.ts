import { editDistance } from '../edit-distance.ts';
import { jaroWinkler } from '../jaro-winkler.ts';
import { type Comparison, establishedIn, grade, MISSING, positions, rarityIn } from './comparison.ts';

/**
 * Given names (or one surname): columns `[name]` or `[name, root]`, where the root resolves short forms (pepe → jose).
 * Knows equal roots, one compound within another (carmen, maria carmen), initials, typing errors; and that two names which
 * are both established in the file (maria, marta) are two names, however alike they look.
 */
export const name: Comparison = {
  columns: [1, 2],
  levels: [
    { is: 'exact', m: 0.8 },
    { is: 'root', m: 0.06 },
    { is: 'part', m: 0.05 },
    { is: 'initial', m: 0.02 },
    { is: 'typo', m: 0.04 },
    { is: 'similar', at: 0.88, m: 0.015 },
    { is: 'similar', at: 0.76, m: 0.005 },
    { is: 'different', m: 0.01, most: 0.05 },
  ],
  build(values, levels) {
    const at = positions(levels);
    const root = at.of('root');
    const part = at.of('part');
    const initial = at.of('initial');
    const typo = at.of('typo');
    const similar = at.graded('similar');
    const names = values.texts[0]!;
    const roots = values.texts[1];
    const established = establishedIn(values.partTerms[0]!);
    const rarity = rarityIn(values.partTerms[0]!);
    const rootRarity = roots ? rarityIn(values.partTerms[1]!) : rarity;
    const wordsOf: (string[] | undefined)[] = [];
    const words = (code: number): string[] => {
      const rootCode = roots ? part1(code) : 0;
      return (wordsOf[code] ??= nameWords(rootCode !== 0 ? roots![rootCode]! : names[part0(code)]!));
    };
    const { width } = values;
    const part0 = (code: number): number => values.parts[code * width]!;
    const part1 = (code: number): number => values.parts[code * width + 1]!;
    const names0 = values.partTerms[0]!;
    const rows = (nameCode: number): number => names0.rows[nameCode] ?? 0;

    return {
      compare: (a, b) => {
        const nameA = part0(a);
        const nameB = part0(b);
        if (nameA === 0 || nameB === 0) return MISSING;
        if (nameA === nameB) return 0;
        if (root >= 0 && roots) {
          const rootA = part1(a);
          if (rootA !== 0 && rootA === part1(b)) return root;
        }
        const x = words(a);
        const y = words(b);
        if (x.length === 0 || y.length === 0) return at.different; // signs only
        if (x.length > 1 || y.length > 1 || x[0]!.length === 1 || y[0]!.length === 1) {
          if (root >= 0 && sameWords(x, y)) return root;
          if (initial >= 0 && initialsAgree(x, y)) return initial;
          if (part >= 0 && x.length !== y.length && contains(x, y)) return part;
        } else if (root >= 0 && x[0] === y[0]) return root;
        if (rows(nameA) >= established && rows(nameB) >= established) return at.different;
        if (genderTwins(x, y)) return at.different;
        if (typo >= 0 && slipBetween(x, y)) return typo;
        return grade(similar, similarity(x, y), at.different);
      },
      rarity: (level, a, b) => {
        if (level === 0) return rarity(part0(a));
        if (level === root && roots && part1(a) === part1(b)) {
          return rootRarity(part1(a));
        }
        return 0;
      },
    };
  },
};

const particles = new Set(['de', 'del', 'la', 'las', 'los', 'el', 'y', 'i', 'da', 'do', 'dos', 'das', 'van', 'von', 'san', 'santa']);

/** The words of a name without particles (maria del carmen → maria, carmen); all of them where nothing else is left. */
export function nameWords(value: string): string[] {
  const all = value.split(/[\s\-'.]+/).filter((word) => word !== '');
  const words = all.filter((word) => !particles.has(word));
  return words.length > 0 ? words : all;
}

function sameWords(x: readonly string[], y: readonly string[]): boolean {
  return x.length === y.length && x.every((word) => y.includes(word));
}

function contains(x: readonly string[], y: readonly string[]): boolean {
  const [short, long] = x.length < y.length ? [x, y] : [y, x];
  return short.every((word) => word.length > 1 && long.includes(word));
}

/** Word by word equal or an initial of the other, with at least one initial: "j antonio" and "jose antonio", "m" and "maria luisa". */
export function initialsAgree(x: readonly string[], y: readonly string[]): boolean {
  const [short, long] = x.length <= y.length ? [x, y] : [y, x];
  let initials = 0;
  for (let k = 0; k < short.length; k++) {
    const a = short[k]!;
    const b = long[k]!;
    if (a === b) continue;
    if (a.length === 1 ? b.startsWith(a) : b.length === 1 && a.startsWith(b)) initials++;
    else return false;
  }
  return initials > 0;
}

/** mario and maria, juan and juana: brother and sister, not a typing error. */
function genderTwins(x: readonly string[], y: readonly string[]): boolean {
  if (x.length !== 1 || y.length !== 1) return false;
  const [a, b] = x[0]! < y[0]! ? [x[0]!, y[0]!] : [y[0]!, x[0]!];
  if (b === `${a}a` && /[dlnrsz]$/.test(a)) return true;
  return a.length === b.length && a.endsWith('a') && b.endsWith('o') && a.slice(0, -1) === b.slice(0, -1);
}

/** One edit in one word (two where it has eight letters), the other words equal; or the same letters with another space. */
function slipBetween(x: readonly string[], y: readonly string[]): boolean {
  const joinedX = x.join('');
  const joinedY = y.join('');
  if (joinedX.length >= 6 && editDistance(joinedX, joinedY, 1) <= 1) return true;
  if (x.length !== y.length) return false;
  let slips = 0;
  for (let k = 0; k < x.length; k++) {
    const a = x[k]!;
    const b = y[k]!;
    if (a === b) continue;
    const shorter = Math.min(a.length, b.length);
    const allowed = shorter >= 8 ? 2 : shorter >= 2 ? 1 : 0;
    if (editDistance(a, b, allowed) > allowed || ++slips > 1) return false;
  }
  return slips > 0;
}

/** Jaro–Winkler, word by word for compounds: jose luis and jose manuel are as alike as luis and manuel. */
function similarity(x: readonly string[], y: readonly string[]): number {
  if (x.length === 1 && y.length === 1) return jaroWinkler(x[0]!, y[0]!);
  const [short, long] = x.length <= y.length ? [x, y] : [y, x];
  let least = 1;
  for (const word of short) {
    let best = 0;
    for (const other of long) best = Math.max(best, jaroWinkler(word, other));
    least = Math.min(least, best);
  }
  return short.length === long.length ? least : least * 0.98;
}
