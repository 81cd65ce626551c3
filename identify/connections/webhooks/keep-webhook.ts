// A webhook made, changed, its secret replaced, taken away and brought back.
import { fail, notFound } from '@vinculo/errors';
import type { Context } from '@vinculo/http';
import { seesPersonal } from '@vinculo/customer-file';
import { type Actor, newId } from '@vinculo/postgres';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { NewWebhook, WebhookChange } from '../api/webhooks.ts';
import { addCredential, changeCredential, openCredential } from '../credentials/credentials.ts';
import { checkUrl } from '../network/addresses.ts';
import { findWebhook, type WebhookView } from './list-webhooks.ts';
import { newSecret } from './sign.ts';
import { type ConnectionSources, typesOf } from './sources.ts';
import { findRow } from './webhook-row.ts';

type Own = Pick<Context, 'store' | 'config'>;

/** Set by us, or not to be set by anybody (RFC 9110, 7.6.1). */
const RESERVED =
  /^(webhook-.*|content-length|content-type|host|connection|transfer-encoding|keep-alive|upgrade|te|trailer|expect|user-agent)$/i;

/** @returns the webhook with its secret, which no other answer shows. */
export async function createWebhook(
  context: Own,
  sources: ConnectionSources,
  actor: Actor,
  input: z.output<typeof NewWebhook>,
): Promise<WebhookView & { secret: string }> {
  checkDetails(actor, input.details);
  checkEvents(sources, input.events);
  checkHeaders(Object.keys(input.headers));
  await checkUrl(input.url, input.private);
  const id = newId();
  const secret = newSecret();
  await context.store.transaction(actor, async (tx) => {
    const credential = await addCredential(context, tx, `webhook ${input.name}`, { secret, ...asParts(input.headers) });
    await sql`
      insert into webhook (id, name, url, events, segments, details, private, headers, alert_email, credential_id, created_by)
      values (${id}, ${input.name}, ${input.url}, ${input.events}::text[], ${input.segments}::uuid[], ${input.details}, ${input.private},
              ${Object.keys(input.headers)}::text[], ${input.alertEmail}, ${credential}, ${actor.name})`.execute(tx);
    await tx.emit('webhook.created', { kind: 'webhook', id }, { name: input.name, host: new URL(input.url).host, events: input.events });
  });
  return { ...(await findWebhook(context.store, id)), secret };
}

export async function changeWebhook(
  context: Own,
  sources: ConnectionSources,
  actor: Actor,
  id: string,
  change: z.output<typeof WebhookChange>,
): Promise<WebhookView> {
  const before = await findRow(context.store.db, id);
  const details = change.details ?? before.details;
  // Whoever turns contact data to another address tells it to somebody else, and must be allowed to see it.
  if (details === 'contact' && (change.details !== undefined || change.url !== undefined || change.headers !== undefined))
    checkDetails(actor, details);
  if (change.events) checkEvents(sources, change.events);
  const given = change.headers ?? {};
  checkHeaders(Object.keys(given).filter((name) => given[name] !== null));
  const url = change.url ?? before.url;
  const own = change.private ?? before.private;
  if (change.url !== undefined || change.private !== undefined) await checkUrl(url, own);
  const headers = [...new Set([...before.headers, ...Object.keys(given)])].filter((name) => given[name] !== null);
  // Another host never got those secrets: it does not get them because somebody changed the address.
  const moved = new URL(url).origin !== new URL(before.url).origin;
  const kept = moved ? headers.filter((name) => typeof given[name] === 'string') : headers;

  await context.store.transaction(actor, async (tx) => {
    const name = change.name ?? before.name;
    const parts = Object.fromEntries([
      ...before.headers.filter((one) => !kept.includes(one)).map((one) => [`header.${one}`, '']),
      ...Object.entries(asParts(given)),
    ]);
    if (Object.keys(parts).length > 0) await changeCredential(context, tx, before.credential_id, `webhook ${name}`, parts);
    await sql`
      update webhook
         set name = ${name}, url = ${url}, private = ${own}, details = ${details}, headers = ${kept}::text[],
             events = ${change.events ?? before.events}::text[], changed_at = now(),
             segments = ${change.segments === undefined ? before.segments : change.segments}::uuid[],
             alert_email = ${change.alertEmail === undefined ? before.alert_email : change.alertEmail}
       where id = ${id} and deleted_at is null`.execute(tx);
    // A new start: the former failures were of another time, or of another address.
    if (change.state)
      await sql`
        update webhook set state = ${change.state}, state_at = now(), failures = 0, failing_since = null, resume_at = null where id = ${id}`.execute(
        tx,
      );
    else if (moved) await sql`update webhook set failures = 0, failing_since = null, resume_at = null where id = ${id}`.execute(tx);
    const { headers: _, ...told } = change;
    await tx.emit(
      'webhook.changed',
      { kind: 'webhook', id },
      { name, change: { ...told, ...(told.url ? { url: new URL(told.url).host } : {}) } },
    );
  });
  return findWebhook(context.store, id);
}

