import type { z } from 'zod';
import { fail, notFound } from '@vinculo/errors';
import { sql } from 'kysely';
import { type Actor, newId, type Store } from '@vinculo/postgres';
import type { Note } from '../api/customers.ts';
import { findCustomer } from '../identity/find-customer.ts';

interface NoteRow {
  id: string;
  customer_id: string;
  body: string;
  created_by: string;
  author_name: string;
  created_at: Date;
}

const toNote = (row: NoteRow, actor: Actor): z.infer<typeof Note> => ({
  id: row.id,
  body: row.body,
  authorName: row.author_name,
  createdAt: row.created_at.toISOString(),
  mine: row.created_by === actor.id,
});

/** The notes of a customer and of the ids merged into it, newest first. */
export async function listNotes(store: Store, actor: Actor, id: string): Promise<z.infer<typeof Note>[]> {
  const { customer } = await findCustomer(store, id);
  const { rows } = await sql<NoteRow>`
    select * from note
     where customer_id in (select ${customer.id}::uuid union all select id from customer where merged_into = ${customer.id})
       and deleted_at is null
     order by created_at desc limit 200`.execute(store.db);
  return rows.map((row) => toNote(row, actor));
}

export async function addNote(store: Store, actor: Actor, id: string, body: string): Promise<z.infer<typeof Note>> {
  const { customer } = await findCustomer(store, id);
  return store.transaction(actor, async (tx) => {
    const { rows } = await sql<NoteRow>`
      insert into note (id, customer_id, body, created_by, author_name)
      values (${newId()}, ${customer.id}, ${body}, ${actor.id}, ${actor.name}) returning *`.execute(tx);
    await tx.emit('note.added', { kind: 'customer', id: customer.id }, { note: rows[0]!.id });
    return toNote(rows[0]!, actor);
  });
}

/** Takes a note away, or brings it back: it stays in the table, so that undo is exact. Only its author may. */
export async function setNoteDeleted(store: Store, actor: Actor, noteId: string, deleted: boolean): Promise<z.infer<typeof Note>> {
  return store.transaction(actor, async (tx) => {
    const { rows } = await sql<NoteRow>`select * from note where id = ${noteId} for update`.execute(tx);
    const note = rows[0];
    if (!note) throw notFound('note', noteId);
    if (note.created_by !== actor.id) throw fail('VIN_ACCESS_DENIED');
    await sql`update note set deleted_at = ${deleted ? sql`now()` : null} where id = ${noteId}`.execute(tx);
    await tx.emit(deleted ? 'note.deleted' : 'note.restored', { kind: 'customer', id: note.customer_id }, { note: noteId });
    return toNote(note, actor);
  });
}
