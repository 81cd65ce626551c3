// Boards as people keep them: their own, those shared with them, copies, and what was removed and can be taken back.
import type { z } from 'zod';
import { conflict, fail, notFound } from '@vinculo/errors';
import { type Actor, newId, type Store, type Transaction } from '@vinculo/postgres';
import { type RawBuilder, sql } from 'kysely';
import type { Board, BoardChange, BoardRow, NewBoard } from '../api/boards.ts';

export type BoardView = z.infer<typeof Board>;

interface Row {
  id: string;
  name: string;
  cards: BoardView['cards'];
  filters: BoardView['filters'];
  visibility: BoardView['visibility'];
  roles: string[];
  template: string | null;
  owner: string;
  owner_name: string;
  version: number;
  changed_at: Date;
}

/** Boards of nobody in particular can be changed by whoever makes boards; others by their owner. */
const mayEdit = (row: Pick<Row, 'owner' | 'template'>, actor: Actor): boolean =>
  actor.permissions.has('board.write') && (row.owner === actor.id || row.template !== null || actor.permissions.has('settings.write'));

const toView = (row: Row, actor: Actor): BoardView => ({
  id: row.id,
  name: row.name,
  template: row.template,
  cards: row.cards,
  filters: row.filters,
  visibility: row.visibility,
  roles: row.roles,
  mine: row.owner === actor.id,
  ownerName: row.owner_name,
  version: row.version,
  editable: mayEdit(row, actor),
  changedAt: row.changed_at.toISOString(),
});

/** What this person may look at. */
const seen = (actor: Actor): RawBuilder<unknown> => sql`
  deleted_at is null and (owner = ${actor.id} or visibility = 'everyone'
    or (visibility = 'roles' and exists (select 1 from person p where p.id::text = ${actor.id} and p.role = any(board.roles))))`;

/** The ready-made first, then by name. */
export async function listBoards({ db }: Store, actor: Actor): Promise<z.infer<typeof BoardRow>[]> {
  const { rows } = await sql<Row>`
    select * from board where ${seen(actor)} order by array_position(array['direction', 'sales', 'customers'], template), lower(name), id limit 500`.execute(
    db,
  );
  return rows.map((row) => {
    const { cards, filters: _, roles: __, version: ___, editable: ____, ...view } = toView(row, actor);
    return { ...view, cards: cards.length };
  });
}

/** @throws VIN_BOARD_NOT_FOUND also for one that this person may not see. */
export async function findBoard({ db }: Store, actor: Actor, id: string): Promise<BoardView> {
  const { rows } = await sql<Row>`select * from board where id = ${id} and ${seen(actor)}`.execute(db);
  if (!rows[0]) throw notFound('board', id);
  return toView(rows[0], actor);
}

export async function makeBoard(store: Store, actor: Actor, input: z.infer<typeof NewBoard>): Promise<BoardView> {
  return store.transaction(actor, async (tx) => {
    const { rows } = await sql<Row>`
      insert into board (id, name, cards, filters, visibility, owner, owner_name)
      values (${newId()}, ${input.name}, ${JSON.stringify(input.cards)}::jsonb, ${JSON.stringify(input.filters)}::jsonb, 'private', ${actor.id}, ${actor.name})
      returning *`.execute(tx);
    const row = rows[0]!;
    await tx.emit('board.created', { kind: 'board', id: row.id }, { name: row.name });
    return toView(row, actor);
  });
}

/** A copy of one's own of any board one sees. */
export async function duplicateBoard(store: Store, actor: Actor, id: string, name: string): Promise<BoardView> {
  const { cards, filters } = await findBoard(store, actor, id);
  return makeBoard(store, actor, { name, cards, filters });
}

/**
 * @throws VIN_BOARD_CONFLICT when somebody else changed it meanwhile: theirs is kept, and this one can be saved as a copy.
 * @throws VIN_ACCESS_DENIED if it is somebody else's.
 */
export async function changeBoard(store: Store, actor: Actor, id: string, change: z.infer<typeof BoardChange>): Promise<BoardView> {
  return store.transaction(actor, async (tx) => {
    const before = await locked(tx, actor, id);
    if (before.version !== change.version)
      throw conflict('board', {
        es: 'Otra persona ha cambiado este tablero mientras lo editabas. Su versión está guardada. Recarga, o guarda la tuya como copia.',
        en: 'Somebody else changed this board while you were editing it. Their version is saved. Reload, or save yours as a copy.',
      });
    const after = {
      name: change.name ?? before.name,
      cards: change.cards ?? before.cards,
      filters: change.filters ?? before.filters,
      visibility: change.visibility ?? before.visibility,
      roles: change.roles ?? before.roles,
    };
    const { rows } = await sql<Row>`
      update board set name = ${after.name}, cards = ${JSON.stringify(after.cards)}::jsonb, filters = ${JSON.stringify(after.filters)}::jsonb,
             visibility = ${after.visibility}, roles = ${after.roles}, version = version + 1, changed_at = now()
       where id = ${id} returning *`.execute(tx);
    const changed = (Object.keys(after) as (keyof typeof after)[]).filter(
      (name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]),
    );
    await tx.emit('board.changed', { kind: 'board', id }, { name: after.name, changed });
    return toView(rows[0]!, actor);
  });
}

/** It can be taken back: see {@link restoreBoard}. */
export async function removeBoard(store: Store, actor: Actor, id: string): Promise<void> {
  await store.transaction(actor, async (tx) => {
    const { name } = await locked(tx, actor, id);
    await sql`update board set deleted_at = now() where id = ${id}`.execute(tx);
    await tx.emit('board.removed', { kind: 'board', id }, { name });
  });
}

export async function restoreBoard(store: Store, actor: Actor, id: string): Promise<BoardView> {
  return store.transaction(actor, async (tx) => {
    const { rows } = await sql<Row>`select * from board where id = ${id} and deleted_at is not null for update`.execute(tx);
    if (!rows[0]) throw notFound('board', id);
    if (!mayEdit(rows[0], actor)) throw fail('VIN_ACCESS_DENIED', { permission: 'board.write' });
    await sql`update board set deleted_at = null where id = ${id}`.execute(tx);
    await tx.emit('board.restored', { kind: 'board', id }, { name: rows[0].name });
    return toView(rows[0], actor);
  });
}

async function locked(tx: Transaction, actor: Actor, id: string): Promise<Row> {
  const { rows } = await sql<Row>`select * from board where id = ${id} and ${seen(actor)} for update`.execute(tx);
  if (!rows[0]) throw notFound('board', id);
  if (!mayEdit(rows[0], actor)) throw fail('VIN_ACCESS_DENIED', { permission: 'board.write' });
  return rows[0];
}
