import type { Context } from '@vinculo/http';
import type { FetchMessageObject, ImapFlow } from 'imapflow';
import { sql } from 'kysely';
import { tellAtOnce } from '../entries/tell-entries.ts';
import { findMailbox, type MailboxRow } from './mailbox-row.ts';
import { readMessage } from './read-message.ts';
import { isTaken, messageKey, takeMail } from './take-mail.ts';

/** Heads asked for at once. */
const AT_ONCE = 100;
/** Bytes of a mail that is read whole; of a larger one, its beginning. */
const MOST_BYTES = 90 * 1024 * 1024;
const BEGINNING = 2 * 1024 * 1024;

type Head = FetchMessageObject & { key: string };

/**
 * Takes every mail of the open folder that was not taken yet, in the order of its numbers. How far it got is kept after each mail, once
 * it is marked: killed anywhere, the next reading goes on and takes none twice.
 *
 * @returns how many were taken.
 */
export async function readMailbox(context: Context, client: ImapFlow, id: string, signal?: AbortSignal): Promise<number> {
  const mailbox = await findMailbox(context.store.db, id);
  const { uidValidity } = client.mailbox || {};
  const validity = String(uidValidity);
  // Under another validity the numbers say nothing: every mail is looked at again, and known by its key.
  const last = mailbox.uid_validity === validity ? mailbox.last_uid : 0;
  const found = await client.search(last > 0 ? { uid: `${last + 1}:*` } : { since: mailbox.since }, { uid: true });
  const uids = (found || []).filter((uid) => uid > last).toSorted((a, b) => a - b);
  let taken = 0;
  for (let from = 0; from < uids.length; from += AT_ONCE) {
    const heads = await headsOf(client, uids.slice(from, from + AT_ONCE));
    const known = await isTaken(
      context,
      id,
      heads.map(({ key }) => key),
    );
    for (const head of heads) {
      signal?.throwIfAborted();
      const fresh = !known.has(head.key) && (await takeOne(context, client, mailbox, head));
      if (fresh) taken++;
      await mark(client, mailbox, head.uid);
      await sql`
        update mailbox
           set uid_validity = ${validity}, last_uid = ${head.uid}, mails = mails + ${fresh ? 1 : 0},
               last_mail_at = case when ${fresh} then now() else last_mail_at end
         where id = ${id}`.execute(context.store.db);
    }
    if (taken > 0) await tellAtOnce(context);
  }
  return taken;
}

async function headsOf(client: ImapFlow, uids: readonly number[]): Promise<Head[]> {
  const heads = await client.fetchAll(
    uids.join(','),
    { uid: true, envelope: true, size: true, internalDate: true, headers: true },
    { uid: true },
  );
  return heads
    .toSorted((a, b) => a.uid - b.uid)
    .map((head) => {
      const { messageId, from, date, subject } = head.envelope ?? {};
      const key = messageKey({
        messageId,
        from: from?.[0]?.address ?? '',
        date: date ? new Date(date).toISOString() : '',
        subject: subject ?? '',
        headers: Buffer.from(head.headers ?? ''),
      });
      return { ...head, key };
    });
}

async function takeOne(context: Context, client: ImapFlow, mailbox: MailboxRow, head: Head): Promise<boolean> {
  const whole = (head.size ?? 0) <= MOST_BYTES;
  const got = await client.download(String(head.uid), undefined, {
    uid: true,
    chunkSize: 256 * 1024,
    ...(whole ? {} : { maxBytes: BEGINNING }),
  });
  // Somebody deleted it in the meantime.
  if (!('content' in got) || !got.content) return false;
  const message = await readMessage(context.config, got.content, whole);
  const arrived = head.internalDate ? new Date(head.internalDate) : new Date();
  return takeMail(context, mailbox, message, head.key, arrived);
}

/** Doing it again changes nothing. A mail that was moved is no longer there to be moved. */
async function mark(client: ImapFlow, { after, move_to }: MailboxRow, uid: number): Promise<void> {
  if (after === 'seen') await client.messageFlagsAdd(String(uid), ['\\Seen'], { uid: true });
  if (after === 'move') await client.messageMove(String(uid), move_to, { uid: true });
}
