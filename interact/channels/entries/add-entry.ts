import { newId, type Transaction } from '@vinculo/postgres';
import { sql } from 'kysely';
import type { EntryDetail, EntryDirection, EntryKind, EntryRow } from './entry-row.ts';

export interface NewEntry {
  /** Made of what it came from (a message id), where the same may come twice; a new one without. */
  id?: string;
  /** `recordOfCustomer(…).record`; null while nobody knows whose it is. */
  record: string | null;
  kind: EntryKind;
  direction: EntryDirection;
  topic?: string;
  outcome?: string;
  body?: string;
  detail?: EntryDetail;
  occurredAt: Date;
  /** `2026-03-01`. */
  followUpOn?: string | null;
  followUpNote?: string;
  /** Who spoke or wrote for the company, where it is not whoever writes it down. */
  author?: { id: string; name: string };
}

/**
 * Writes a contact down. After the commit call {@link tellEntries}, so that the timeline has it at once; a job does it for those who
 * were killed in between.
 *
 * @returns undefined where there is an entry of that id already: nothing was changed.
 */
export async function addEntry(tx: Transaction, entry: NewEntry): Promise<EntryRow | undefined> {
  const {
    record,
    kind,
    direction,
    topic = '',
    outcome = '',
    body = '',
    detail = {},
    occurredAt,
    followUpOn = null,
    followUpNote = '',
  } = entry;
  const author = entry.author ?? tx.actor;
  const { rows } = await sql<EntryRow>`
    insert into contact_entry (id, record_id, kind, direction, topic, outcome, body, detail, occurred_at, follow_up_on, follow_up_note,
                               created_by, author_name)
    values (${entry.id ?? newId()}, ${record}, ${kind}, ${direction}, ${topic}, ${outcome}, ${body}, ${JSON.stringify(detail)}::jsonb,
            ${occurredAt}, ${followUpOn}, ${followUpNote}, ${author.id}, ${author.name})
    on conflict (id) do nothing returning *`.execute(tx);
  const row = rows[0];
  if (row) await tx.emit('contact.added', { kind: 'contact', id: row.id }, { kind, direction, topic, outcome, record });
  return row;
}
