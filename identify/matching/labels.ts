import { MISSING } from './comparisons/comparison.ts';
import { type Linker, levelOf } from './linker.ts';
import type { Model } from './model.ts';
import { scorerOf } from './score.ts';

/** What a person decided of a pair of rows. */
export interface LabelledPair {
  a: number;
  b: number;
  same: boolean;
}

/** As many labelled pairs' worth of belief in what was learned without labels. */
const BELIEF = 30;

/** m with the pairs that people called the same counted in: few labels change little, many decide. */
export function withLabels(
  linker: Linker,
  labels: readonly LabelledPair[],
  m: readonly (readonly number[])[],
  positionOf?: Uint32Array,
): number[][] {
  const { fields, width, codes } = linker;
  return fields.map((field, f) => {
    const counts = m[f]!.map((share) => share * BELIEF);
    for (const { a, b, same } of labels) {
      if (!same) continue;
      const [i, j] = [positionOf?.[a] ?? a, positionOf?.[b] ?? b];
      const level = levelOf(field, codes[i * width + f]!, codes[j * width + f]!);
      if (level !== MISSING) counts[level]!++;
    }
    const all = counts.reduce((sum, count) => sum + count, 0);
    return counts.map((count) => count / all);
  });
}

/** How far, in bits, the labels may move the prior for the price of one bit of their likelihood. */
const SPREAD = 3;

/**
 * The prior under which the labels are likeliest, near the one that was estimated. Right however the labelled pairs were chosen by
 * their weight, such as the doubtful ones of a review.
 */
export function priorByLabels(linker: Linker, labels: readonly LabelledPair[], model: Model, positionOf?: Uint32Array): number {
  const scorer = scorerOf(linker, model);
  const odds: { bits: number; same: boolean }[] = [];
  for (const { a, b, same } of labels) {
    const [i, j] = [positionOf?.[a] ?? a, positionOf?.[b] ?? b];
    const weight = scorer.score(Math.min(i, j), Math.max(i, j));
    // What rules and constraints decide says nothing of the weights.
    if (scorer.apart === 0 && scorer.rule === 0) odds.push({ bits: weight + scorer.prior, same });
  }
  let best = 0;
  let most = Number.NEGATIVE_INFINITY;
  for (let shift = -8; shift <= 8; shift += 0.125) {
    let likelihood = -((shift / SPREAD) ** 2);
    for (const { bits, same } of odds) likelihood -= Math.log2(1 + 2 ** (same ? -(bits + shift) : bits + shift));
    if (likelihood > most) [best, most] = [shift, likelihood];
  }
  const shifted = (model.prior / (1 - model.prior)) * 2 ** best;
  return Math.min(0.5, shifted / (1 + shifted));
}
