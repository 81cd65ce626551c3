import type { Blocks, RuleKeys } from './block.ts';

/** The blocks of one rule with keys `from … to` (`to` left out). */
export interface KeyRange {
  rule: number;
  from: number;
  to: number;
}

/**
 * Calls `visit` once for every candidate pair (i < j), whatever number of rules bring it: a rule passes over pairs that an
 * earlier rule has brought. With `only` (1 for the rows wanted) just the pairs in which at least one is wanted; pairs that `setAside`
 * refuses are passed over before it is asked who brought them, which for many pairs is the larger part of the work.
 *
 * Returns the number of pairs each rule brought first.
 */
export function eachCandidate(
  blocks: Blocks,
  visit: (i: number, j: number, rule: number) => void,
  {
    only,
    setAside,
    ranges = allKeys(blocks),
    distinct = true,
  }: {
    only?: Uint8Array;
    setAside?: (i: number, j: number) => boolean;
    ranges?: readonly KeyRange[];
    /** Pass over pairs that earlier rules brought. */
    distinct?: boolean;
  } = {},
): Float64Array {
  const brought = new Float64Array(blocks.rules.length);
  for (const { rule: r, from: first, to: last } of ranges) {
    const rule = blocks.rules[r]!;
    const { starts, members } = rule;
    for (let key = first; key < last; key++) {
      const from = starts[key]!;
      const to = starts[key + 1]!;
      if (to - from < 2) continue;
      for (let x = from; x < to; x++) {
        const i = members[x]!;
        for (let y = x + 1; y < to; y++) {
          const j = members[y]!;
          if (only && !only[i] && !only[j]) continue;
          if (rule.slots > 1 && !isFirstCommon(blocks, rule, i, j, key)) continue;
          if (setAside?.(i, j)) continue;
          if (distinct && r > 0 && broughtBefore(blocks, r, i, j)) continue;
          brought[r]!++;
          visit(i, j, r);
        }
      }
    }
  }
  return brought;
}

export function allKeys(blocks: Blocks): KeyRange[] {
  return blocks.rules.map(({ keyCount }, rule) => ({ rule, from: 1, to: keyCount + 1 }));
}

/** Every key in `of` shares of about the same work, in order: share k holds the keys that come before those of share k + 1. */
export function shares(blocks: Blocks, of: number): KeyRange[][] {
  const costs = blocks.rules.map(costOfRule);
  const total = costs.reduce((sum, cost) => sum + cost, 0);
  const result: KeyRange[][] = Array.from({ length: of }, () => []);
  let passed = 0;
  let share = 0;
  blocks.rules.forEach(({ starts, keyCount }, rule) => {
    let from = 1;
    for (let key = 1; key <= keyCount; key++) {
      passed += costOfBlock(starts[key + 1]! - starts[key]!);
      if (share + 1 >= of || passed < (total * (share + 1)) / of) continue;
      result[share]!.push({ rule, from, to: key + 1 });
      from = key + 1;
      share++;
    }
    if (from <= keyCount) result[share]!.push({ rule, from, to: keyCount + 1 });
  });
  return result;
}

function costOfRule({ starts, keyCount }: RuleKeys): number {
  let cost = 0;
  for (let key = 1; key <= keyCount; key++) cost += costOfBlock(starts[key + 1]! - starts[key]!);
  return cost;
}

/** In pairs: passing over a block costs something, too. */
function costOfBlock(rows: number): number {
  return 0.02 + (rows * (rows - 1)) / 2;
}

/** Of the keys that two rows share in one rule, whether this is the lowest: only then is it this block's to bring them. */
function isFirstCommon(blocks: Blocks, rule: RuleKeys, i: number, j: number, key: number): boolean {
  const { keys, width } = blocks;
  const atI = i * width + rule.offset;
  const atJ = j * width + rule.offset;
  for (let s = 0; s < rule.slots; s++) {
    const mine = keys[atI + s]!;
    if (mine === 0 || mine >= key) continue;
    for (let t = 0; t < rule.slots; t++) if (keys[atJ + t] === mine) return false;
  }
  return true;
}

/** Whether an earlier rule brings the pair too. */
export function broughtBefore({ keys, width, rules }: Blocks, r: number, i: number, j: number): boolean {
  const atI = i * width;
  const atJ = j * width;
  for (let q = 0; q < r; q++) {
    const { offset, slots } = rules[q]!;
    if (slots === 1) {
      const key = keys[atI + offset]!;
      if (key !== 0 && key === keys[atJ + offset]) return true;
      continue;
    }
    for (let s = 0; s < slots; s++) {
      const key = keys[atI + offset + s]!;
      if (key === 0) continue;
      for (let t = 0; t < slots; t++) if (keys[atJ + offset + t] === key) return true;
    }
  }
  return false;
}
