import { seesPersonal } from '@vinculo/customer-file';
import type { Context } from '@vinculo/http';
import type { Actor } from '@vinculo/postgres';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { Letter, LetterSuggestion } from '../api/letters.ts';
import { asDocument, documentsOf } from './documents.ts';
import { foldQuoted } from './fold-quoted.ts';
import { findLetter, type WholeLetter } from './letter-row.ts';
import { shownAddress } from './list-letters.ts';
import { hasRemoteImages } from './mail-html.ts';
import { customerOfRecord, customersOfAddress, type Found, rememberedSender } from './senders.ts';

type Suggestion = z.infer<typeof LetterSuggestion>;

/**
 * One letter with all that is needed to decide whose it is. From then on it counts as opened.
 *
 * @throws VIN_LETTER_NOT_FOUND
 */
export async function showLetter(context: Context, actor: Actor, id: string): Promise<z.infer<typeof Letter>> {
  const { db } = context.store;
  const letter = await findLetter(db, id);
  const open = seesPersonal(actor);
  const [documents, thread, suggestions, owner, mailbox, alsoWaiting] = await Promise.all([
    documentsOf(db, id),
    threadOf(context, letter),
    letter.state === 'assigned' ? [] : suggestionsFor(context, letter),
    letter.record_id ? customerOfRecord(db, letter.record_id) : undefined,
    mailboxName(context, letter.mailbox_id),
    waitingToo(context, letter),
  ]);
  if (open && !letter.opened_at) await sql`update letter set opened_at = now() where entry_id = ${id} and opened_at is null`.execute(db);
  const { shown, folded } = foldQuoted(letter.body);
  return {
    id,
    kind: letter.kind as 'email',
    direction: letter.direction,
    state: letter.state,
    why: letter.why,
    form: letter.form,
    number: letter.number,
    senderName: letter.sender_name,
    senderAddress: shownAddress(letter.sender_address, open),
    topic: letter.topic,
    excerpt: open ? shown.slice(0, 160) : '',
    receivedAt: letter.received_at.toISOString(),
    customer: owner ? { id: owner.customer, name: owner.name } : null,
    mailbox,
    opened: true,
    hidden: !open,
    text: open ? shown : '',
    quoted: open ? folded : '',
    cut: letter.cut,
    hasHtml: open && letter.html !== null,
    remoteImages: open && letter.html !== null && hasRemoteImages(letter.html),
    recipients: letter.recipients.map(({ name, address }) => ({ name, address: shownAddress(address, open) })),
    documents: open ? documents.map(asDocument) : [],
    note: open && letter.kind !== 'email' ? letter.note : '',
    author: letter.author_name,
    suggestions,
    alsoWaiting,
    thread,
    decidedBy: letter.decided_by,
    deleted: letter.deleted_at !== null,
  };
}

async function threadOf({ store }: Context, letter: WholeLetter): Promise<z.infer<typeof Letter>['thread']> {
  const { rows } = await sql<{ id: string; topic: string; senderName: string; direction: 'in' | 'out'; at: Date }>`
    select l.entry_id as id, e.topic, coalesce(nullif(l.sender_name, ''), l.sender_address) as "senderName", e.direction, l.received_at as at
      from letter l join contact_entry e on e.id = l.entry_id
     where l.thread_id = ${letter.thread_id} and e.deleted_at is null order by l.received_at, l.entry_id limit 50`.execute(store.db);
  return rows.length > 1 ? rows.map(({ at, ...row }) => ({ ...row, receivedAt: at.toISOString() })) : [];
}

/** Whose it could be: who has the address, who was said to, whose conversation it is. */
async function suggestionsFor({ store }: Context, letter: WholeLetter): Promise<Suggestion[]> {
  const { db } = store;
  const known = await rememberedSender(db, letter.sender_address);
  const remembered = known?.record ? await customerOfRecord(db, known.record) : undefined;
  const { rows: others } = await sql<{ record: string }>`
    select distinct e.record_id as record from letter l join contact_entry e on e.id = l.entry_id
     where l.thread_id = ${letter.thread_id} and e.record_id is not null and e.deleted_at is null limit 3`.execute(db);
  const thread = await Promise.all(others.map(({ record }) => customerOfRecord(db, record)));
  const all: [Found | undefined, Suggestion['why']][] = [
    [remembered, 'remembered'],
    ...(await customersOfAddress(db, letter.sender_address)).map((found): [Found, Suggestion['why']] => [found, 'address']),
    ...thread.map((found): [Found | undefined, Suggestion['why']] => [found, 'thread']),
  ];
  const seen = new Set<string>();
  return all.flatMap(([found, why]) => {
    if (!found || seen.has(found.customer)) return [];
    seen.add(found.customer);
    return [{ customerId: found.customer, name: found.name, city: found.city, why }];
  });
}

async function waitingToo({ store }: Context, letter: WholeLetter): Promise<number> {
  if (letter.sender_address === '') return 0;
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count from letter
     where state = 'waiting' and sender_address = ${letter.sender_address} and entry_id <> ${letter.entry_id}`.execute(store.db);
  return rows[0]!.count;
}

async function mailboxName({ store }: Context, id: string | null): Promise<string | null> {
  if (!id) return null;
  const { rows } = await sql<{ name: string }>`select name from mailbox where id = ${id}`.execute(store.db);
  return rows[0]?.name ?? null;
}