/** A new secret. For a while the former one signs too, so that the receiver can be told without losing messages. */
export async function replaceSecret(
  context: Own,
  actor: Actor,
  id: string,
  overlapHours: number,
): Promise<WebhookView & { secret: string }> {
  const row = await findRow(context.store.db, id);
  const secret = newSecret();
  const { secret: former = '' } = await openCredential(context, row.credential_id);
  await context.store.transaction(actor, async (tx) => {
    await changeCredential(context, tx, row.credential_id, `webhook ${row.name}`, { secret, former: overlapHours > 0 ? former : '' });
    await sql`
      update webhook set former_until = ${overlapHours > 0 ? sql`now() + make_interval(hours => ${overlapHours})` : null}, changed_at = now()
       where id = ${id}`.execute(tx);
    await tx.emit('webhook.secret_replaced', { kind: 'webhook', id }, { name: row.name, overlapHours });
  });
  return { ...(await findWebhook(context.store, id)), secret };
}

/** Taken away it can be brought back; what happens in between is not told. */
export async function removeWebhook({ store }: Pick<Context, 'store'>, actor: Actor, id: string): Promise<void> {
  await store.transaction(actor, async (tx) => {
    const { rows } = await sql<{ name: string }>`
      update webhook set deleted_at = now() where id = ${id} and deleted_at is null returning name`.execute(tx);
    if (!rows[0]) throw notFound('webhook', id);
    await tx.emit('webhook.removed', { kind: 'webhook', id }, { name: rows[0].name });
  });
}

export async function restoreWebhook({ store }: Pick<Context, 'store'>, actor: Actor, id: string): Promise<WebhookView> {
  await store.transaction(actor, async (tx) => {
    const { rows } = await sql<{ name: string }>`
      update webhook set deleted_at = null where id = ${id} and deleted_at is not null returning name`.execute(tx);
    if (!rows[0]) throw notFound('webhook', id);
    await tx.emit('webhook.restored', { kind: 'webhook', id }, { name: rows[0].name });
  });
  return findWebhook(store, id);
}

function checkDetails(actor: Actor, details: 'ids' | 'contact'): void {
  if (details === 'contact' && !seesPersonal(actor)) throw fail('VIN_ACCESS_DENIED', { permission: 'customer.read_personal' });
}

function checkEvents(sources: ConnectionSources, events: readonly string[]): void {
  const known = typesOf(sources);
  const wrong = events.find((event) => !known.includes(event));
  if (wrong) throw fail('VIN_WEBHOOK_EVENT', { event: wrong });
}

function checkHeaders(names: readonly string[]): void {
  const wrong = names.find((name) => !/^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/.test(name) || RESERVED.test(name));
  if (wrong) throw fail('VIN_WEBHOOK_HEADER', { header: wrong });
}

/** What the headers say, as parts of the credential. A line break would begin another header. */
const asParts = (headers: Record<string, string | null>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (value === null ? [] : [[`header.${name}`, value.replace(/[\r\n\0]+/g, ' ')]])),
  );
