import { sql } from 'kysely';
import { newId, type Transaction } from '@vinculo/postgres';
import type { Thread } from '@vinculo/threads';
import type { LinkageThread } from '../linkage.worker.ts';
import type { DoubtfulPair } from './describe-doubtful.ts';

/** What a run is in doubt about, and the questions it leaves out of date. Asked of the thread while it still holds the columns. */
export async function findDoubtful(tx: Transaction, thread: Thread<LinkageThread>): Promise<{ pairs: DoubtfulPair[]; outdated: string[] }> {
  const { rows } = await sql<{ id: string; a: string; b: string }>`
    select id, record_a as a, record_b as b from review_pair where state in ('open', 'waiting', 'disagreed')`.execute(tx);
  const { pairs, judged } = await thread.call('doubtful', [...new Set(rows.flatMap(({ a, b }) => [a, b]))]);
  const known = new Set(judged);
  // Of a record that was judged every pair was looked at, so a question about it that is not among them is none any more.
  return { pairs, outdated: rows.filter(({ a, b }) => known.has(a) || known.has(b)).map(({ id }) => id) };
}

/**
 * Keeps the doubtful pairs of a run for people to decide, in its own transaction and after its customers are written. Questions
 * that somebody has begun to answer stay; those without an answer go when the run no longer asks them.
 */
export async function saveDoubtful(tx: Transaction, { pairs, outdated }: Awaited<ReturnType<typeof findDoubtful>>): Promise<void> {
  await sql`
    update review_pair p set state = 'gone'
     where id = any(${outdated}::uuid[]) and state = 'open'
       and exists (select from review_decision d where d.pair_id = p.id)`.execute(tx);
  await sql`delete from review_pair where id = any(${outdated}::uuid[]) and state = 'open'`.execute(tx);
  if (pairs.length === 0) return;
  const lines = pairs.map(({ a, b, ...pair }) => ({ id: newId(), record_a: a < b ? a : b, record_b: a < b ? b : a, ...pair }));
  await sql`
    insert into review_pair as p (id, kind, record_a, record_b, doubt, refusal, pattern, weight, probability, prior, terms, alike, teaches)
    select n.id, n.kind, n.record_a, n.record_b, n.doubt, n.refusal, n.pattern, n.weight, n.probability, n.prior, n.terms, n.alike,
           n.teaches * (log(2.0, 1 + records) * (1 + (10 - best) / 9.0))::double precision
      from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb)
           as n(id uuid, kind text, record_a uuid, record_b uuid, doubt text, refusal text, pattern text, weight real, probability real,
                prior real, terms jsonb, alike integer, teaches double precision)
      cross join lateral (
        select sum(c.records)::numeric as records, coalesce(min(s.decile), 10)::numeric as best
          from (select distinct customer_id from link where record_id in (n.record_a, n.record_b) and valid_to is null) l
          join customer c on c.id = l.customer_id
          left join customer_score s on s.customer_id = l.customer_id
      ) affected
     where records is not null
    on conflict (record_a, record_b) do update set
      kind = excluded.kind, doubt = excluded.doubt, refusal = excluded.refusal, pattern = excluded.pattern, weight = excluded.weight,
      probability = excluded.probability, prior = excluded.prior, terms = excluded.terms, alike = excluded.alike, teaches = excluded.teaches,
      state = case when p.state = 'gone' then 'open' else p.state end, found_at = now()
     where p.state <> 'decided'`.execute(tx);
}
