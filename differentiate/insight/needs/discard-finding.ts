import { notFound } from '@vinculo/errors';
import type { Actor, Store } from '@vinculo/postgres';
import { sql } from 'kysely';

/**
 * Leaves the groups as they are.
 *
 * @throws VIN_NEEDS_FINDING_NOT_FOUND when it does not wait any more.
 */
export async function discardFinding(store: Store, actor: Actor, id: string): Promise<void> {
  await store.transaction(actor, async (tx) => {
    const { rows } = await sql`update needs_finding set state = 'discarded' where id = ${id} and state = 'proposed' returning id`.execute(
      tx,
    );
    if (rows.length === 0) throw notFound('needs_finding', id);
    await tx.emit('needs_finding.discarded', { kind: 'needs_finding', id }, {});
  });
}
