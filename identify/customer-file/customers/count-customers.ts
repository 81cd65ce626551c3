import type { z } from 'zod';
import { sql } from 'kysely';
import type { Store } from '@vinculo/postgres';
import type { CustomerCount } from '../api/customers.ts';
import { conditions, type Filter, needsScore } from './filter.ts';
import { searchWords } from './search-words.ts';

/** Counting stops here: beyond it nobody needs the last digit, and the screen must answer at once. */
const FAR_ENOUGH = 100_000;

/** How many customers a list holds; `exact: false` means "at least that many". */
export async function countCustomers(store: Store, filter: Filter): Promise<z.infer<typeof CustomerCount>> {
  const unfiltered = Object.values(filter).every((value) => value === undefined);
  if (unfiltered) return { count: await everybody(store), exact: true };

  const { query: words } = filter.search ? await searchWords(store, filter.search) : { query: undefined };
  if (filter.search && !words) return { count: 0, exact: true };
  const from = needsScore(filter)
    ? sql`customer_score s join customer c on c.id = s.customer_id`
    : sql`customer c left join customer_score s on s.customer_id = c.id`;
  const { rows } = await sql<{ n: string }>`
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
