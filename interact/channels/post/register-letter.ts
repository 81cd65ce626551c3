import { recordOfCustomer } from '@vinculo/customer-file';
import type { Context } from '@vinculo/http';
import { type Actor, newId, type Transaction } from '@vinculo/postgres';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { LetterMade, NewLetter } from '../api/letters.ts';
import { addEntry } from '../entries/add-entry.ts';
import { tellAtOnce } from '../entries/tell-entries.ts';
import { setPages } from './documents.ts';
import { wordsOf } from './letter-row.ts';

/**
 * Writes a letter or a fax into the register, with its scan. Without a customer it waits in the tray.
 *
 * @throws VIN_CUSTOMER_NOT_FOUND, VIN_LETTER_NOT_FOUND of a page.
 */
export async function registerLetter(
  context: Context,
  actor: Actor,
  letter: z.output<typeof NewLetter>,
): Promise<z.infer<typeof LetterMade>> {
  const owner = letter.customerId ? await recordOfCustomer(context.store, letter.customerId) : undefined;
  const { timeZone } = await context.settings.get();
  const at = await momentOn(context, letter.receivedOn, timeZone);
  const made = await context.store.transaction(actor, async (tx) => {
    const number = await nextNumber(tx, letter.direction, Number(letter.receivedOn.slice(0, 4)));
    const id = await writeLetter(tx, { ...letter, id: newId(), record: owner?.record ?? null, at, number });
    await setPages(tx, id, letter.documents);
    return { id, number };
  });
  await tellAtOnce(context);
  return made;
}

export interface PaperLetter
  extends Pick<z.output<typeof NewLetter>, 'kind' | 'direction' | 'form' | 'senderName' | 'senderAddress' | 'topic' | 'note'> {
  id: string;
  record: string | null;
  at: Date;
  number: string;
}

/** The letter and the contact it is. Its pages are given to it afterwards. */
export async function writeLetter(tx: Transaction, letter: PaperLetter): Promise<string> {
  const { id, kind, direction, form, record, at, number, senderName, topic, note } = letter;
  const address = letter.senderAddress.toLowerCase();
  await addEntry(tx, { id, record, kind, direction, topic, body: note, detail: { form, number, letter: true }, occurredAt: at });
  await sql`
    insert into letter (entry_id, state, why, form, number, sender_name, sender_address, words, received_at, thread_id)
    values (${id}, ${record ? 'assigned' : 'waiting'}, ${record ? '' : 'unknown'}, ${form}, ${number}, ${senderName}, ${address},
            ${wordsOf({ name: senderName, address, topic, number })}, ${at}, ${id})`.execute(tx);
  await tx.emit('letter.registered', { kind: 'letter', id }, { kind, direction, form, number, record });
  return id;
}

/** Of what came, E-2026-000012 (entrada); of what went, S-2026-000003 (salida). Without gaps: a number taken in vain is given back. */
export async function nextNumber(tx: Transaction, direction: 'in' | 'out', year: number): Promise<string> {
  const { rows } = await sql<{ last: number }>`
    insert into letter_counter as c (year, direction, last) values (${year}, ${direction}, 1)
    on conflict (year, direction) do update set last = c.last + 1 returning last`.execute(tx);
  return `${direction === 'in' ? 'E' : 'S'}-${year}-${String(rows[0]!.last).padStart(6, '0')}`;
}

/** Now, if that is today; else the noon of the day, in the time zone of the business. */
export async function momentOn({ store }: Context, day: string, timeZone: string): Promise<Date> {
  const { rows } = await sql<{ at: Date }>`
    select case when ${day}::date = (now() at time zone ${timeZone})::date then now()
                else (${day}::date + time '12:00') at time zone ${timeZone} end as at`.execute(store.db);
  return rows[0]!.at;
}
