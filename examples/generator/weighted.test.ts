import { describe, expect, it } from 'vitest';
import { randomSource } from './random.ts';
import { weighted } from './weighted.ts';

const first = (seed: number, stream: number): number[] => Array.from({ length: 5 }, randomSource(seed, stream).next);
describe('weighted', () => {
  it('draws each index in proportion to its weight', () => {
    const weights = [5, 1, 0, 3, 1];
    const draw = weighted(weights);
    const random = randomSource(1);
    const counts = [0, 0, 0, 0, 0];
    for (let i = 0; i < 200_000; i++) counts[draw(random)]! += 1;
    counts.forEach((count, n) => expect(count / 20_000).toBeCloseTo(weights[n]!, 1));
    expect(counts[2]).toBe(0);
  });

  it('refuses weights that are all zero', () => {
    expect(() => weighted([0, 0])).toThrow(RangeError);
  });
});

describe('randomSource', () => {
  it('repeats itself for the same seed and stream only', () => {
    expect(first(1, 1)).toEqual(first(1, 1));
    expect(first(1, 1)).not.toEqual(first(1, 2));
    expect(first(1, 1)).not.toEqual(first(2, 1));
  });
});
