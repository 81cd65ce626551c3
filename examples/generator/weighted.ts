import type { RandomSource } from './random.ts';

/**
 * Draws an index in proportion to its weight in constant time, whatever the number of weights.
 * Source: Vose, "A linear algorithm for generating random numbers with a given distribution", IEEE TSE 17(9), 1991.
 */
export function weighted(weights: ArrayLike<number>): (random: RandomSource) => number {
  const n = weights.length;
  let total = 0;
  for (let i = 0; i < n; i++) total += weights[i]!;
  if (!(total > 0)) throw new RangeError('At least one weight must be above zero.');

  const keep = new Float64Array(n);
  const alias = new Uint32Array(n);
  const small: number[] = [];
  const large: number[] = [];
  for (let i = 0; i < n; i++) {
    keep[i] = (weights[i]! * n) / total;
    (keep[i]! < 1 ? small : large).push(i);
  }
  while (small.length > 0 && large.length > 0) {
    const poor = small.pop()!;
    const rich = large[large.length - 1]!;
    alias[poor] = rich;
    keep[rich]! -= 1 - keep[poor]!;
    if (keep[rich]! < 1) small.push(large.pop()!);
  }
  // What remains differs from one only by rounding.
  for (const rest of [...small, ...large]) keep[rest] = 1;

  return (random) => {
    const at = random.float() * n;
    const slot = Math.floor(at);
    return at - slot < keep[slot]! ? slot : alias[slot]!;
  };
}

/** A list written as `'García 10, de la Torre 2'`, drawn in proportion to the numbers. */
export function weightedNames(table: string): { names: string[]; draw: (random: RandomSource) => string } {
  const names: string[] = [];
  const weights: number[] = [];
  for (const entry of table.split(',')) {
    const text = entry.trim();
    const cut = text.lastIndexOf(' ');
    names.push(text.slice(0, cut));
    weights.push(Number(text.slice(cut + 1)));
  }
  const index = weighted(weights);
  return { names, draw: (random) => names[index(random)]! };
}
