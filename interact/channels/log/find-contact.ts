import { notFound } from '@vinculo/errors';
import type { Actor, Store } from '@vinculo/postgres';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { ContactRow } from '../api/contacts.ts';
import { COLUMNS, type ContactEntry, ENTRIES, toContactRow } from './contact-row.ts';

/** Also one that was deleted: it can be brought back. @throws VIN_CONTACT_NOT_FOUND */
export async function findContact(store: Store, actor: Actor, id: string): Promise<z.infer<typeof ContactRow>> {
  const { rows } = await sql<ContactEntry>`select ${COLUMNS} from ${ENTRIES} where e.id = ${id}`.execute(store.db);
  if (!rows[0]) throw notFound('contact', id);
  return toContactRow(rows[0], actor);
}
