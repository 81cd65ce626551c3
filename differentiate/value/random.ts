/** Uniform numbers in [0, 1), the same for the same seed everywhere (mulberry32, Tommy Ettinger 2017, public domain). */
export type Random = () => number;

export function seededRandom(seed: number): Random {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Puts the list into a random order, in place (Fisher–Yates). */
export function shuffle(list: Int32Array, random: Random): Int32Array {
  for (let i = list.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    const kept = list[i]!;
    list[i] = list[j]!;
    list[j] = kept;
  }
  return list;
}

/** `size` different numbers of 0…n−1, in ascending order; all of them if there are no more (Knuth's algorithm S). */
export function sampleOf(n: number, size: number, random: Random): Int32Array {
  const chosen = new Int32Array(Math.min(n, size));
  let taken = 0;
  for (let i = 0; i < n && taken < chosen.length; i++) {
    if (random() * (n - i) < chosen.length - taken) chosen[taken++] = i;
  }
  return chosen;
}
