import { conflict, notFound } from '@vinculo/errors';
import type { z } from 'zod';
import type { Context } from '@vinculo/http';
import { sql } from 'kysely';
import { type Actor, newId, type Store } from '@vinculo/postgres';
import type { ReviewBulk, ReviewBulkAsked, ReviewBulkStarted } from '../api/review.ts';
import { pairsMeant } from './bulk-pairs.ts';

type Started = z.infer<typeof ReviewBulkStarted>;

/** Starts a job that decides many pairs alike, as the one who asks. @throws VIN_REVIEW_PAIR_CONFLICT when none of them is a question. */
export async function startBulk(
  { store, jobs }: Context,
  actor: Actor,
  { verdict, note = null, ...which }: Omit<z.output<typeof ReviewBulkAsked>, 'note'> & { note?: string | null | undefined },
): Promise<Started> {
  return store.transaction(actor, async (tx) => {
    const pairs = await pairsMeant(tx, actor, which);
    if (pairs.length === 0) {
      throw conflict('review_pair', {
        es: 'Ninguna de estas parejas está ya por decidir. No se ha cambiado nada.',
        en: 'None of these pairs is open any more. Nothing was changed.',
      });
    }
    const id = newId();
    await sql`
      insert into review_bulk (id, pattern, pairs, verdict, note, by_id, by_name, state)
      values (${id}, ${which.pattern ?? null}, ${pairs}::uuid[], ${verdict}, ${note}, ${actor.id}, ${actor.name}, 'deciding')`.execute(tx);
    await tx.emit('review.bulk_decided', { kind: 'review_bulk', id }, { verdict, pairs: pairs.length, pattern: which.pattern ?? null });
    return { id, jobId: await jobs.enqueue('review.decide-bulk', { id }, { actor, tx }) };
  });
}

/**
 * Starts a job that takes back everything a bulk decision did.
 *
 * @throws VIN_REVIEW_DECISION_NOT_FOUND; VIN_REVIEW_DECISION_CONFLICT when it was undone already.
 */
export async function startBulkUndo({ store, jobs }: Context, actor: Actor, id: string): Promise<Started> {
  return store.transaction(actor, async (tx) => {
    const { rows } = await sql<{ state: string }>`select state from review_bulk where id = ${id} for update`.execute(tx);
    const bulk = rows[0];
    if (!bulk) throw notFound('review_decision', id);
    if (bulk.state === 'undone' || bulk.state === 'undoing') {
      throw conflict('review_decision', {
        es: 'Esta decisión en bloque ya se deshizo. No hay nada más que deshacer.',
        en: 'This bulk decision has been undone already. There is nothing more to undo.',
      });
    }
    if (bulk.state === 'deciding') {
      throw conflict('review_decision', {
        es: 'Esta decisión en bloque aún está en marcha. Espera a que termine, o cancela su tarea, y deshazla después.',
        en: 'This bulk decision is still under way. Wait until it ends, or cancel its job, and undo it then.',
      });
    }
    await sql`update review_bulk set state = 'undoing' where id = ${id}`.execute(tx);
    await tx.emit('review.bulk_undone', { kind: 'review_bulk', id }, {});
    return { id, jobId: await jobs.enqueue('review.undo-bulk', { id }, { actor, tx }) };
  });
}

/** The latest bulk decisions. */
export async function listBulks({ db }: Store, actor: Actor): Promise<{ items: z.infer<typeof ReviewBulk>[] }> {
  const { rows } = await sql<Omit<z.infer<typeof ReviewBulk>, 'createdAt' | 'mine'> & { by_id: string; created_at: Date }>`
    select id, pattern, verdict, state, cardinality(pairs) as pairs, decided, skipped, by_name as by, by_id, note, created_at
      from review_bulk order by created_at desc, id limit 20`.execute(db);
  return {
    items: rows.map(({ by_id, created_at, ...bulk }) => ({ ...bulk, mine: by_id === actor.id, createdAt: created_at.toISOString() })),
  };
}
