// What people decide about a group: its name, and whether it is shown.
import { notFound } from '@vinculo/errors';
import type { Context } from '@vinculo/http';
import type { Actor } from '@vinculo/postgres';
import { sql } from 'kysely';

/**
 * Gives a group a name of its own, or with null the proposed one again.
 *
 * @throws VIN_NEEDS_GROUP_NOT_FOUND
 */
export async function renameGroup({ store, config }: Context, actor: Actor, id: string, name: string | null): Promise<void> {
  await store.transaction(actor, async (tx) => {
    const { rows } = await sql<{ before: string }>`select name as before from needs_group where id = ${id} for update`.execute(tx);
    if (!rows[0]) throw notFound('needs_group', id);
    await sql`
      update needs_group set renamed = ${name !== null}, name = coalesce(${name}::text, proposed ->> ${config.language}::text) where id = ${id}`.execute(
      tx,
    );
    await tx.emit('needs_group.renamed', { kind: 'needs_group', id }, { before: rows[0].before, name });
  });
}

/**
 * Hides a group from the cards, or shows it again. Its customers stay in it.
 *
 * @throws VIN_NEEDS_GROUP_NOT_FOUND
 */
export async function showGroup({ store }: Context, actor: Actor, id: string, shown: boolean): Promise<void> {
  await store.transaction(actor, async (tx) => {
    const { rows } = await sql<{ name: string }>`
      update needs_group set hidden_at = case when ${shown} then null else coalesce(hidden_at, now()) end where id = ${id} returning name`.execute(
      tx,
    );
    if (!rows[0]) throw notFound('needs_group', id);
    await tx.emit(shown ? 'needs_group.shown' : 'needs_group.hidden', { kind: 'needs_group', id }, { name: rows[0].name });
  });
}
