// Whose a device was, and when: one answer for all orders in which its events may come. Pure.

/** From a moment on (milliseconds since 1970) the device is this person's; nobody's where null. */
export type Turn = readonly [at: number, record: string | null];

/** At a moment somebody said who they are (their record), or signed out (null). */
export type Point = readonly [at: number, record: string | null];

/** Somebody who signs out is still there in that millisecond. */
export const signOut = (at: number): Point => [at + 1, null];

/**
 * The turns that follow from all points there are, in whatever order they are given. Of two at one moment the one who signs in holds,
 * of two who sign in at once the greater id.
 */
export function turnsOf(points: Iterable<Point>): Turn[] {
  const sorted = [...points].toSorted(([a, left], [b, right]) => a - b || compare(left, right));
  const turns: Turn[] = [];
  for (let n = 0; n < sorted.length; n++) {
    const [at, record] = sorted[n]!;
    if (sorted[n + 1]?.[0] === at) continue;
    if (turns.at(-1)?.[1] !== record) turns.push([at, record]);
  }
  return turns;
}

const compare = (a: string | null, b: string | null) => (a === b ? 0 : a === null || (b !== null && a < b) ? -1 : 1);

/**
 * Whose what nobody signed at that moment is: of whoever was there last, of the first who came where nobody had been before; null
 * after a sign-out.
 */
export function ownerAt(turns: readonly Turn[], at: number): string | null {
  for (let n = turns.length - 1; n >= 0; n--) if (turns[n]![0] <= at) return turns[n]![1];
  return turns[0]?.[1] ?? null;
}

/** Whether the point says nothing that the turns do not say: that person was there by then already. */
export function isKnown(turns: readonly Turn[], [at, record]: Point): boolean {
  for (let n = turns.length - 1; n >= 0; n--) if (turns[n]![0] <= at) return turns[n]![1] === record;
  return false;
}

export interface Span {
  /** Milliseconds since 1970; from is in it, until is not. */
  from: number;
  until: number;
  record: string | null;
}

const EVER = 8_000_000_000_000;

/** The same as {@link ownerAt}, as spans of time that leave no gap. */
export function spansOf(turns: readonly Turn[]): Span[] {
  if (turns.length === 0) return [{ from: 0, until: EVER, record: null }];
  return turns.map(([at, record], n) => ({ from: n === 0 ? 0 : at, until: turns[n + 1]?.[0] ?? EVER, record }));
}

/** How many people the points name. */
export const peopleOf = (points: Iterable<Point>): Set<string> => {
  const people = new Set<string>();
  for (const [, record] of points) if (record !== null) people.add(record);
  return people;
};
