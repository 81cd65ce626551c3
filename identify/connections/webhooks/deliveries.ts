// The log of messages: what was sent, what came back, and sending it again.
import { notFound } from '@vinculo/errors';
import { seesPersonal } from '@vinculo/customer-file';
import { decodeIdCursor, toPage } from '@vinculo/http';
import type { Actor, Store } from '@vinculo/postgres';
import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';
import type { Delivery, DeliveryDetail, DeliveryQuery, Replay } from '../api/webhooks.ts';
import { maskJson } from './mask-json.ts';
import { findRow } from './webhook-row.ts';

interface Row {
  id: string;
  webhook_id: string;
  type: string;
  customer_id: string;
  state: 'waiting' | 'delivered' | 'dead';
  attempts: number;
  status: number | null;
  error: string | null;
  occurred_at: Date;
  next_at: Date;
  ended_at: Date | null;
  payload: string | null;
}

/** Latest first. */
export async function listDeliveries({ db }: Pick<Store, 'db'>, webhook: string, query: z.output<typeof DeliveryQuery>) {
  await findRow(db, webhook);
  const before = decodeIdCursor(query.cursor);
  const wanted: RawBuilder<unknown>[] = [sql`webhook_id = ${webhook}`];
  if (before) wanted.push(sql`id < ${before}`);
  if (query.state) wanted.push(sql`state = ${query.state}`);
  if (query.type) wanted.push(sql`type = ${query.type}`);
  if (query.customer) wanted.push(sql`customer_id = ${query.customer}`);
  if (query.since) wanted.push(sql`occurred_at >= ${query.since}::timestamptz`);
  const { rows } = await sql<Row>`
    select id, webhook_id, type, customer_id, state, attempts, status, error, occurred_at, next_at, ended_at
      from webhook_delivery where ${sql.join(wanted, sql` and `)} order by id desc limit ${query.limit + 1}`.execute(db);
  const { items, next } = toPage(rows, query.limit, (row) => [row.id]);
  return { items: items.map(toView), next };
}

/** One message with every attempt. Readers who may not see personal data see the form of it. @throws VIN_WEBHOOK_DELIVERY_NOT_FOUND */
export async function showDelivery({ db }: Pick<Store, 'db'>, actor: Actor, id: string): Promise<z.infer<typeof DeliveryDetail>> {
  const { rows } = await sql<Row>`select * from webhook_delivery where id = ${id}`.execute(db);
  if (!rows[0]) throw notFound('webhook_delivery', id);
  const { rows: log } = await sql<{
    id: string;
    at: Date;
    milliseconds: number;
    status: number | null;
    error: string | null;
    headers: Record<string, string>;
    answer: string | null;
  }>`select * from webhook_attempt where delivery_id = ${id} order by at desc limit 100`.execute(db);
  const open = seesPersonal(actor);
  const { payload } = rows[0];
  return {
    ...toView(rows[0]),
    messageId: `msg_${id}`,
    payload: payload === null || open ? payload : maskJson(payload),
    masked: !open,
    // A receiver may repeat in its answer what it was told.
    log: log.map(({ at, answer, ...one }) => ({
      ...one,
      at: at.toISOString(),
      answer: answer === null || open ? answer : answer && '•••',
    })),
  };
}

/** Puts messages back to wait, as if they had never been tried; the id they go under stays. @returns how many. */
export async function replay(store: Store, actor: Actor, webhook: string, { ids, since, state }: z.output<typeof Replay>): Promise<number> {
  const { name } = await findRow(store.db, webhook);
  return store.transaction(actor, async (tx) => {
    const wanted: RawBuilder<unknown>[] = [sql`webhook_id = ${webhook}`];
    if (ids) wanted.push(sql`id = any(${ids}::uuid[]) and state <> 'waiting'`);
    else wanted.push(state === 'all' ? sql`state <> 'waiting'` : sql`state = ${state}`);
    if (since) wanted.push(sql`occurred_at >= ${since}::timestamptz`);
    const { numAffectedRows } = await sql`
      update webhook_delivery set state = 'waiting', attempts = 0, next_at = now(), claimed_until = null, ended_at = null, error = null
       where ${sql.join(wanted, sql` and `)}`.execute(tx);
    const replayed = Number(numAffectedRows ?? 0n);
    if (replayed > 0) await tx.emit('webhook.replayed', { kind: 'webhook', id: webhook }, { name, messages: replayed });
    return replayed;
  });
}

const KEEP_DAYS = 30;

/** @returns how many messages were forgotten. */
export async function forgetOldDeliveries({ db }: Pick<Store, 'db'>): Promise<number> {
  let forgotten = 0;
  for (;;) {
    const { numAffectedRows } = await sql`
      delete from webhook_delivery where id in (
        select id from webhook_delivery where occurred_at < now() - make_interval(days => ${KEEP_DAYS}) limit 5000)`.execute(db);
    forgotten += Number(numAffectedRows ?? 0n);
    if (Number(numAffectedRows ?? 0n) < 5_000) return forgotten;
  }
}

const toView = (row: Row): z.infer<typeof Delivery> => ({
  id: row.id,
  webhookId: row.webhook_id,
  type: row.type,
  customerId: row.customer_id,
  state: row.state,
  attempts: row.attempts,
  status: row.status,
  error: row.error,
  occurredAt: row.occurred_at.toISOString(),
  nextAt: row.state === 'waiting' ? row.next_at.toISOString() : null,
  endedAt: row.ended_at?.toISOString() ?? null,
});
