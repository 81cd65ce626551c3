import { randomInt } from 'node:crypto';
import { findSource } from '@vinculo/customer-file';
import { type Actor, newId, type Store, type Transaction } from '@vinculo/postgres';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { NewWriteKey, WriteKey } from '../api/collect.ts';
import { knownKeys } from './known-keys.ts';
import { readWriteKey } from './write-key-row.ts';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const LENGTH = 32;

/** A new key for a source, which may have several: one for each place that sends. @throws VIN_SOURCE_NOT_FOUND */
export async function addWriteKey(
  store: Store,
  actor: Actor,
  sourceId: string,
  { name, origins }: z.output<typeof NewWriteKey>,
): Promise<z.infer<typeof WriteKey>> {
  const source = await findSource(store, sourceId);
  const added = await store.transaction(actor, async (tx) => {
    const id = await insertWriteKey(tx, sourceId, { name, origins });
    await tx.emit('write_key.added', { kind: 'write_key', id }, { source: source.name, name, origins });
    return readWriteKey(tx, id);
  });
  // Somebody may have tried the key of a page before it was made anew.
  knownKeys(store).forget();
  return added;
}

/** @returns the id. */
export async function insertWriteKey(tx: Transaction, sourceId: string, { name, origins }: z.output<typeof NewWriteKey>): Promise<string> {
  const id = newId();
  const key = `vk_${Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')}`;
  await sql`
    insert into write_key (id, source_id, key, name, origins, created_by)
    values (${id}, ${sourceId}, ${key}, ${name}, ${[...new Set(origins)]}, ${tx.actor.name})`.execute(tx);
  return id;
}
