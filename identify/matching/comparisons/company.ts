import { jaroWinkler } from '../jaro-winkler.ts';
import { type Comparison, grade, positions, rarityIn } from './comparison.ts';
import { isSlip } from './text.ts';

/** Company names: equal, equal but for the legal form, a slip apart, one within the other, an acronym, similar, different. */
export const company: Comparison = {
  columns: [1, 1],
  levels: [
    { is: 'exact', m: 0.6 },
    { is: 'core', m: 0.15 },
    { is: 'typo', m: 0.06 },
    { is: 'part', m: 0.06 },
    { is: 'acronym', m: 0.03 },
    { is: 'similar', at: 0.88, m: 0.05 },
    { is: 'different', m: 0.05, most: 0.08 },
  ],
  build(values, levels) {
    const at = positions(levels);
    const core = at.of('core');
    const typo = at.of('typo');
    const part = at.of('part');
    const acronym = at.of('acronym');
    const similar = at.graded('similar');
    const texts = values.texts[0]!;
    const rarity = rarityIn(values.terms);
    const wordsOf: (string[] | undefined)[] = [];
    const words = (code: number): string[] => (wordsOf[code] ??= companyWords(texts[code]!));

    return {
      compare: (a, b) => {
        if (a === b) return 0;
        const x = words(a);
        const y = words(b);
        if (x.length === 0 || y.length === 0) return at.different; // signs only
        const joinedX = x.join(' ');
        const joinedY = y.join(' ');
        if (core >= 0 && (joinedX === joinedY || joinedX.replaceAll(' ', '') === joinedY.replaceAll(' ', ''))) return core;
        if (typo >= 0 && isSlip(joinedX, joinedY)) return typo;
        if (acronym >= 0 && (isAcronym(x, y) || isAcronym(y, x))) return acronym;
        const [short, long] = x.length <= y.length ? [x, y] : [y, x];
        if (part >= 0 && short.length < long.length && short.every((word) => long.some((other) => other === word || isSlip(other, word)))) {
          return part;
        }
        return grade(similar, wordByWord(short, long), at.different);
      },
      rarity: (level, a) => (level === 0 ? rarity(a) : 0),
    };
  },
};

const legalForms = new Set(
  (
    'sa sl slu sau sas sc scp cb srl ltda limitada sociedad anonima compania cia spa eirl sociedadanonima coop cooperativa ' +
    'ltd limited inc incorporated corp corporation co company plc llc llp gmbh ag kg bv nv sarl eurl pty the and y e de del la el los las'
  ).split(' '),
);

/** The words of a company name without legal forms and particles; all of them where nothing else is left. */
export function companyWords(value: string): string[] {
  const all = value
    .replace(/\b([a-z])\.\s?(?=[a-z]\b)/g, '$1')
    .replace(/[.'´`]/g, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
  const words = all.filter((word) => !legalForms.has(word));
  return words.length > 0 ? words : all;
}

/** Whether `short` is one word made of the initials of at least two words of `long`. */
function isAcronym(short: readonly string[], long: readonly string[]): boolean {
  if (short.length !== 1 || long.length < 2) return false;
  return short[0] === long.map((word) => word[0]).join('');
}

/** Mean over the words of the longer of their best Jaro–Winkler match, counted from 0.8 up. */
function wordByWord(short: readonly string[], long: readonly string[]): number {
  let sum = 0;
  for (const word of long) {
    let best = 0;
    for (const other of short) best = Math.max(best, jaroWinkler(word, other));
    sum += best >= 0.8 ? best : 0;
  }
  return sum / long.length;
}
