import { maskPhone, seesPersonal } from '@vinculo/customer-file';
import type { Actor } from '@vinculo/postgres';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { ContactRow } from '../api/contacts.ts';
import { mayChange } from '../entries/change-entry.ts';
import type { EntryRow } from '../entries/entry-row.ts';

/** An entry with whose it is now. */
export interface ContactEntry extends EntryRow {
  customer_id: string | null;
  customer_name: string | null;
}

/** Entries `e` with the customer `c` their record is of today. */
export const ENTRIES = sql`
  contact_entry e
    left join link l on l.record_id = e.record_id and l.valid_to is null
    left join customer c on c.id = l.customer_id`;
export const COLUMNS = sql`e.*, c.id as customer_id, c.display_name as customer_name`;

export function toContactRow(row: ContactEntry, actor: Actor): z.infer<typeof ContactRow> {
  const { minutes, place, phone } = row.detail;
  const number = typeof phone === 'string' ? phone : '';
  return {
    id: row.id,
    kind: row.kind,
    direction: row.direction,
    topic: row.topic,
    outcome: row.outcome,
    body: row.body,
    minutes: typeof minutes === 'number' ? minutes : null,
    place: typeof place === 'string' ? place : '',
    occurredAt: row.occurred_at.toISOString(),
    customer: row.customer_id ? { id: row.customer_id, name: row.customer_name ?? '' } : null,
    phone: number === '' || seesPersonal(actor) ? number : maskPhone(number),
    author: row.author_name,
    mine: row.created_by === actor.id,
    editable: actor.permissions.has('contact.write') && mayChange(actor, row),
    followUp: row.follow_up_on
      ? { on: row.follow_up_on, note: row.follow_up_note, doneAt: row.follow_up_done_at?.toISOString() ?? null }
      : null,
    deleted: row.deleted_at !== null,
    version: row.version,
  };
}
