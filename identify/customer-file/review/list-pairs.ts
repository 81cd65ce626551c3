import type { z } from 'zod';
import { decodeCursor, toPage } from '@vinculo/http';
import { sql } from 'kysely';
import type { Actor, Store } from '@vinculo/postgres';
import type { ReviewQuery, ReviewRow } from '../api/review.ts';
import { PAIR_COLUMNS, type PairRow, toRow } from './pair-row.ts';
import { answeredBy, ASKS, WITH_RECORDS } from './questions.ts';

type Query = z.output<typeof ReviewQuery>;

/** Pairs to decide, the most instructive first; those decided, and those this reader had a say in, the latest first. */
export async function listPairs(
  store: Store,
  actor: Actor,
  { list, doubt, source, pattern, cursor, limit }: Query,
): Promise<{ items: z.infer<typeof ReviewRow>[]; next: string | null }> {
  const after = decodeCursor(cursor, 2);
  const [of, by] = LISTS[list](actor);
  const { rows } = await sql<PairRow & { place: number }>`
    select ${PAIR_COLUMNS}, ${by} as place
      from review_pair p ${WITH_RECORDS}
     where ${of}
       ${doubt ? sql`and p.doubt = ${doubt}` : sql``}
       ${pattern ? sql`and p.pattern = ${pattern}` : sql``}
       ${source ? sql`and (ra.source_id = ${source} or rb.source_id = ${source})` : sql``}
       ${after ? sql`and (${by} < ${after[0]}::float8 or (${by} = ${after[0]}::float8 and p.id > ${after[1]}::uuid))` : sql``}
     order by ${by} desc, p.id limit ${limit + 1}`.execute(store.db);
  const { items, next } = toPage(rows, limit, (row) => [row.place, row.id]);
  return { items: items.map((row) => toRow(row, actor)), next };
}

const TEACHES = sql`p.teaches::float8`;
const WHEN = sql`extract(epoch from p.decided_at)::float8`;

/** Which pairs, and what they are ordered by. */
const LISTS: Record<Query['list'], (actor: Actor) => [of: ReturnType<typeof sql>, by: ReturnType<typeof sql>]> = {
  open: (actor) => [sql`${ASKS} and not ${answeredBy(actor.id)}`, TEACHES],
  disagreed: () => [sql`p.state = 'disagreed'`, TEACHES],
  decided: () => [sql`p.state = 'decided'`, WHEN],
  mine: (actor) => [
    answeredBy(actor.id),
    sql`(select extract(epoch from max(d.decided_at))::float8 from review_decision d
          where d.pair_id = p.id and d.by_id = ${actor.id} and d.undone_at is null)`,
  ],
};
