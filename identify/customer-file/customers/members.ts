// Lists of customers that are kept elsewhere, segments, as a filter of the list of customers.
import type { Context } from '@vinculo/http';
import type { Ranking } from './ranking.ts';

type Stores = Pick<Context, 'store' | 'warehouse'>;

/** What keeps such lists; composed in apps/server/features.ts. An id that names none has no members. */
export interface Membership {
  /** Their ids; undefined when they are more than so many. */
  few(stores: Stores, id: string, most: number): Promise<string[] | undefined>;
  size(stores: Stores, id: string): Promise<number>;
  /** Those of these customers who are in it. */
  among(stores: Stores, id: string, customers: readonly string[]): Promise<Set<string>>;
  /** Whoever is in it, page by page in the order of ids. */
  members(stores: Stores, id: string): AsyncIterable<readonly string[]>;
}

export interface CustomerFileSources {
  membership?: Membership;
  ranking?: Ranking;
}

/** Who is in the list, for one reading: their ids where they are few, else a way to ask who of some is. */
export type Members = { ids: readonly string[] } | LongSegment;

export interface LongSegment {
  ids?: undefined;
  size(): Promise<number>;
  among(customers: readonly string[]): Promise<Set<string>>;
  /** Everybody's ids: tens of megabytes where they are a million. */
  all(): Promise<string[]>;
}

/** Up to so many members the desk is given their ids; of more, the desk's order is walked and it is asked who is one. */
const FEW = 5_000;

/** @param id the segment that is asked for, if any. */
export async function membersOf(stores: Stores, { membership }: CustomerFileSources, id: string | undefined): Promise<Members | undefined> {
  if (!id) return undefined;
  const ids = membership ? await membership.few(stores, id, FEW) : [];
  if (ids) return { ids };
  return {
    size: () => membership!.size(stores, id),
    among: (customers) => membership!.among(stores, id, customers),
    async all() {
      const pages: (readonly string[])[] = [];
      for await (const page of membership!.members(stores, id)) pages.push(page);
      return pages.flat();
    },
  };
}

/** Rows looked at in the first step of a walk, and in all. */
const STEP = 2_000;
const LOOKED_AT = 14_000;

export interface Place {
  last: unknown;
  lastId: unknown;
}

/**
 * The first so many rows that are members; undefined when they are so far down that it is better to gather them all.
 *
 * @param read the next rows of the walk after a place.
 */
export async function sifted<Row extends { id: string; sort_value: string | null }>(
  members: Members | undefined,
  read: (after: Place | undefined, limit: number) => Promise<Row[]>,
  start: Place | undefined,
  limit: number,
): Promise<Row[] | undefined> {
  if (!members || members.ids) return read(start, limit);
  const found: Row[] = [];
  for (let after = start, step = STEP, looked = 0; found.length < limit; step *= 2) {
    if (looked >= LOOKED_AT) return undefined;
    looked += step;
    const rows = await read(after, step);
    const inside = await members.among(rows.map(({ id }) => id));
    for (const row of rows) if (inside.has(row.id)) found.push(row);
    const end = rows.at(-1);
    if (!end || rows.length < step) break;
    after = { last: end.sort_value, lastId: end.id };
  }
  return found.slice(0, limit);
}
