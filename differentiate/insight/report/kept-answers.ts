// Answers of the whole base, kept until the next scoring: they change with nothing else.
import { createHash } from 'node:crypto';
import type { Store } from '@vinculo/postgres';
import { sql } from 'kysely';
import type { FactsInForce } from '../boards/facts-in-force.ts';
import type { Figures } from './read-report.ts';

/** Of each server: what is being worked out is worked out once, however many ask. */
const underway = new WeakMap<Store, Map<string, Promise<Figures>>>();

/**
 * The answer kept of the same question about the same facts, or what `work` finds.
 *
 * @param about everything the answer depends on besides the facts.
 */
export async function keptAnswer(store: Store, facts: FactsInForce, about: object, work: () => Promise<Figures>): Promise<Figures> {
  const key = createHash('sha256')
    .update(JSON.stringify([about, facts]))
    .digest('base64url');
  const { rows } = await sql<{ figures: Figures }>`select figures from report_answer where key = ${key}`.execute(store.db);
  if (rows[0]) return rows[0].figures;
  const running = underway.get(store) ?? new Map<string, Promise<Figures>>();
  underway.set(store, running);
  const begun = running.get(key) ?? keep(store, key, facts, work).finally(() => running.delete(key));
  running.set(key, begun);
  return begun;
}

async function keep(store: Store, key: string, { computedAt }: FactsInForce, work: () => Promise<Figures>): Promise<Figures> {
  const figures = await work();
  await sql`
    with forgotten as (delete from report_answer where computed_at <> ${computedAt}::timestamptz)
    insert into report_answer (key, figures, computed_at)
    select ${key}, ${JSON.stringify(figures)}::jsonb, ${computedAt}::timestamptz
     where exists (select from board_facts where computed_at = ${computedAt}::timestamptz)
    on conflict do nothing`.execute(store.db);
  return figures;
}
