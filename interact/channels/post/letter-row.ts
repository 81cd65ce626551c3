import { notFound } from '@vinculo/errors';
import { foldText } from '@vinculo/normalise';
import type { Store, Transaction } from '@vinculo/postgres';
import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';
import type { LetterForm, LetterState, LetterWhy } from '../api/letters.ts';
import type { EntryRow } from '../entries/entry-row.ts';

/** A row of letter as it is kept. */
export interface LetterRow {
  entry_id: string;
  state: z.infer<typeof LetterState>;
  why: z.infer<typeof LetterWhy>;
  form: z.infer<typeof LetterForm> | '';
  number: string | null;
  sender_name: string;
  sender_address: string;
  received_at: Date;
  mailbox_id: string | null;
  message_id: string | null;
  refers_to: string[];
  thread_id: string;
  recipients: { name: string; address: string }[];
  body: string;
  html: string | null;
  cut: boolean;
  opened_at: Date | null;
  decided_by: string | null;
}

/** With the contact it is. */
export type WholeLetter = LetterRow &
  Pick<EntryRow, 'kind' | 'direction' | 'topic' | 'record_id' | 'author_name' | 'deleted_at'> & { note: string };

/** @throws VIN_LETTER_NOT_FOUND */
export async function findLetter(db: Store['db'] | Transaction, id: string, lock: RawBuilder<unknown> = sql``): Promise<WholeLetter> {
  const { rows } = await sql<WholeLetter>`
    select l.*, e.kind, e.direction, e.topic, e.record_id, e.author_name, e.deleted_at, e.body as note
      from letter l join contact_entry e on e.id = l.entry_id where l.entry_id = ${id} ${lock}`.execute(db);
  if (!rows[0]) throw notFound('letter', id);
  return rows[0];
}

/** What a letter is searched by: its sender, its topic, its number. */
export function wordsOf({ name, address, topic, number }: { name: string; address: string; topic: string; number: string | null }): string {
  // Addresses and numbers as they are: folding would take their dots and hyphens.
  return [foldText(name), address.toLowerCase(), foldText(topic), number?.toLowerCase() ?? ''].filter(Boolean).join(' ').slice(0, 1_000);
}
