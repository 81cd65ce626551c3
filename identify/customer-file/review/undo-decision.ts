import { conflict, fail, notFound } from '@vinculo/errors';
import type { z } from 'zod';
import type { Context } from '@vinculo/http';
import { sql } from 'kysely';
import type { Actor, Transaction } from '@vinculo/postgres';
import type { ReviewUndone } from '../api/review.ts';
import { changeIdentity } from '../identity/identity-change.ts';
import { publishRecords } from '../identity/publish-identity.ts';
import { lockPair, resolvePair } from './resolve-pair.ts';

type Undone = z.infer<typeof ReviewUndone>;

/**
 * Takes back what somebody said of a pair, and what it changed if nobody else says the same.
 *
 * @param id a decision, or `last`: the latest of this person's own, decided one by one.
 * @throws VIN_REVIEW_DECISION_NOT_FOUND; VIN_ACCESS_DENIED for somebody else's without customer.merge; VIN_CUSTOMER_CONFLICT when
 * the records have moved on since.
 */
export async function undoDecision(context: Context, actor: Actor, id: string): Promise<Undone> {
  const decision = id === 'last' ? await lastOf(context, actor) : id;
  const { undone, moved } = await changeIdentity(context.store, actor, (tx) => undoWithin(tx, decision));
  await publishRecords(context, moved);
  return undone;
}

async function lastOf({ store }: Context, actor: Actor): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    select id from review_decision where by_id = ${actor.id} and undone_at is null and bulk_id is null order by decided_at desc, id desc limit 1`.execute(
    store.db,
  );
  if (rows[0]) return rows[0].id;
  throw conflict('review_decision', {
    es: 'No tienes ninguna decisión que deshacer.',
    en: 'You have no decision to undo.',
  });
}

/** {@link undoDecision} within a transaction of changeIdentity. */
export async function undoWithin(tx: Transaction, id: string): Promise<{ undone: Undone; moved: string[] }> {
  const { rows } = await sql<{ pair_id: string }>`select pair_id from review_decision where id = ${id}`.execute(tx);
  if (!rows[0]) throw notFound('review_decision', id);
  const pair = await lockPair(tx, rows[0].pair_id);
  const decision = await lockDecision(tx, id);
  if (decision.by_id !== tx.actor.id && !tx.actor.permissions.has('customer.merge'))
    throw fail('VIN_ACCESS_DENIED', { permission: 'customer.merge' });
  await sql`update review_decision set undone_at = clock_timestamp() where id = ${id}`.execute(tx);
  const { state, moved } = await resolvePair(tx, pair, null, null);
  await tx.emit('review.undone', { kind: 'review_pair', id: pair.id }, { decision: id, verdict: decision.verdict, state });
  return { undone: { pairId: pair.id, state, verdict: decision.verdict }, moved };
}

async function lockDecision(tx: Transaction, id: string) {
  const { rows } = await sql<{ by_id: string; verdict: Undone['verdict'] }>`
    select by_id, verdict from review_decision where id = ${id} and undone_at is null for update`.execute(tx);
  if (rows[0]) return rows[0];
  throw conflict('review_decision', {
    es: 'Esta decisión ya se deshizo. No hay nada más que deshacer.',
    en: 'This decision has been undone already. There is nothing more to undo.',
  });
}
