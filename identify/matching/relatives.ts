/** r by level; undefined where relatives stand at the level as often as one entity does (a value missing on one side). */
export type KnownR = readonly (number | undefined)[];

/** r from what is known of it, the rest as in m; m where nothing is known. */
export function relativesFrom(known: KnownR | undefined, m: readonly number[]): number[] {
  if (known === undefined) return m.slice();
  let free = 1;
  let fixed = 0;
  known.forEach((share, level) => (share === undefined ? (free -= m[level]!) : (fixed += share)));
  return known.map((share, level) => (share === undefined ? m[level]! : (share / fixed) * free));
}

/** Shares that add up to 1. */
export function normalised(shares: readonly number[]): number[] {
  const sum = shares.reduce((total, share) => total + share, 0);
  return shares.map((share) => share / sum);
}
