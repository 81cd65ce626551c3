import type { Actor, Store } from '@vinculo/postgres';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { WriteKey } from '../api/collect.ts';
import { knownKeys } from './known-keys.ts';
import { lockWriteKey, readWriteKey } from './write-key-row.ts';

/**
 * Ends a key for good, at once here and within seconds in other processes. What it sent before stays and is loaded. A second time
 * changes nothing.
 *
 * @throws VIN_WRITE_KEY_NOT_FOUND
 */
export async function revokeWriteKey(store: Store, actor: Actor, sourceId: string, id: string): Promise<z.infer<typeof WriteKey>> {
  const revoked = await store.transaction(actor, async (tx) => {
    const before = await lockWriteKey(tx, sourceId, id);
    if (before.revokedAt) return before;
    await sql`update write_key set revoked_at = now() where id = ${id}`.execute(tx);
    await tx.emit('write_key.revoked', { kind: 'write_key', id }, { name: before.name });
    return readWriteKey(tx, id);
  });
  knownKeys(store).forget();
  return revoked;
}
