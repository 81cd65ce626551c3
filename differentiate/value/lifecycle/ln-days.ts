/** Purchases of the same day are one; a silence of less than half a day is half of one. */
const SHORTEST = 0.5;
/** Some eleven years of whole days, whose logarithms are asked for over and over. */
const WHOLE = Float64Array.from({ length: 4096 }, (_, days) => Math.log(Math.max(days, SHORTEST)));

/** The logarithm of so many days, at least half of one. */
export function lnDays(days: number): number {
  return WHOLE[days] ?? Math.log(Math.max(days, SHORTEST));
}
