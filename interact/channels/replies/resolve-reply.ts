// What waits in the tray: somebody says whose it is, that it counts all the same, or that it is nothing. And what is taken back.
import { recordOfCustomer } from '@vinculo/customer-file';
import { conflict, invalid, notFound } from '@vinculo/errors';
import type { Context } from '@vinculo/http';
import type { Actor, Transaction } from '@vinculo/postgres';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { Reply, Resolution } from '../api/replies.ts';
import { findReply, type ReplyRow } from './reply-row.ts';
import { tellAtOnce } from './tell-replies.ts';

const WAITING = ['unknown', 'misread', 'nobody', 'expired'];

/** @throws VIN_REPLY_NOT_FOUND, VIN_CUSTOMER_NOT_FOUND, VIN_REPLY_CONFLICT for a code that counts already, or one that waits no more. */
export async function resolveReply(
  context: Context,
  actor: Actor,
  id: string,
  given: z.output<typeof Resolution>,
): Promise<z.infer<typeof Reply>> {
  const owner = 'customer' in given ? (await recordOfCustomer(context.store, given.customer)).record : null;
  await context.store.transaction(actor, async (tx) => {
    const reply = await lockReply(tx, id);
    if ('discard' in given) {
      if (reply.outcome !== (given.discard ? reply.outcome : 'discarded')) return;
      if (given.discard && !WAITING.includes(reply.outcome)) throw waitsNoMore();
      const back = (reply.detail as { was?: string }).was ?? 'unknown';
      await sql`
        update reply set outcome = ${given.discard ? 'discarded' : back}, version = version + 1,
               detail = detail || jsonb_build_object('was', ${reply.outcome}::text) where id = ${id}`.execute(tx);
      await tx.emit(given.discard ? 'reply.discarded' : 'reply.kept', { kind: 'reply', id }, { code: reply.code });
      return;
    }
    if (!WAITING.includes(reply.outcome)) throw waitsNoMore();
    const issue = reply.issue_id ?? ('issue' in given ? (given.issue ?? null) : null);
    const record = owner ?? reply.record_id;
    if (!issue || !record) throw invalid({ es: 'di de quién es y de qué campaña', en: 'say whose it is and of which campaign' });
    const { rows: known } = await sql`select from reply_issue where id = ${issue}`.execute(tx);
    if (known.length === 0) throw notFound('reply', issue);
    const { rows: used } = await sql`
      select from reply where code = ${reply.code} and code <> '' and outcome = 'ok' and undone_at is null`.execute(tx);
    if (used.length > 0)
      throw conflict('reply', {
        es: `El código ${reply.code} ya cuenta en otra respuesta.`,
        en: `The code ${reply.code} counts in another reply already.`,
      });
    await sql`
      update reply set outcome = 'ok', issue_id = ${issue}, record_id = ${record}, version = version + 1, told_at = null where id = ${id}`.execute(
      tx,
    );
    await tx.emit('reply.resolved', { kind: 'reply', id }, { code: reply.code, was: reply.outcome });
  });
  await tellAtOnce(context);
  return findReply(context.store.db, actor, id);
}

/** Locked until the transaction ends; what was taken back is not there. */
export async function lockReply(tx: Transaction, id: string): Promise<ReplyRow> {
  const { rows } = await sql<ReplyRow>`select * from reply where id = ${id} for update`.execute(tx);
  if (!rows[0]) throw notFound('reply', id);
  return rows[0];
}

const waitsNoMore = () =>
  conflict('reply', {
    es: 'Alguien ya ha decidido sobre esta respuesta. No se ha cambiado nada. Actualiza la lista.',
    en: 'Somebody has decided about this reply already. Nothing was changed. Refresh the list.',
  });
