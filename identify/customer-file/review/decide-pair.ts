import { conflict } from '@vinculo/errors';
import type { z } from 'zod';
import type { Context } from '@vinculo/http';
import { sql } from 'kysely';
import { type Actor, newId, type Transaction } from '@vinculo/postgres';
import type { ReviewDecide, ReviewDecided } from '../api/review.ts';
import { changeIdentity } from '../identity/identity-change.ts';
import { publishRecords } from '../identity/publish-identity.ts';
import { lockPair, type Resolved, resolvePair } from './resolve-pair.ts';

type Decided = z.infer<typeof ReviewDecided>;
type Said = z.output<typeof ReviewDecide>;

/**
 * Takes down what a person says of a pair, and puts it into force at once where their word is enough. Saying the same again
 * changes nothing; saying something else takes back what they said before.
 *
 * @throws VIN_REVIEW_PAIR_NOT_FOUND; VIN_REVIEW_PAIR_CONFLICT when it was settled, or its records have moved on.
 */
export async function decidePair(context: Context, actor: Actor, id: string, said: Said): Promise<Decided> {
  const { decided, moved } = await changeIdentity(context.store, actor, (tx) => decideWithin(tx, id, said));
  await publishRecords(context, moved);
  return decided;
}

/** {@link decidePair} within a transaction of changeIdentity. */
export async function decideWithin(
  tx: Transaction,
  id: string,
  { verdict, note = null }: { verdict: Said['verdict']; note?: string | null | undefined },
  bulkId: string | null = null,
): Promise<{ decided: Decided; moved: string[] }> {
  const pair = await lockPair(tx, id);
  await notSettled(tx, id);
  const { rows } = await sql<{ id: string; verdict: Said['verdict'] }>`
    select id, verdict from review_decision where pair_id = ${id} and by_id = ${tx.actor.id} and not settles and undone_at is null`.execute(
    tx,
  );
  const before = rows[0];
  if (before?.verdict === verdict) {
    const state = pair.state === 'gone' ? 'open' : pair.state;
    return { decided: { pairId: id, decisionId: before.id, state, changeId: pair.change_id, customerId: null }, moved: [] };
  }
  if (before) await sql`update review_decision set undone_at = clock_timestamp() where id = ${before.id}`.execute(tx);

  const decisionId = newId();
  await sql`
    insert into review_decision (id, pair_id, verdict, by_id, by_name, note, bulk_id, decided_at)
    values (${decisionId}, ${id}, ${verdict}, ${tx.actor.id}, ${tx.actor.name}, ${note}, ${bulkId}, clock_timestamp())`.execute(tx);
  const resolved = await resolvePair(tx, pair, note);
  await tx.emit(
    'review.decided',
    { kind: 'review_pair', id },
    eventOf(verdict, resolved, { decision: decisionId, ...(bulkId ? { bulk: bulkId } : {}) }),
  );
  return { decided: answer(id, decisionId, resolved), moved: resolved.moved };
}

async function notSettled(tx: Transaction, id: string): Promise<void> {
  const { rows } = await sql<{ by_name: string }>`
    select by_name from review_decision where pair_id = ${id} and settles and undone_at is null`.execute(tx);
  if (!rows[0]) return;
  throw conflict('review_pair', {
    es: `${rows[0].by_name} ya zanjó esta pareja. No se ha cambiado nada. Si no estás de acuerdo, pídele que lo deshaga.`,
    en: `${rows[0].by_name} has settled this pair already. Nothing was changed. If you do not agree, ask them to undo it.`,
  });
}

export function answer(pairId: string, decisionId: string, { state, changeId, customerId }: Resolved): Decided {
  return { pairId, decisionId, state, changeId, customerId };
}

export function eventOf(verdict: string, { state, changeId }: Resolved, more: Record<string, unknown>): Record<string, unknown> {
  return { verdict, state, change: changeId, ...more };
}
