/**
 * A seeded source of random numbers: the same seed and stream give the same numbers on every machine.
 *
 * sfc32 by Chris Doty-Humphrey (PractRand): 128 bits of state, only 32-bit integer arithmetic, so it is cheap
 * enough to draw tens of millions of numbers a second. It is not for secrets.
 */
export interface RandomSource {
  /** A whole number from 0 to 2³² − 1. */
  next(): number;
  /** A number in [0, 1). */
  float(): number;
  /** A whole number in [0, limit). */
  below(limit: number): number;
  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number;
  /** True with probability `p`. */
  chance(p: number): boolean;
  /** One item of a list that is not empty. */
  pick<T>(items: readonly T[]): T;
  /** A number from the standard normal distribution. */
  normal(): number;
}

/** A random source for `seed`; another `stream` of the same seed is independent of the first. */
export function randomSource(seed: number, stream = 0): RandomSource {
  let a = scramble(seed | 0);
  let b = scramble((stream | 0) ^ 0x9e3779b9);
  let c = scramble(a ^ Math.imul(b, 0x85ebca6b));
  let counter = 1;

  const step = (): number => {
    const t = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + t) | 0;
    return t;
  };
  // The first outputs of neighbouring seeds resemble each other until the state has mixed.
  for (let i = 0; i < 12; i++) step();

  const next = (): number => step() >>> 0;
  const float = (): number => (step() >>> 0) / 4_294_967_296;
  const below = (limit: number): number => Math.floor(((step() >>> 0) / 4_294_967_296) * limit);
  return {
    next,
    float,
    below,
    between: (low, high) => low + below(high - low + 1),
    chance: (p) => p > 0 && float() < p,
    pick: <T>(items: readonly T[]): T => items[below(items.length)] as T,
    normal: () => Math.sqrt(-2 * Math.log(1 - float())) * Math.cos(2 * Math.PI * float()),
  };
}

/** A well-mixed 32-bit integer of a 32-bit integer (the finaliser of MurmurHash3). */
export function scramble(value: number): number {
  let h = value | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/** A number in [0, 1) that depends only on the text and the salt: who shops on the web must not depend on the order of reading. */
export function shareOf(text: string, salt = 0): number {
  let h = 0x811c9dc5 ^ salt;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return (scramble(h) >>> 0) / 4_294_967_296;
}
