import { editDistance } from '../edit-distance.ts';
import type { FieldValues } from '../field-values.ts';
import { type Comparison, grade, positions, rarityIn } from './comparison.ts';

/** The tokens of values as numbers in ascending order, with what each says: log(rows ÷ rows that have it). */
interface TokenSets {
  /** How alike two values are, 0 to 1: what they share of what they say, twice, over what both say. */
  alike(a: number, b: number): number;
}

/** A token off by a letter counts as most of itself. */
const SLIP = 0.85;
/** Pairs of words tried for a slip: in longer texts one word more or less does not matter. */
const MOST_SLIPS = 150;
/** What is left of the likeness of two texts that each name a model, and not the same one. */
const OTHER_MODEL = 0.6;
/** What a model in common makes of it: so much of the way to 1. */
const SAME_MODEL = 0.5;

/** Compares values by the tokens they share, whatever their order. Two that share all but nothing are exact, and as rare as the commoner. */
export function byTokens(tokens: (value: string) => string[], { slips }: { slips: boolean }): Comparison['build'] {
  return (values, levels) => {
    const at = positions(levels);
    const similar = at.graded('similar');
    const { alike } = tokenSets(values, tokens, slips);
    const rarity = rarityIn(values.counts);
    return {
      compare: (a, b) => {
        if (a === b) return 0;
        const share = alike(a, b);
        return share > 0.999 ? 0 : grade(similar, share, at.different);
      },
      rarity: (level, a, b) => (level === 0 ? rarity(Math.max(values.counts[a] ?? 1, values.counts[b] ?? 1)) : 0),
    };
  };
}

function tokenSets(values: FieldValues, tokens: (value: string) => string[], slips: boolean): TokenSets {
  const texts = values.texts[0]!;
  const counts = values.partCounts[0]!;
  const numberOf = new Map<string, number>();
  const words: string[] = [];
  const rows: number[] = [];
  const codes: boolean[] = [];
  const sets: (Uint32Array | undefined)[] = [];
  const read = (code: number): Uint32Array => {
    const set = new Set<number>();
    for (const token of tokens(texts[code]!)) {
      let number = numberOf.get(token);
      if (number === undefined) {
        number = words.push(token) - 1;
        numberOf.set(token, number);
        rows.push(0);
        codes.push(isCode(token));
      }
      set.add(number);
    }
    return Uint32Array.from(set).toSorted();
  };
  let present = 0;
  for (let code = 1; code < texts.length; code++) {
    const own = read(code);
    sets[code] = own;
    const n = counts[code] ?? 0;
    present += n;
    for (const token of own) rows[token]! += n;
  }
  const says = (token: number): number => Math.log((present + 2) / ((rows[token] ?? 0) + 1)) + 0.1;
  const of = (code: number): Uint32Array => (sets[code] ??= read(code));

  return {
    alike(a, b) {
      const x = of(a);
      const y = of(b);
      let [i, j] = [0, 0];
      let shared = 0;
      let all = 0;
      let sameModel = false;
      const [onlyX, onlyY]: [number[], number[]] = [[], []];
      while (i < x.length || j < y.length) {
        const [left, right] = [x[i] ?? Infinity, y[j] ?? Infinity];
        if (left === right) {
          shared += 2 * says(left);
          if (codes[left] && rows[left]! <= MODEL_ROWS) sameModel = true;
          all += 2 * says(left);
          i++;
          j++;
        } else if (left < right) {
          onlyX.push(left);
          all += says(left);
          i++;
        } else {
          onlyY.push(right);
          all += says(right);
          j++;
        }
      }
      if (all === 0) return 0;
      if (slips && onlyX.length > 0 && onlyY.length > 0 && onlyX.length * onlyY.length <= MOST_SLIPS && shared > 0.2 * all) {
        for (const left of onlyX) {
          const at = onlyY.findIndex((right) => isNear(words[left]!, words[right]!));
          if (at < 0) continue;
          shared += SLIP * (says(left) + says(onlyY[at]!));
          onlyY.splice(at, 1);
        }
      }
      const share = shared / all;
      if (!slips) return share;
      if (sameModel) return share + (1 - share) * SAME_MODEL * (share > 0.999 ? 0 : 1);
      return onlyX.some((token) => codes[token]) && onlyY.some((token) => codes[token]) ? share * OTHER_MODEL : share;
    },
  };
}

/** A code that more rows have is a series, a standard or a size, not a model. */
const MODEL_ROWS = 6;

/** Letters and digits in one, or a long number: `ps-lx350h`, `1163641`. */
function isCode(token: string): boolean {
  return (token.length >= 4 && /\d/.test(token) && /\p{L}/u.test(token)) || /^\d{5,}$/.test(token);
}

/** A letter apart in words long enough, or one the beginning of the other (`univ`, `university`); never two numbers or codes. */
function isNear(x: string, y: string): boolean {
  if (/\d/.test(x) || /\d/.test(y)) return false;
  const shorter = Math.min(x.length, y.length);
  if (shorter >= 3 && (x.startsWith(y) || y.startsWith(x))) return true;
  return shorter >= 5 && editDistance(x, y, 1) <= 1;
}
