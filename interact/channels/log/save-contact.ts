// Calls and visits: written down, changed, taken away and brought back. What is saved is in the timeline when the answer comes.
import { recordOfCustomer } from '@vinculo/customer-file';
import type { Context } from '@vinculo/http';
import type { Actor } from '@vinculo/postgres';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { ContactChange, ContactRow, NewContact } from '../api/contacts.ts';
import { addEntry } from '../entries/add-entry.ts';
import { changeEntry, lockEntry, setEntryDeleted } from '../entries/change-entry.ts';
import { tellAtOnce } from '../entries/tell-entries.ts';
import { findContact } from './find-contact.ts';

type Contact = z.infer<typeof ContactRow>;

/** @throws VIN_CUSTOMER_NOT_FOUND */
export async function addContact(context: Context, actor: Actor, given: z.output<typeof NewContact>): Promise<Contact> {
  const record = await recordOf(context, given.customer);
  const { kind, direction, topic, outcome, body, minutes, place, phone, followUp } = given;
  const entry = await context.store.transaction(actor, (tx) =>
    addEntry(tx, {
      record,
      kind,
      direction,
      topic,
      outcome,
      body,
      detail: said({ minutes, place, phone }),
      occurredAt: given.occurredAt ? new Date(given.occurredAt) : new Date(),
      followUpOn: followUp?.on ?? null,
      followUpNote: followUp?.note ?? '',
    }),
  );
  await tellAtOnce(context);
  return findContact(context.store, actor, entry!.id);
}

/** @throws VIN_CONTACT_NOT_FOUND, VIN_CONTACT_CONFLICT, VIN_CHANNEL_NOT_YOURS, VIN_CUSTOMER_NOT_FOUND */
export async function changeContact(context: Context, actor: Actor, id: string, change: z.output<typeof ContactChange>): Promise<Contact> {
  const { customer, minutes, place, phone, followUp, occurredAt, version, ...rest } = change;
  const record = customer === undefined ? undefined : await recordOf(context, customer, id);
  await context.store.transaction(actor, (tx) =>
    changeEntry(
      tx,
      id,
      {
        ...rest,
        record,
        detail: said({ minutes, place, phone }),
        ...(occurredAt ? { occurredAt: new Date(occurredAt) } : {}),
        ...(followUp === undefined ? {} : { followUpOn: followUp?.on ?? null, followUpNote: followUp?.note ?? '' }),
      },
      version,
    ),
  );
  await tellAtOnce(context);
  return findContact(context.store, actor, id);
}

/** @throws VIN_CONTACT_NOT_FOUND, VIN_CHANNEL_NOT_YOURS */
export async function deleteContact(context: Context, actor: Actor, id: string, deleted: boolean): Promise<Contact> {
  await context.store.transaction(actor, (tx) => setEntryDeleted(tx, id, deleted));
  await tellAtOnce(context);
  return findContact(context.store, actor, id);
}

/** What somebody promised has been done, or has not after all. Whoever writes contacts may: calls are called back by whoever is there. */
export async function finishFollowUp(context: Context, actor: Actor, id: string, done: boolean): Promise<Contact> {
  await context.store.transaction(actor, async (tx) => {
    const entry = await lockEntry(tx, id);
    if (!entry.follow_up_on || (entry.follow_up_done_at !== null) === done) return;
    await sql`
      update contact_entry set follow_up_done_at = ${done ? sql`now()` : null}, version = version + 1 where id = ${id}`.execute(tx);
    await tx.emit(done ? 'contact.followed_up' : 'contact.follow_up_reopened', { kind: 'contact', id }, { on: entry.follow_up_on });
  });
  return findContact(context.store, actor, id);
}

/** Only what was said; a word said to be nothing is emptied. */
function said(words: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(words).filter(([, value]) => value !== undefined));
}

/** An entry that is that customer's already keeps its record, which may not be their first. */
async function recordOf({ store }: Context, customer: string | null, entry?: string): Promise<string | null> {
  if (customer === null) return null;
  const first = await recordOfCustomer(store, customer);
  if (!entry) return first.record;
  const { rows } = await sql<{ record_id: string }>`
    select e.record_id from contact_entry e join link l on l.record_id = e.record_id and l.valid_to is null
     where e.id = ${entry} and l.customer_id = ${first.customer}`.execute(store.db);
  return rows[0]?.record_id ?? first.record;
}
