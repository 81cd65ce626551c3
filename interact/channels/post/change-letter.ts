import { fail } from '@vinculo/errors';
import type { Context } from '@vinculo/http';
import type { Actor } from '@vinculo/postgres';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { LetterChange } from '../api/letters.ts';
import { changeEntry, setEntryDeleted } from '../entries/change-entry.ts';
import { tellAtOnce } from '../entries/tell-entries.ts';
import { setPages } from './documents.ts';
import { findLetter, wordsOf } from './letter-row.ts';
import { momentOn } from './register-letter.ts';

/**
 * Corrects what was written of a letter or a fax. Its number stays.
 *
 * @throws VIN_LETTER_NOT_FOUND, VIN_LETTER_MAIL of a mail, which says itself what it is; VIN_CHANNEL_NOT_YOURS.
 */
export async function changeLetter(context: Context, actor: Actor, id: string, change: z.infer<typeof LetterChange>): Promise<void> {
  const { timeZone } = await context.settings.get();
  const at = change.receivedOn ? await momentOn(context, change.receivedOn, timeZone) : undefined;
  await context.store.transaction(actor, async (tx) => {
    const before = await findLetter(tx, id, sql`for update`);
    if (before.kind === 'email') throw fail('VIN_LETTER_MAIL');
    const form = change.form ?? before.form;
    await changeEntry(tx, id, { topic: change.topic, body: change.note, occurredAt: at, detail: { form } });
    const name = change.senderName ?? before.sender_name;
    const address = change.senderAddress?.toLowerCase() ?? before.sender_address;
    const words = wordsOf({ name, address, topic: change.topic ?? before.topic, number: before.number });
    await sql`
      update letter set form = ${form}, sender_name = ${name}, sender_address = ${address}, words = ${words}, received_at = ${at ?? before.received_at}
       where entry_id = ${id}`.execute(tx);
    if (change.documents) await setPages(tx, id, change.documents);
  });
  await tellAtOnce(context);
}

/** Takes a letter away, or brings it back. A mail stays in its mailbox either way. @throws VIN_LETTER_NOT_FOUND, VIN_CHANNEL_NOT_YOURS */
export async function setLetterDeleted(context: Context, actor: Actor, id: string, deleted: boolean): Promise<void> {
  await context.store.transaction(actor, async (tx) => {
    await findLetter(tx, id);
    await setEntryDeleted(tx, id, deleted);
  });
  await tellAtOnce(context);
}
