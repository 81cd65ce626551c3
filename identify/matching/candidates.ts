import type { Blocks, RuleKeys } from './block.ts';

/**
 * Calls `visit` once for every candidate pair (i < j), whatever number of rules bring it: a rule passes over pairs that an
 * earlier rule has brought. With `only` (1 for the rows wanted) just the pairs in which at least one is wanted; pairs that `setAside`
 * refuses are passed over before it is asked who brought them, which for many pairs is the larger part of the work.
 *
 * `visit` returns false to stop. Returns the number of pairs each rule brought first.
 */
export function eachCandidate(
  blocks: Blocks,
  visit: (i: number, j: number, rule: number) => boolean | undefined,
  {
    only,
    setAside,
    rules = [...blocks.rules.keys()],
    distinct = true,
  }: {
    only?: Uint8Array;
    setAside?: (i: number, j: number) => boolean;
    rules?: readonly number[];
    /** Pass over pairs that earlier rules brought. */
    distinct?: boolean;
  } = {},
): Float64Array {
  const brought = new Float64Array(blocks.rules.length);
  for (const r of rules) {
    const rule = blocks.rules[r]!;
    const { starts, members } = rule;
    for (let key = 1; key <= rule.keyCount; key++) {
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
          if (visit(i, j, r) === false) return brought;
        }
      }
    }
  }
  return brought;
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
