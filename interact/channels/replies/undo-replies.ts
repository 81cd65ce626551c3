// Taken back: one sheet, or a whole batch. A code that counted may count again; a person of a form is as if never typed.
import { removeConsents, tellFacts, withdrawRecord } from '@vinculo/customer-file';
import type { Context } from '@vinculo/http';
import { type Actor, SYSTEM, type Transaction } from '@vinculo/postgres';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { BatchUndone, Reply } from '../api/replies.ts';
import { setEntryDeleted } from '../entries/change-entry.ts';
import { tellAtOnce as tellEntries } from '../entries/tell-entries.ts';
import { lockBatch } from './batches.ts';
import { findReply, type ReplyRow } from './reply-row.ts';
import { lockReply } from './resolve-reply.ts';
import { tellAtOnce } from './tell-replies.ts';

/** @throws VIN_REPLY_NOT_FOUND */
export async function undoReply(context: Context, actor: Actor, id: string): Promise<z.infer<typeof Reply>> {
  await context.store.transaction(actor, async (tx) => {
    const reply = await lockReply(tx, id);
    if (reply.undone_at) return;
    await takeBack(tx, [reply]);
    await tx.emit('reply.undone', { kind: 'reply', id }, { batch: reply.batch_id, sheet: reply.n });
  });
  await settle(context);
  return findReply(context.store.db, actor, id);
}

/** Every sheet of it; the batch is closed. @throws VIN_REPLY_NOT_FOUND */
export async function undoBatch(context: Context, actor: Actor, id: string): Promise<z.infer<typeof BatchUndone>> {
  const undone = await context.store.transaction(actor, async (tx) => {
    const batch = await lockBatch(tx, id);
    const { rows } = await sql<ReplyRow>`select * from reply where batch_id = ${id} and undone_at is null order by n for update`.execute(
      tx,
    );
    await takeBack(tx, rows);
    await sql`update reply_batch set undone_at = coalesce(undone_at, now()), closed_at = coalesce(closed_at, now()) where id = ${id}`.execute(
      tx,
    );
    await tx.emit('reply.batch_undone', { kind: 'reply', id }, { name: batch.name, replies: rows.length });
    return rows.length;
  });
  await settle(context);
  return { undone };
}

async function takeBack(tx: Transaction, replies: readonly ReplyRow[]): Promise<void> {
  if (replies.length === 0) return;
  const ids = replies.map(({ id }) => id);
  const forms = replies.filter(({ detail }) => detail.fields !== undefined);
  await sql`
    update reply set undone_at = now(), version = version + 1, told_at = case when detail ? 'fields' then told_at end,
           detail = case when detail ? 'fields' then detail || '{"leaves": true}' else detail end
     where id = any(${ids}::uuid[])`.execute(tx);
  for (const { id, record_id: record } of forms) {
    await removeConsents(tx, record!);
    // Whoever may take a sheet back takes its contact with it, also when another typed it.
    await setEntryDeleted(tx, id, true, { anybodys: true });
  }
  if (forms.length > 0)
    await tellFacts(
      tx,
      forms.map(({ record_id }) => record_id!),
      ['consent'],
    );
}

/** What has to follow; whatever cannot now, a job does within a minute. */
async function settle(context: Context): Promise<void> {
  await tellAtOnce(context);
  await tellEntries(context);
  await withdrawLeft(context).catch((error) =>
    context.log.warn({ err: error }, 'Records of forms taken back could not leave yet; trying again soon'),
  );
}

/** Takes the people of forms that were taken back out of the customer file. @returns how many. */
export async function withdrawLeft(context: Context): Promise<number> {
  const { store } = context;
  const { rows } = await sql<{ id: string; source: string }>`
    select r.id, t.source_id as source
      from reply r join reply_batch b on b.id = r.batch_id join reply_template t on t.id = b.template_id
     where r.undone_at is not null and r.detail ? 'leaves' order by r.undone_at limit 1000`.execute(store.db);
  for (const { id, source } of rows) {
    await withdrawRecord(context, SYSTEM, { id: source }, id);
    await sql`update reply set detail = detail - 'leaves' where id = ${id}`.execute(store.db);
  }
  return rows.length;
}
