import { notFound } from '@vinculo/errors';
import type { Store, Transaction } from '@vinculo/postgres';
import { type RawBuilder, sql } from 'kysely';

export type EntryKind = 'call' | 'visit' | 'post' | 'fax' | 'email' | 'reply';
export type EntryDirection = 'in' | 'out';

/** What only some kinds have; a feature adds its own words. */
export type EntryDetail = Record<string, unknown>;

/** A row of contact_entry as it is kept. */
export interface EntryRow {
  id: string;
  record_id: string | null;
  kind: EntryKind;
  direction: EntryDirection;
  topic: string;
  outcome: string;
  body: string;
  detail: EntryDetail;
  occurred_at: Date;
  follow_up_on: string | null;
  follow_up_note: string;
  follow_up_done_at: Date | null;
  created_by: string;
  author_name: string;
  created_at: Date;
  changed_at: Date;
  deleted_at: Date | null;
  told_at: Date | null;
  told_record: string | null;
  version: number;
}

/** Also one that was deleted. @throws VIN_CONTACT_NOT_FOUND */
export async function findEntry(db: Store['db'] | Transaction, id: string, lock: RawBuilder<unknown> = sql``): Promise<EntryRow> {
  const { rows } = await sql<EntryRow>`select * from contact_entry where id = ${id} ${lock}`.execute(db);
  if (!rows[0]) throw notFound('contact', id);
  return rows[0];
}
