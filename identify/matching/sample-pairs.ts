import type { Blocks } from './block.ts';
import { allKeys, eachCandidate } from './candidates.ts';

/** Pairs that a rule's blocks hold, before any rule is compared with another. */
export function pairsOfRule({ starts, keyCount }: { starts: Uint32Array; keyCount: number }): number {
  let pairs = 0;
  for (let key = 1; key <= keyCount; key++) {
    const n = starts[key + 1]! - starts[key]!;
    pairs += (n * (n - 1)) / 2;
  }
  return pairs;
}

/**
 * Visits about `count` pairs of one rule drawn evenly from all its pairs, or all of them where there are no more.
 * Returns how many pairs of the rule each visited one stands for.
 */
export function samplePairs(blocks: Blocks, r: number, count: number, random: () => number, visit: (i: number, j: number) => void): number {
  const rule = blocks.rules[r]!;
  const total = pairsOfRule(rule);
  if (total <= count) {
    eachCandidate(blocks, (i, j) => void visit(i, j), { ranges: allKeys(blocks).slice(r, r + 1), distinct: false });
    return 1;
  }
  // Steps of equal length through all pairs, from a random start: even, sorted and without a table of positions.
  const step = total / count;
  let next = random() * step;
  let passed = 0;
  const { starts, members } = rule;
  for (let key = 1; key <= rule.keyCount; key++) {
    const from = starts[key]!;
    const n = starts[key + 1]! - from;
    passed += (n * (n - 1)) / 2;
    while (next < passed) {
      next += step;
      const x = Math.floor(random() * n);
      const y = (x + 1 + Math.floor(random() * (n - 1))) % n;
      const [i, j] = [members[from + x]!, members[from + y]!];
      visit(Math.min(i, j), Math.max(i, j));
    }
  }
  return step;
}
