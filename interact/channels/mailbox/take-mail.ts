import { createHash } from 'node:crypto';
import type { Context } from '@vinculo/http';
import { translator } from '@vinculo/languages';
import { newId, SYSTEM, type Transaction } from '@vinculo/postgres';
import { sql } from 'kysely';
import { addEntry } from '../entries/add-entry.ts';
import { addDocument } from '../post/documents.ts';
import { foldQuoted } from '../post/fold-quoted.ts';
import { wordsOf } from '../post/letter-row.ts';
import { customersOfAddress, placeSender, recordOf } from '../post/senders.ts';
import { type Bounced, bouncedOf, classifyMail, type Purpose } from './classify-mail.ts';
import type { MailboxRow } from './mailbox-row.ts';
import type { Message } from './read-message.ts';

/** Characters of a mail that the timeline shows. */
const EXCERPT = 2_000;

/**
 * By which a mail is known again, however often the server shows it and under whatever number: its Message-ID with who wrote it, when
 * and about what, since some programs give many mails one id; its whole head where it has none.
 */
export function messageKey(head: { messageId?: string | undefined; from: string; date: string; subject: string; headers: Buffer }): string {
  const digest = createHash('sha256');
  if (head.messageId) digest.update([head.messageId.trim(), head.from.toLowerCase(), head.date, head.subject].join('\n'));
  else digest.update(head.headers);
  return digest.digest('hex');
}

export async function isTaken({ store }: Context, mailbox: string, keys: readonly string[]): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ key: string }>`
    select message_key as key from letter where mailbox_id = ${mailbox} and message_key = any(${keys})`.execute(store.db);
  return new Set(rows.map(({ key }) => key));
}

/**
 * Makes a mail a contact: of the customer whose address it is, else one that waits in the tray. What machines wrote is set aside.
 *
 * @returns false when the mailbox had given this mail before: nothing was changed.
 */
export async function takeMail(context: Context, mailbox: MailboxRow, message: Message, key: string, at: Date): Promise<boolean> {
  return context.store.transaction(SYSTEM, async (tx) => {
    const id = newId();
    const purpose = classifyMail(message.headers);
    const bounced = purpose === 'bounce' ? bouncedOf(message.report).find(({ hard }) => hard) : undefined;
    const place = await placeOf(tx, message, purpose, bounced);
    const { shown } = foldQuoted(message.text);
    const { from, subject: topic } = message;
    const name = from.name || from.address;
    const thread = await threadOf(tx, id, message);
    const { rows } = await sql`
      insert into letter (entry_id, state, why, sender_name, sender_address, words, received_at, mailbox_id, message_key, message_id, refers_to,
                          thread_id, recipients, body, html, cut)
      values (${id}, ${place.state}, ${place.why}, ${name}, ${from.address}, ${wordsOf({ name: from.name, address: from.address, topic, number: null })},
              ${at}, ${mailbox.id}, ${key}, ${message.messageId}, ${message.refersTo}, ${thread}, ${JSON.stringify(message.recipients)}::jsonb,
              ${message.text}, ${message.html}, ${message.cut})
      on conflict (mailbox_id, message_key) where mailbox_id is not null do nothing returning entry_id`.execute(tx);
    if (rows.length === 0) return false;
    await addEntry(tx, {
      id,
      record: place.record,
      kind: 'email',
      // A mail that came back is one that we sent.
      direction: bounced ? 'out' : 'in',
      topic,
      outcome: bounced ? outcomeOf(context, bounced) : '',
      body: shown.slice(0, EXCERPT),
      detail: { letter: true },
      occurredAt: at,
      author: { id: `mailbox:${mailbox.id}`, name: mailbox.name },
    });
    for (const document of message.documents) await addDocument(tx, { ...document, entry: id });
    if (bounced) await noteBounce(tx, id, bounced, place.record, at);
    return true;
  });
}

interface Place {
  record: string | null;
  state: 'waiting' | 'assigned' | 'aside' | 'stranger';
  why: '' | 'unknown' | 'several' | 'auto_reply' | 'bounce' | 'list';
}

async function placeOf(tx: Transaction, message: Message, purpose: Purpose, bounced: Bounced | undefined): Promise<Place> {
  if (bounced) {
    const found = await customersOfAddress(tx, bounced.address);
    const record = found.length === 1 ? ((await recordOf(tx, found[0]!.customer)) ?? null) : null;
    return { record, state: 'aside', why: 'bounce' };
  }
  if (purpose !== 'person') return { record: null, state: 'aside', why: purpose };
  return placeSender(tx, message.from.address);
}

/** The conversation it belongs to; those that came before the mail they answer join it now. */
async function threadOf(tx: Transaction, id: string, { messageId, refersTo }: Message): Promise<string> {
  const { rows } = await sql<{ thread: string }>`
    select thread_id as thread from letter
     where ${refersTo.length > 0 ? sql`message_id = any(${refersTo})` : sql`false`} or ${messageId ? sql`refers_to @> array[${messageId}]` : sql`false`}
     order by received_at, entry_id`.execute(tx);
  const [first, ...others] = [...new Set(rows.map((row) => row.thread))];
  if (!first) return id;
  if (others.length > 0) await sql`update letter set thread_id = ${first} where thread_id = any(${others}::uuid[])`.execute(tx);
  return first;
}

const outcomeOf = ({ config }: Context, { address, status }: Bounced) =>
  translator(config.language)('channels:mailbox.bounced', { address, status });

/** The address does not exist: whoever sends mails asks here first. */
async function noteBounce(
  tx: Transaction,
  entry: string,
  { address, status, reason }: Bounced,
  record: string | null,
  at: Date,
): Promise<void> {
  await sql`
    insert into email_bounce (address, status, reason, entry_id, bounced_at) values (${address}, ${status}, ${reason}, ${entry}, ${at})
    on conflict (address) do update
      set status = excluded.status, reason = excluded.reason, entry_id = excluded.entry_id, bounced_at = excluded.bounced_at
      where excluded.bounced_at > email_bounce.bounced_at`.execute(tx);
  await tx.emit('email.bounced', { kind: 'letter', id: entry }, { status, record });
}
