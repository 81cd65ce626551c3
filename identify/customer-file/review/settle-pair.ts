import { conflict } from '@vinculo/errors';
import type { z } from 'zod';
import type { Context } from '@vinculo/http';
import { sql } from 'kysely';
import { type Actor, newId } from '@vinculo/postgres';
import type { ReviewDecided, ReviewSettle } from '../api/review.ts';
import { changeIdentity } from '../identity/identity-change.ts';
import { publishRecords } from '../identity/publish-identity.ts';
import { answer, eventOf } from './decide-pair.ts';
import { lockPair, resolvePair } from './resolve-pair.ts';

/**
 * The last word on a pair that people decided differently.
 *
 * @throws VIN_REVIEW_PAIR_NOT_FOUND; VIN_REVIEW_PAIR_CONFLICT when nobody disagrees, or its records have moved on.
 */
export async function settlePair(
  context: Context,
  actor: Actor,
  id: string,
  { verdict, note = null }: { verdict: z.output<typeof ReviewSettle>['verdict']; note?: string | null | undefined },
): Promise<z.infer<typeof ReviewDecided>> {
  const { decided, moved } = await changeIdentity(context.store, actor, async (tx) => {
    const pair = await lockPair(tx, id);
    if (pair.state !== 'disagreed') {
      throw conflict('review_pair', {
        es: 'En esta pareja ya no hay desacuerdo que zanjar. No se ha cambiado nada.',
        en: 'There is no disagreement about this pair to settle any more. Nothing was changed.',
      });
    }
    const decisionId = newId();
    await sql`
      insert into review_decision (id, pair_id, verdict, settles, by_id, by_name, note, decided_at)
      values (${decisionId}, ${id}, ${verdict}, true, ${actor.id}, ${actor.name}, ${note}, clock_timestamp())`.execute(tx);
    const resolved = await resolvePair(tx, pair, note);
    await tx.emit('review.settled', { kind: 'review_pair', id }, eventOf(verdict, resolved, { decision: decisionId }));
    return { decided: answer(id, decisionId, resolved), moved: resolved.moved };
  });
  await publishRecords(context, moved);
  return decided;
}
