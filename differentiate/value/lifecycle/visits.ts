/**
 * The days one customer bought on: `days[from]` … `days[to − 1]`, ascending and each once, with the money of each day beside.
 * A stretch of two long lists, so that a million customers are two arrays and not a million.
 */
export interface Visits {
  /** Whole days since any beginning. */
  days: ArrayLike<number>;
  money: ArrayLike<number>;
  from: number;
  to: number;
}

/** One customer's visits, for somebody who has only these. */
export const visitsOf = (days: readonly number[], money: readonly number[] = days.map(() => 0)): Visits => ({
  days,
  money,
  from: 0,
  to: days.length,
});

/** How many of the visits were on `day` or before: `days[from + count − 1] <= day`. */
export function visitsUntil({ days, from, to }: Visits, day: number): number {
  if (to > from && days[to - 1]! <= day) return to - from;
  let [low, high] = [from, to];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (days[middle]! <= day) low = middle + 1;
    else high = middle;
  }
  return low - from;
}

/** Visits, and money, of the days after `after` up to `until`. */
export function boughtBetween({ days, money, from, to }: Visits, after: number, until: number): { visits: number; money: number } {
  let [visits, sum] = [0, 0];
  for (let i = to - 1; i >= from && days[i]! > after; i--) {
    if (days[i]! > until) continue;
    visits++;
    sum += money[i]!;
  }
  return { visits, money: sum };
}
