import type { z } from 'zod';
import { sql } from 'kysely';
import type { Store } from '@vinculo/postgres';
import type { CustomerCount } from '../api/customers.ts';
import { conditions, type Filter, needsScore, readFrom } from './filter.ts';
import type { Members } from './members.ts';
import { searchWords } from './search-words.ts';

/** Counting stops here: beyond it nobody needs the last digit, and the screen must answer at once. */
const FAR_ENOUGH = 100_000;

/** Of a long segment with other filters, so many of those the others hold are asked for. */
const LOOKED_AT = 40_000;

/** How many customers a list holds; `exact: false` means "at least that many". @param members of `filter.segment`. */
export async function countCustomers(store: Store, filter: Filter, members?: Members): Promise<z.infer<typeof CustomerCount>> {
  const unfiltered = Object.entries(filter).every(([word, value]) => word === 'segment' || value === undefined);
  if (unfiltered && !members) return { count: await everybody(store), exact: true };
  if (unfiltered && members && !members.ids) return { count: await members.size(), exact: true };

  const { query: words } = filter.search ? await searchWords(store, filter.search) : { query: undefined };
  if (filter.search && !words) return { count: 0, exact: true };
  const { gathered, from } = readFrom(needsScore(filter) ? 'score' : 'customer', { filter, members });
  if (members && !members.ids) {
    const { rows } = await sql<{ id: string }>`
      select c.id from ${from} where ${conditions(filter, words)} limit ${LOOKED_AT + 1}`.execute(store.db);
    const inside = await members.among(rows.map(({ id }) => id));
    return { count: inside.size, exact: rows.length <= LOOKED_AT };
  }
  const { rows } = await sql<{ n: string }>`
    ${gathered}
    select count(*) as n from (select 1 from ${from} where ${conditions(filter, words)} limit ${FAR_ENOUGH + 1}) counted`.execute(store.db);
  const n = Number(rows[0]!.n);
  return { count: Math.min(n, FAR_ENOUGH), exact: n <= FAR_ENOUGH };
}

/** Up to so many are counted afresh every time, so that the count is never behind what was just done. */
const FEW = 50_000;
const KEPT_MS = 5000;
const remembered = new WeakMap<Store, { count: number; until: number }>();

/** Everybody. At a million customers counting takes a tenth of a second, so there it is done at most every five. */
async function everybody(store: Store): Promise<number> {
  const known = remembered.get(store);
  if (known && Date.now() < known.until) return known.count;
  const { rows } = await sql<{ n: string }>`select count(*) as n from customer where merged_into is null`.execute(store.db);
  const count = Number(rows[0]!.n);
  if (count > FEW) remembered.set(store, { count, until: Date.now() + KEPT_MS });
  return count;
}
