import type { Blocks } from './block.ts';
import type { WeighedPairs } from './train-prior.ts';

/** How often the blocking rules catch a pair: once for each that brings it, and for each key in common where a rule has several. */
export function timesBrought({ keys, width, rules }: Blocks, i: number, j: number): number {
  let count = 0;
  for (const { offset, slots } of rules) count += keysInCommon(keys, i * width + offset, j * width + offset, slots);
  return Math.min(255, count);
}

/** Whether one rule brings a pair. */
export function bringsPair({ keys, width, rules }: Blocks, rule: number, i: number, j: number): boolean {
  const { offset, slots } = rules[rule]!;
  return keysInCommon(keys, i * width + offset, j * width + offset, slots) > 0;
}

function keysInCommon(keys: Uint32Array, atI: number, atJ: number, slots: number): number {
  let common = 0;
  for (let s = 0; s < slots; s++) {
    const key = keys[atI + s]!;
    if (key === 0) continue;
    for (let t = 0; t < slots; t++) {
      if (keys[atJ + t] !== key) continue;
      common++;
      break;
    }
  }
  return common;
}

/** Pairs less likely than this to be one entity say little of how one entity is caught. */
const SURE = 0.8;

/**
 * The share of the pairs of one entity that no blocking rule brings, by capture and recapture: the rules are traps set independently,
 * and of what few of them catch, more has escaped them all. A lower bound where some entities are harder to catch than others.
 *
 * With `everyPair`, one of the rules brings them all, and nothing is missed.
 *
 * Source: Chao, "Estimating the population size for capture–recapture data with unequal catchability", Biometrics 1987.
 */
export function missedShare(pairs: WeighedPairs, prior: number, relatives: number, everyPair: boolean): number {
  let once = 0;
  let twice = 0;
  let all = 0;
  for (let p = 0; p < pairs.count; p++) {
    const one = pairs.verdict[p] === -1 ? 0 : prior * 2 ** Math.min(100, pairs.weight[p]!);
    const kin = relatives * 2 ** Math.min(100, pairs.household[p]!);
    const share = pairs.standsFor[p]! * (pairs.verdict[p] === 1 ? 1 : one / (one + kin + 1 - prior - relatives));
    if (share < SURE * pairs.standsFor[p]!) continue;
    all += share;
    if (pairs.captures[p] === 1) once += share;
    else if (pairs.captures[p] === 2) twice += share;
  }
  if (all < 1 || everyPair) return 0;
  const missed = (once * Math.max(0, once - 1)) / (2 * (twice + 1));
  return missed / (all + missed);
}
