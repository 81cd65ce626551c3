import { conflict } from '@vinculo/errors';
import type { Actor, Store } from '@vinculo/postgres';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { RotatedWriteKey, WriteKeyRotation } from '../api/collect.ts';
import { insertWriteKey } from './add-write-key.ts';
import { knownKeys } from './known-keys.ts';
import { lockWriteKey, readWriteKey } from './write-key-row.ts';

/**
 * A new key in place of an old one, which goes on working for some hours: time to put the new one where the old one is.
 *
 * @throws VIN_WRITE_KEY_NOT_FOUND, or VIN_WRITE_KEY_CONFLICT if the old one has been replaced or revoked already.
 */
export async function rotateWriteKey(
  store: Store,
  actor: Actor,
  sourceId: string,
  id: string,
  { hours }: z.output<typeof WriteKeyRotation>,
): Promise<z.infer<typeof RotatedWriteKey>> {
  const rotated = await store.transaction(actor, async (tx) => {
    const old = await lockWriteKey(tx, sourceId, id);
    if (old.state !== 'active') {
      throw conflict('write_key', {
        es: `La clave «${old.name}» ya se cambió o se revocó. Cambia la que está en uso.`,
        en: `The key "${old.name}" was replaced or revoked already. Rotate the one in use.`,
      });
    }
    await sql`update write_key set expires_at = now() + make_interval(hours => ${hours}::int) where id = ${id}`.execute(tx);
    const next = await insertWriteKey(tx, sourceId, old);
    await tx.emit('write_key.rotated', { kind: 'write_key', id }, { name: old.name, hours, next });
    return { created: await readWriteKey(tx, next), replaced: await readWriteKey(tx, id) };
  });
  knownKeys(store).forget();
  return rotated;
}
