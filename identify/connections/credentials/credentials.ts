// What opens other systems is kept sealed and comes out only on its way to them: nothing that answers a request may open one.
import { sealedBox } from '@vinculo/config';
import { fail, notFound } from '@vinculo/errors';
import type { Context } from '@vinculo/http';
import { newId, type Transaction } from '@vinculo/postgres';
import { sql } from 'kysely';

/** The parts of a credential by name: `password`, `privateKey`, `header.authorization`. Empty parts are none. */
export type Secrets = Record<string, string>;

const box = ({ config }: Pick<Context, 'config'>) => sealedBox(config.secret!, 'connection');

/**
 * Seals secrets and keeps them.
 *
 * @param label whose they are, for somebody who looks through the table: `pull ERP`. Never a part of the secret.
 * @returns the id under which they open.
 */
export async function addCredential(context: Pick<Context, 'config'>, tx: Transaction, label: string, secrets: Secrets): Promise<string> {
  const id = newId();
  await sql`
    insert into credential (id, label, sealed, changed_by)
    values (${id}, ${label}, ${box(context).seal(JSON.stringify(given(secrets)))}, ${tx.actor.name})`.execute(tx);
  return id;
}

/**
 * Puts new parts in the place of old ones; parts that are not given stay as they are, so that a form need not be told a password
 * again. A part given as '' is taken away.
 *
 * @throws VIN_CREDENTIAL_NOT_FOUND
 */
export async function changeCredential(
  context: Pick<Context, 'config'>,
  tx: Transaction,
  id: string,
  label: string,
  secrets: Secrets,
): Promise<void> {
  const { rows } = await sql<{ sealed: Buffer }>`select sealed from credential where id = ${id} for update`.execute(tx);
  if (!rows[0]) throw notFound('credential', id);
  const all = given({ ...(JSON.parse(box(context).open(rows[0].sealed)) as Secrets), ...secrets });
  await sql`
    update credential set label = ${label}, sealed = ${box(context).seal(JSON.stringify(all))}, changed_at = now(), changed_by = ${tx.actor.name}
     where id = ${id}`.execute(tx);
}

/** @throws VIN_CREDENTIAL_NOT_FOUND; VIN_CONNECTION_SEALED when they were sealed with another secret of the installation. */
export async function openCredential({ config, store }: Pick<Context, 'config' | 'store'>, id: string): Promise<Secrets> {
  const { rows } = await sql<{ sealed: Buffer }>`select sealed from credential where id = ${id}`.execute(store.db);
  if (!rows[0]) throw notFound('credential', id);
  try {
    return JSON.parse(box({ config }).open(rows[0].sealed)) as Secrets;
  } catch {
    throw fail('VIN_CONNECTION_SEALED');
  }
}

/** Which parts are there, without what they are: what a screen may know. */
export async function credentialParts(context: Pick<Context, 'config' | 'store'>, id: string): Promise<string[]> {
  return Object.keys(await openCredential(context, id));
}

export async function dropCredential(tx: Transaction, id: string): Promise<void> {
  await sql`delete from credential where id = ${id}`.execute(tx);
}

const given = (secrets: Secrets): Secrets => Object.fromEntries(Object.entries(secrets).filter(([, value]) => value !== ''));
