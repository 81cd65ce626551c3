import type { z } from 'zod';
import { conflict, notFound } from '@vinculo/errors';
import { sql } from 'kysely';
import { type Actor, newId, type Store } from '@vinculo/postgres';
import type { NewSavedView, SavedView } from '../api/customers.ts';

interface ViewRow {
  id: string;
  screen: string;
  name: string;
  query: Record<string, unknown>;
  shared: boolean;
  owner: string;
}

const toView = (row: ViewRow, actor: Actor): z.infer<typeof SavedView> => ({
  id: row.id,
  screen: row.screen,
  name: row.name,
  query: row.query,
  shared: row.shared,
  mine: row.owner === actor.id,
});

/** A reader's own views of a screen and those others share. */
export async function listViews(store: Store, actor: Actor, screen: string): Promise<z.infer<typeof SavedView>[]> {
  const { rows } = await sql<ViewRow>`
    select * from saved_view where screen = ${screen} and (owner = ${actor.id} or shared) order by lower(name), id limit 200`.execute(
    store.db,
  );
  return rows.map((row) => toView(row, actor));
}

/** @throws VIN_CUSTOMER_CONFLICT if the reader has a view of that name already. */
export async function saveView(store: Store, actor: Actor, view: z.infer<typeof NewSavedView>): Promise<z.infer<typeof SavedView>> {
  return store.transaction(actor, async (tx) => {
    const { rows } = await sql<ViewRow>`
      insert into saved_view (id, screen, name, query, shared, owner)
      values (${newId()}, ${view.screen}, ${view.name}, ${JSON.stringify(view.query)}::jsonb, ${view.shared}, ${actor.id})
      on conflict (screen, owner, lower(name)) do nothing returning *`.execute(tx);
    if (!rows[0])
      throw conflict('view', {
        es: `Ya tienes una vista llamada «${view.name}». Ponle otro nombre o borra la anterior.`,
        en: `You already have a view called "${view.name}". Give it another name or delete the old one.`,
      });
    await tx.emit('saved_view.created', { kind: 'saved_view', id: rows[0].id }, { name: view.name });
    return toView(rows[0], actor);
  });
}

export async function deleteView(store: Store, actor: Actor, id: string): Promise<void> {
  await store.transaction(actor, async (tx) => {
    const { numAffectedRows } = await sql`delete from saved_view where id = ${id} and owner = ${actor.id}`.execute(tx);
    if (!numAffectedRows) throw notFound('view', id);
    await tx.emit('saved_view.deleted', { kind: 'saved_view', id }, {});
  });
}
