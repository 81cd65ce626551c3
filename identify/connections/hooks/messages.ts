// What came: the log, one message, reading rejected ones again, forgetting.
import { seesPersonal } from '@vinculo/customer-file';
import { notFound } from '@vinculo/errors';
import { decodeIdCursor, toPage } from '@vinculo/http';
import type { Actor, Store } from '@vinculo/postgres';
import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';
import type { HookMessage, HookMessageDetail, MessageQuery } from '../api/hooks.ts';
import { maskJson } from '../webhooks/mask-json.ts';
import { findRow } from './hook-row.ts';
import type { Reason } from './read-message.ts';

interface Row {
  id: string;
  hook_id: string;
  delivery_key: string;
  received_at: Date;
  bytes: number;
  state: 'waiting' | 'done' | 'ignored' | 'rejected';
  reasons: Reason[];
  result: z.infer<typeof HookMessage>['result'];
  attempts: number;
  headers: Record<string, string>;
  body: string;
}

/** Latest first. */
export async function listMessages({ db }: Store, actor: Actor, hook: string, query: z.output<typeof MessageQuery>) {
  await findRow(db, hook);
  const before = decodeIdCursor(query.cursor);
  const wanted: RawBuilder<unknown>[] = [sql`hook_id = ${hook}`];
  if (before) wanted.push(sql`id < ${before}`);
  if (query.state) wanted.push(sql`state = ${query.state}`);
  const { rows } = await sql<Row>`
    select id, hook_id, delivery_key, received_at, octet_length(body) as bytes, state, reasons, result, attempts
      from hook_message where ${sql.join(wanted, sql` and `)} order by id desc limit ${query.limit + 1}`.execute(db);
  const { items, next } = toPage(rows, query.limit, (row) => [row.id]);
  return { items: items.map((row) => toView(row, seesPersonal(actor))), next };
}

/** @throws VIN_HOOK_MESSAGE_NOT_FOUND */
export async function showMessage({ db }: Store, actor: Actor, id: string): Promise<z.infer<typeof HookMessageDetail>> {
  const { rows } = await sql<Row>`select *, octet_length(body) as bytes from hook_message where id = ${id}`.execute(db);
  if (!rows[0]) throw notFound('hook_message', id);
  const open = seesPersonal(actor);
  const [row] = rows;
  return { ...toView(row!, open), headers: row!.headers, body: open ? row!.body : maskJson(row!.body), masked: !open };
}

/** Rejected messages wait again: the mapping may be right now. @returns how many. */
export async function readAgain(store: Store, actor: Actor, hook: string, ids: readonly string[] | undefined): Promise<number> {
  const { name } = await findRow(store.db, hook);
  return store.transaction(actor, async (tx) => {
    const { numAffectedRows } = await sql`
      update hook_message set state = 'waiting', attempts = 0, next_at = now(), reasons = '[]', done_at = null
       where hook_id = ${hook} and ${ids ? sql`id = any(${ids as string[]}::uuid[]) and state in ('rejected', 'ignored')` : sql`state = 'rejected'`}`.execute(
      tx,
    );
    const replayed = Number(numAffectedRows ?? 0n);
    if (replayed > 0) await tx.emit('hook.replayed', { kind: 'hook', id: hook }, { name, messages: replayed });
    return replayed;
  });
}

export async function forgetOldMessages({ db }: Store): Promise<number> {
  const { numAffectedRows } = await sql`delete from hook_message where received_at < now() - interval '30 days'`.execute(db);
  return Number(numAffectedRows ?? 0n);
}

/** A value that was refused, and a key that stands in for a customer, may be personal. */
const toView = (row: Row, open: boolean): z.infer<typeof HookMessage> => ({
  id: row.id,
  hookId: row.hook_id,
  receivedAt: row.received_at.toISOString(),
  deliveryKey: row.delivery_key,
  bytes: row.bytes,
  state: row.state,
  attempts: row.attempts,
  reasons: row.reasons.map((one) => ({ ...one, value: open || one.value === '' ? one.value : '•••' })),
  result: row.result && {
    ...row.result,
    customers: row.result.customers.map((one) => (open ? one : { ...one, key: /[:@]/.test(one.key) ? '•••' : one.key })),
  },
});
