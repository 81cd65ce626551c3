// Piles of paper: opened, gone through, closed, taken back as a whole.
import { conflict, invalid, notFound } from '@vinculo/errors';
import { type Context, decodeIdCursor, toPage } from '@vinculo/http';
import { type Actor, newId, type Store, type Transaction } from '@vinculo/postgres';
import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';
import type { BatchQuery, NewBatch, ReplyBatch } from '../api/replies.ts';
import { type TemplateRow, toTemplate } from './templates.ts';

export interface BatchRow {
  id: string;
  kind: 'coupons' | 'forms';
  name: string;
  template: TemplateRow | null;
  received_on: string;
  created_by: string;
  author_name: string;
  created_at: Date;
  closed_at: Date | null;
  undone_at: Date | null;
  last: number;
  all: number;
  ok: number;
  used: number;
  tray: number;
}

const select = (where: RawBuilder<unknown>) => sql<BatchRow>`
  select b.*, to_jsonb(t) as template, c.*
    from reply_batch b
    left join reply_template t on t.id = b.template_id
    cross join lateral (
      select count(*) as all, count(*) filter (where outcome = 'ok') as ok, count(*) filter (where outcome = 'used') as used,
             count(*) filter (where outcome in ('unknown', 'misread', 'nobody', 'expired')) as tray
        from reply r where r.batch_id = b.id and r.undone_at is null
    ) c
   where ${where}`;

const toBatch = (row: BatchRow): z.infer<typeof ReplyBatch> => ({
  id: row.id,
  kind: row.kind,
  name: row.name,
  template: row.template && toTemplate(row.template),
  receivedOn: row.received_on,
  author: row.author_name,
  createdAt: row.created_at.toISOString(),
  closed: row.closed_at !== null,
  undone: row.undone_at !== null,
  counts: { all: row.all, ok: row.ok, used: row.used, tray: row.tray },
});

export async function listBatches(store: Store, { cursor, limit, kind }: z.output<typeof BatchQuery>) {
  const after = decodeIdCursor(cursor);
  const where = sql`${after ? sql`b.id < ${after}::uuid` : sql`true`} and ${kind ? sql`b.kind = ${kind}` : sql`true`}`;
  const { rows } = await sql<BatchRow>`${select(where)} order by b.id desc limit ${limit + 1}`.execute(store.db);
  const { items, next } = toPage(rows, limit, ({ id }) => [id]);
  return { items: items.map(toBatch), next };
}

/** @throws VIN_REPLY_NOT_FOUND */
export async function findBatch(store: Store, id: string): Promise<z.infer<typeof ReplyBatch>> {
  const { rows } = await select(sql`b.id = ${id}`).execute(store.db);
  if (!rows[0]) throw notFound('reply', id);
  return toBatch(rows[0]);
}

/** @throws VIN_REPLY_NOT_FOUND for a template there is not; VIN_REQUEST_INVALID for forms without one. */
export async function openBatch(
  { store, settings }: Context,
  actor: Actor,
  given: z.output<typeof NewBatch>,
): Promise<z.infer<typeof ReplyBatch>> {
  const { timeZone } = await settings.get();
  if (given.kind === 'forms' && !given.template) throw invalid({ es: 'elige qué formulario es', en: 'choose which form it is' });
  const id = newId();
  await store.transaction(actor, async (tx) => {
    const template = given.kind === 'forms' ? given.template! : null;
    if (template) {
      const { rows } = await sql`select from reply_template where id = ${template} and archived_at is null`.execute(tx);
      if (rows.length === 0) throw notFound('reply', template);
    }
    await sql`
      insert into reply_batch (id, kind, name, template_id, received_on, created_by, author_name)
      values (${id}, ${given.kind}, ${given.name}, ${template}, coalesce(${given.receivedOn ?? null}::date, (now() at time zone ${timeZone})::date),
              ${actor.id}, ${actor.name})`.execute(tx);
    await tx.emit('reply.batch_opened', { kind: 'reply', id }, { name: given.name, kind: given.kind });
  });
  return findBatch(store, id);
}

export async function closeBatch(store: Store, actor: Actor, id: string, closed: boolean): Promise<z.infer<typeof ReplyBatch>> {
  await store.transaction(actor, async (tx) => {
    const batch = await lockBatch(tx, id);
    if ((batch.closed_at !== null) === closed) return;
    await sql`update reply_batch set closed_at = ${closed ? sql`now()` : null} where id = ${id}`.execute(tx);
    await tx.emit(closed ? 'reply.batch_closed' : 'reply.batch_reopened', { kind: 'reply', id }, { name: batch.name });
  });
  return findBatch(store, id);
}

/** Locked, so that its sheets are numbered one after another. */
export async function lockBatch(tx: Transaction, id: string): Promise<BatchRow> {
  const { rows } = await sql<BatchRow>`select *, null::jsonb as template from reply_batch where id = ${id} for update`.execute(tx);
  if (!rows[0]) throw notFound('reply', id);
  return rows[0];
}

/** The number of the next sheet. @throws VIN_REPLY_CONFLICT for a batch that is closed or taken back. */
export async function nextSheet(tx: Transaction, id: string, kind: BatchRow['kind']): Promise<{ batch: BatchRow; n: number }> {
  const batch = await lockBatch(tx, id);
  if (batch.undone_at || batch.closed_at || batch.kind !== kind)
    throw conflict('reply', {
      es: `El lote «${batch.name}» está cerrado. No se ha guardado nada. Ábrelo de nuevo o empieza otro.`,
      en: `The batch "${batch.name}" is closed. Nothing was saved. Open it again or begin another.`,
    });
  await sql`update reply_batch set last = last + 1 where id = ${id}`.execute(tx);
  return { batch, n: batch.last + 1 };
}
