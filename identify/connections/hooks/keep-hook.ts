// A hook made, changed, its address replaced, taken away and brought back.
import { findSource } from '@vinculo/customer-file';
import { RecordFields } from '@vinculo/customer-file/api/live';
import { fail, notFound } from '@vinculo/errors';
import type { Context } from '@vinculo/http';
import { type Actor, newId } from '@vinculo/postgres';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { HookChange, NewHook } from '../api/hooks.ts';
import { addCredential, changeCredential } from '../credentials/credentials.ts';
import { newSecret } from '../webhooks/sign.ts';
import { findRow, hashOf, newToken } from './hook-row.ts';
import { findHook, type HookView } from './list-hooks.ts';
import { pathSteps } from './read-path.ts';
import type { Mapping } from './read-message.ts';

type Own = Pick<Context, 'store' | 'config'>;

/** @returns the hook, with its secret if we made it. */
export async function createHook(
  context: Own,
  actor: Actor,
  input: z.output<typeof NewHook>,
): Promise<HookView & { secret: string | null }> {
  const { store } = context;
  await findSource(store, input.sourceId);
  if (input.mapping) checkMapping(input.mapping);
  const made = input.verify.kind === 'standard' && !input.secret ? newSecret() : null;
  const secret = made ?? input.secret ?? '';
  if (input.verify.kind !== 'none' && secret === '')
    throw fail('VIN_HOOK_SIGNATURE', { detail: { es: 'falta el secreto', en: 'the secret is missing' } });
  const [id, token] = [newId(), newToken()];
  await store.transaction(actor, async (tx) => {
    const credential = await addCredential(context, tx, `hook ${input.name}`, { token, secret });
    await sql`
      insert into hook (id, name, source_id, verify, token_hash, credential_id, mapping, created_by)
      values (${id}, ${input.name}, ${input.sourceId}, ${JSON.stringify(input.verify)}, ${hashOf(token)}, ${credential},
              ${input.mapping && JSON.stringify(input.mapping)}, ${actor.name})`.execute(tx);
    await tx.emit('hook.created', { kind: 'hook', id }, { name: input.name, verify: input.verify.kind });
  });
  return { ...(await findHook(context, actor, id)), secret: made };
}

export async function changeHook(context: Own, actor: Actor, id: string, change: z.output<typeof HookChange>): Promise<HookView> {
  const before = await findRow(context.store.db, id);
  if (change.sourceId) await findSource(context.store, change.sourceId);
  if (change.mapping) checkMapping(change.mapping);
  const name = change.name ?? before.name;
  await context.store.transaction(actor, async (tx) => {
    if (change.secret) await changeCredential(context, tx, before.credential_id, `hook ${name}`, { secret: change.secret });
    await sql`
      update hook set name = ${name}, source_id = ${change.sourceId ?? before.source_id}, state = ${change.state ?? before.state}, changed_at = now(),
             verify = ${JSON.stringify(change.verify ?? before.verify)},
             mapping = ${JSON.stringify(change.mapping ?? before.mapping)}::jsonb
       where id = ${id} and deleted_at is null`.execute(tx);
    const { secret, mapping, ...told } = change;
    await tx.emit(
      'hook.changed',
      { kind: 'hook', id },
      { name, change: told, secret: secret !== undefined, mapping: mapping !== undefined },
    );
  });
  return findHook(context, actor, id);
}

/** A new address; what is sent to the former one is refused from now on. */
export async function replaceAddress(context: Own, actor: Actor, id: string): Promise<HookView> {
  const row = await findRow(context.store.db, id);
  const token = newToken();
  await context.store.transaction(actor, async (tx) => {
    await changeCredential(context, tx, row.credential_id, `hook ${row.name}`, { token });
    await sql`update hook set token_hash = ${hashOf(token)}, changed_at = now() where id = ${id}`.execute(tx);
    await tx.emit('hook.address_replaced', { kind: 'hook', id }, { name: row.name });
  });
  return findHook(context, actor, id);
}

export async function setHookRemoved({ store }: Pick<Context, 'store'>, actor: Actor, id: string, removed: boolean): Promise<void> {
  await store.transaction(actor, async (tx) => {
    const { rows } = await sql<{ name: string }>`
      update hook set deleted_at = ${removed ? sql`now()` : null} where id = ${id} and (deleted_at is null) = ${removed} returning name`.execute(
      tx,
    );
    if (!rows[0]) throw notFound('hook', id);
    await tx.emit(removed ? 'hook.removed' : 'hook.restored', { kind: 'hook', id }, { name: rows[0].name });
  });
}

export const CUSTOMER_FIELDS = Object.keys(RecordFields.shape);
export const PURCHASE_FIELDS = [
  'order_key',
  'occurred_at',
  'currency',
  'channel',
  'store',
  'line_key',
  'product_key',
  'quantity',
  'amount',
  'unit_price',
  'list_amount',
  'discount',
  'coupon_discount',
  'cost',
];
export const CONTACT_FIELDS = ['contact_key', 'occurred_at', 'channel', 'direction', 'topic', 'outcome', 'agent', 'text'];

/** @throws VIN_HOOK_MAPPING naming the first thing that cannot be meant. */
export function checkMapping({ each, only, customer, purchase, contact }: Mapping): void {
  const parts: [Record<string, string>, readonly string[]][] = [
    [customer.fields, CUSTOMER_FIELDS],
    [purchase?.fields ?? {}, PURCHASE_FIELDS],
    [contact?.fields ?? {}, CONTACT_FIELDS],
  ];
  const paths = [each, only?.path ?? '', customer.key, purchase?.lines ?? '', ...parts.flatMap(([fields]) => Object.values(fields))];
  const bad = paths.find((path) => !path.startsWith('=') && pathSteps(path) === undefined);
  if (bad !== undefined) throw wrong(`«${bad}» no es una ruta`, `"${bad}" is no path`);
  const unknown = parts.flatMap(([fields, known]) => Object.keys(fields).filter((field) => !known.includes(field)))[0];
  if (unknown) throw wrong(`«${unknown}» no es un campo`, `"${unknown}" is no field`);
  const known = ['national_id', 'email', 'mobile', 'phone'].some((field) => customer.fields[field]);
  if (customer.key === '' && !known)
    throw wrong(
      'falta de qué cliente se trata: su clave, un correo, un teléfono o un documento',
      'which customer it is about is missing: their key, an e-mail, a phone or an id',
    );
  if (purchase && !purchase.fields.order_key) throw wrong('falta el número del pedido', 'the number of the order is missing');
  if (purchase && !purchase.fields.amount && !purchase.fields.unit_price)
    throw wrong('falta el importe o el precio', 'the amount or the price is missing');
}

const wrong = (es: string, en: string) => fail('VIN_HOOK_MAPPING', { detail: { es, en } });
