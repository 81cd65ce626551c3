import type { z } from 'zod';
import { type Kysely, sql } from 'kysely';
import type { Actor, Store } from '@vinculo/postgres';
import type { ReviewBulkAsked, ReviewBulkPreview } from '../api/review.ts';
import { PAIR_COLUMNS, type PairRow, toRow } from './pair-row.ts';
import { answeredBy, ASKS, WITH_LINKS, WITH_RECORDS } from './questions.ts';

export type Which = Pick<z.output<typeof ReviewBulkAsked>, 'pattern' | 'pairs'>;

const SAMPLE = 5;

const among = ({ pattern, pairs }: Which) =>
  pattern === undefined ? sql`p.id = any(${pairs ?? []}::uuid[])` : sql`p.pattern = ${pattern}`;

/** The pairs meant that this person has yet to decide, in the order of the queue. */
export async function pairsMeant(db: Kysely<unknown>, actor: Actor, which: Which): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select p.id from review_pair p ${WITH_LINKS}
     where ${ASKS} and not ${answeredBy(actor.id)} and ${among(which)} order by p.teaches desc, p.id`.execute(db);
  return rows.map(({ id }) => id);
}

/** What a decision on all of them would touch, with some to look at: spread over the queue, not its top. */
export async function previewBulk({ db }: Store, actor: Actor, which: Which): Promise<z.infer<typeof ReviewBulkPreview>> {
  const pairs = await pairsMeant(db, actor, which);
  const step = Math.max(1, pairs.length / SAMPLE);
  const chosen = pairs.length === 0 ? [] : Array.from({ length: Math.min(SAMPLE, pairs.length) }, (_, n) => pairs[Math.floor(n * step)]!);
  const [sample, customers] = await Promise.all([
    sql<PairRow>`
      select ${PAIR_COLUMNS} from review_pair p ${WITH_RECORDS} where p.id = any(${chosen}::uuid[]) order by p.teaches desc, p.id`.execute(
      db,
    ),
    sql<{ count: number }>`
      select count(distinct l.customer_id) as count
        from review_pair p join link l on l.record_id in (p.record_a, p.record_b) and l.valid_to is null
       where p.id = any(${pairs}::uuid[])`.execute(db),
  ]);
  return { pairs: pairs.length, customers: customers.rows[0]!.count, sample: sample.rows.map((row) => toRow(row, actor)) };
}
