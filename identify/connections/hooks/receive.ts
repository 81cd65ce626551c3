// The door: checked, kept, acknowledged. What it means is looked at afterwards.
import type { IncomingHttpHeaders } from 'node:http';
import { fail } from '@vinculo/errors';
import type { Context } from '@vinculo/http';
import { newId } from '@vinculo/postgres';
import { sql } from 'kysely';
import { openCredential } from '../credentials/credentials.ts';
import { findByToken } from './hook-row.ts';
import { checkSignature, deliveryKey } from './verify.ts';

/** Headers that tell what a message is; others may hold what opens something. */
const KEPT =
  /^(content-type|user-agent|webhook-id|webhook-timestamp|x-shopify-(topic|shop-domain|webhook-id|triggered-at)|x-wc-webhook-(topic|resource|event|id|delivery-id|source)|x-github-(event|delivery))$/;
/** Messages of one hook that may wait; beyond that the sender is asked to come back. */
const MOST_WAITING = 50_000;
const LOOK_AGAIN_S = 30;

export interface Taken {
  /** False when it had come before. */
  fresh: boolean;
  id: string | null;
}

/**
 * Keeps a message. When this resolves it is in the database; the same message again changes nothing.
 *
 * @throws VIN_HOOK_UNKNOWN, VIN_HOOK_PAUSED, VIN_HOOK_SIGNATURE, VIN_HOOK_BODY, VIN_HOOK_FULL
 */
export async function receive(
  context: Pick<Context, 'store' | 'config'>,
  token: string,
  headers: IncomingHttpHeaders,
  body: Buffer,
): Promise<Taken> {
  const { db } = context.store;
  const hook = await findByToken(db, token);
  if (!hook) throw fail('VIN_HOOK_UNKNOWN');
  if (hook.state === 'paused') throw fail('VIN_HOOK_PAUSED');
  // WooCommerce greets a new address with a form that says nothing and is not signed.
  if (
    (headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded') &&
    /^webhook_id=\d+$/.test(body.toString('utf8', 0, 100))
  )
    return { fresh: false, id: null };
  const { secret = '' } = await openCredential(context, hook.credential_id);
  checkSignature(hook.verify, secret, headers, body);
  const text = readJson(body);
  const full = await sql<{ full: boolean }>`
    select count(*) > ${MOST_WAITING} as full from (
      select from hook_message where hook_id = ${hook.id} and state = 'waiting' limit ${MOST_WAITING + 1}) as w`.execute(db);
  if (hook.mapping && full.rows[0]!.full) throw fail('VIN_HOOK_FULL', { seconds: LOOK_AGAIN_S });
  const id = newId();
  const kept = Object.fromEntries(Object.entries(headers).filter(([name, value]) => KEPT.test(name) && typeof value === 'string'));
  const { rows } = await sql`
    insert into hook_message (id, hook_id, delivery_key, headers, body)
    values (${id}, ${hook.id}, ${deliveryKey(hook.verify, headers, body)}, ${JSON.stringify(kept)}, ${text})
    on conflict (hook_id, delivery_key) do nothing returning id`.execute(db);
  return rows.length > 0 ? { fresh: true, id } : { fresh: false, id: null };
}

/** The text as it came, if it is JSON that means something and that Postgres can keep. */
function readJson(body: Buffer): string {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(body).replaceAll('\0', '');
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) throw new SyntaxError('It is neither an object nor a list');
    return text;
  } catch (error) {
    throw fail('VIN_HOOK_BODY', { detail: (error as Error).message.slice(0, 200) });
  }
}
