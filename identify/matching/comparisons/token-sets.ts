import { editDistance } from '../edit-distance.ts';
import type { FieldValues } from '../field-values.ts';
import { fingerprint } from '../fingerprint.ts';
import { frequencyOf, type LearnedFrequency, learnedFrequency, rowsByFingerprint } from '../frequency.ts';
import { commoner, type Comparison, grade, positions, rarityIn } from './comparison.ts';

/** The tokens of values as numbers in ascending order, with what each says: log(rows ÷ rows that have it). */
interface TokenSets {
  /** How alike two values are, 0 to 1: what they share of what they say, twice, over what both say. */
  alike(a: number, b: number): number;
  /** How common the tokens are. */
  learned(): LearnedFrequency;
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
    const { alike, learned } = tokenSets(values, tokens, slips);
    const rarity = rarityIn(values.terms);
    return {
      compare: (a, b) => {
        if (a === b) return 0;
        const share = alike(a, b);
        return share > 0.999 ? 0 : grade(similar, share, at.different);
      },
      rarity: (level, a, b) => (level === 0 ? commoner(rarity, a, b) : 0),
      tokens: learned,
    };
  };
}

function tokenSets(values: FieldValues, tokens: (value: string) => string[], slips: boolean): TokenSets {
  const texts = values.texts[0]!;
  const counts = values.partCounts[0]!;
  /** A model's tokens, where there is one: then those of the table say nothing. */
  const known = values.tokens && rowsByFingerprint(values.tokens);
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
        rows.push(known ? known(fingerprint(token)) : 0);
        codes.push(isCode(token));
      }
      set.add(number);
    }
    return Uint32Array.from(set).toSorted();
  };
  let present = values.tokens?.present ?? 0;
  for (let code = 1; code < texts.length; code++) {
    const own = read(code);
    sets[code] = own;
    if (known) continue;
    const n = counts[code] ?? 0;
    present += n;
    for (const token of own) rows[token]! += n;
  }
  // In whole steps, whose sum is the same in whatever order: tokens are numbered as they come. One never seen counts as seen once.
  const says = (token: number): number => Math.round((Math.log((present + 2) / (Math.max(1, rows[token]!) + 1)) + 0.1) * STEPS);
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
        // Tried in an order of their own, so that the likeness is the same either way round.
        const [few, many] = inOrder(onlyX, onlyY, words);
        let slipped = 0;
        for (const left of few) {
          const at = many.findIndex((right) => isNear(words[left]!, words[right]!));
          if (at < 0) continue;
          slipped += says(left) + says(many[at]!);
          many.splice(at, 1);
        }
        shared += SLIP * slipped;
      }
      const share = shared / all;
      if (!slips) return share;
      if (sameModel) return share + (1 - share) * SAME_MODEL * (share > 0.999 ? 0 : 1);
      return onlyX.some((token) => codes[token]) && onlyY.some((token) => codes[token]) ? share * OTHER_MODEL : share;
    },
    learned: () => {
      const counted = { ...frequencyOf(Uint32Array.from([0, ...rows])), present, floor: 1 };
      return learnedFrequency(counted, (code) => fingerprint(words[code - 1]!));
    },
  };
}

/** What a token says is counted in steps of this many to one. */
const STEPS = 2 ** 20;

/** Copies of both lists, each in alphabetical order, the shorter (or alphabetically first) list first. */
function inOrder(x: readonly number[], y: readonly number[], words: readonly string[]): [number[], number[]] {
  const byWord = (a: number, b: number) => (words[a]! < words[b]! ? -1 : 1);
  const [left, right] = [x.toSorted(byWord), y.toSorted(byWord)];
  if (left.length !== right.length) return left.length < right.length ? [left, right] : [right, left];
  return words[left[0]!]! < words[right[0]!]! ? [left, right] : [right, left];
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
