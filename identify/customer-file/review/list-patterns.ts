import type { z } from 'zod';
import { sql } from 'kysely';
import type { Actor, Store } from '@vinculo/postgres';
import type { ReviewPatterns } from '../api/review.ts';
import { answeredBy, ASKS, WITH_LINKS } from './questions.ts';

/** A pattern of fewer pairs is decided sooner one by one. */
const LEAST_PAIRS = 2;
const MOST_PATTERNS = 100;

/** The patterns of the pairs this reader has yet to decide, the most frequent first, and what people said of pairs like these. */
export async function listPatterns(store: Store, actor: Actor): Promise<z.infer<typeof ReviewPatterns>> {
  const { rows } = await sql<z.infer<typeof ReviewPatterns>['items'][number]>`
    with open as (
      select p.pattern, p.kind, count(*) as pairs, avg(p.probability)::float8 as probability
        from review_pair p ${WITH_LINKS}
       where ${ASKS} and not ${answeredBy(actor.id)}
       group by p.pattern, p.kind having count(*) >= ${LEAST_PAIRS}
       order by count(*) desc, p.pattern limit ${MOST_PATTERNS}
    ), said as (
      select pattern, count(*) filter (where verdict = 'same') as same, count(*) filter (where verdict = 'different') as different
        from review_pair where verdict is not null group by pattern
    )
    select o.*, coalesce(s.same, 0) as same, coalesce(s.different, 0) as different
      from open o left join said s using (pattern) order by o.pairs desc, o.pattern`.execute(store.db);
  return { items: rows };
}
