import { sql } from 'kysely';
import type { Transaction } from '@vinculo/postgres';
import type { FoundDoubt } from './describe-doubtful.ts';
import { teaches } from './instructiveness.ts';
import { saveDoubtful } from './save-doubtful.ts';

/**
 * Keeps the doubts found while records were linked as they came, in the transaction that links them: ordered as those of a whole
 * run, after the like pairs that wait already.
 *
 * @param changed records that were known before: what was asked about them and is not found any more is no question now.
 */
export async function saveFound(tx: Transaction, found: readonly FoundDoubt[], changed: readonly string[]): Promise<void> {
  const outdated = changed.length === 0 ? [] : await noLongerAsked(tx, found, changed);
  if (found.length === 0 && outdated.length === 0) return;
  const waiting = await alikeWaiting(tx, found);
  const all = new Map(waiting);
  for (const { pattern } of found) all.set(pattern, (all.get(pattern) ?? 0) + 1);
  const place = new Map(waiting);
  const pairs = found.map(({ unsure, ...pair }) => {
    const own = (place.get(pair.pattern) ?? 0) + 1;
    place.set(pair.pattern, own);
    const alike = all.get(pair.pattern)!;
    return { ...pair, alike, teaches: teaches(unsure, alike, own) };
  });
  await saveDoubtful(tx, { pairs, outdated });
}

/** Open pairs of each pattern, those found again left out. */
async function alikeWaiting(tx: Transaction, found: readonly FoundDoubt[]): Promise<Map<string, number>> {
  if (found.length === 0) return new Map();
  const { rows } = await sql<{ pattern: string; count: number }>`
    select p.pattern, count(*) as count from review_pair p
     where p.state in ('open', 'waiting') and p.pattern = any(${[...new Set(found.map(({ pattern }) => pattern))]}::text[])
       and (p.record_a, p.record_b) not in (select * from unnest(${found.map(({ a }) => a)}::uuid[], ${found.map(({ b }) => b)}::uuid[]))
     group by p.pattern`.execute(tx);
  return new Map(rows.map(({ pattern, count }) => [pattern, count]));
}

/** Weak ties inside a customer stay while both are of it. */
async function noLongerAsked(tx: Transaction, found: readonly FoundDoubt[], changed: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string; a: string; b: string }>`
    select id, record_a as a, record_b as b from review_pair
     where state in ('open', 'waiting', 'disagreed') and (record_a = any(${changed}::uuid[]) or record_b = any(${changed}::uuid[]))
       and not (doubt = 'inside' and exists (
             select from link a join link b on b.customer_id = a.customer_id
              where a.record_id = record_a and b.record_id = record_b and a.valid_to is null and b.valid_to is null))`.execute(tx);
  const asked = new Set(found.map(({ a, b }) => `${a} ${b}`));
  return rows.filter(({ a, b }) => !asked.has(`${a} ${b}`)).map(({ id }) => id);
}
