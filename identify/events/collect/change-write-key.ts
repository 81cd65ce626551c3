import type { Actor, Store } from '@vinculo/postgres';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { WriteKey, WriteKeyChange } from '../api/collect.ts';
import { knownKeys } from './known-keys.ts';
import { lockWriteKey, readWriteKey } from './write-key-row.ts';

/** Its name, and the sites whose pages may use it. The key itself changes only by rotation. @throws VIN_WRITE_KEY_NOT_FOUND */
export async function changeWriteKey(
  store: Store,
  actor: Actor,
  sourceId: string,
  id: string,
  change: z.output<typeof WriteKeyChange>,
): Promise<z.infer<typeof WriteKey>> {
  const changed = await store.transaction(actor, async (tx) => {
    const before = await lockWriteKey(tx, sourceId, id);
    const name = change.name ?? before.name;
    const origins = [...new Set(change.origins ?? before.origins)];
    await sql`update write_key set name = ${name}, origins = ${origins} where id = ${id}`.execute(tx);
    await tx.emit('write_key.changed', { kind: 'write_key', id }, { name, change });
    return readWriteKey(tx, id);
  });
  knownKeys(store).forget();
  return changed;
}
