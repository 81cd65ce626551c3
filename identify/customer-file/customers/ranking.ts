// Orders of the list that are kept elsewhere: an index of the desk for each is dear to write every night, and few ask for them.
import type { Context } from '@vinculo/http';
import type { Filter } from './filter.ts';

type Stores = Pick<Context, 'store' | 'warehouse'>;

/** By which figure, and whether the highest comes first. */
export type RankedSort = 'profit' | '-profit' | '-orders' | '-lifetime_value' | '-churn_risk';

export interface RankedPlace {
  /** The figure as text, null where it is not known. */
  value: string | null;
  id: string;
}

/** What keeps such orders; composed in apps/server/features.ts. */
export interface Ranking {
  /**
   * The next buyers after a place, those of equal figures by id; undefined while there is no order yet.
   *
   * @param asked.filter what of it the ranking knows it may leave out; whoever asks looks at the rest.
   * @param asked.known those whose figure is known, or those of whom it is not.
   */
  next(
    stores: Stores,
    asked: { sort: RankedSort; filter: Filter; known: boolean; after: RankedPlace | undefined; limit: number },
  ): Promise<RankedPlace[] | undefined>;
}

/** Ranked customers asked for at first where the desk knows more to filter by, how many times more each next time, and in all. */
const STEP = 400;
const TIMES = 6;
const LOOKED_AT = 2_500;

/**
 * The first so many ranked rows that are on the list; undefined where the ranking has none to offer, or where they are so far
 * down that the desk finds and sorts them sooner.
 *
 * @param next the ranked after a place.
 * @param listed which of them are on the list, in the same order.
 */
export async function rankedRows<Row extends { id: string; sort_value: string | null }>(
  next: (after: RankedPlace | undefined, limit: number) => Promise<RankedPlace[] | undefined>,
  listed: (ranked: readonly RankedPlace[], limit: number) => Promise<Row[]>,
  start: RankedPlace | undefined,
  limit: number,
): Promise<Row[] | undefined> {
  const found: Row[] = [];
  for (let after = start, step = Math.max(STEP, limit), looked = 0; ; step *= TIMES) {
    const ranked = await next(after, step);
    if (!ranked) return undefined;
    found.push(...(await listed(ranked, limit - found.length)));
    looked += ranked.length;
    if (found.length >= limit || ranked.length < step) return found;
    if (looked >= LOOKED_AT) return undefined;
    after = ranked.at(-1);
  }
}
