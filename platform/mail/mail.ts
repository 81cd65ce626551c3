import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config, Logger } from '@vinculo/config';
import type { Language } from '@vinculo/languages';
import { newId, type Store, type Transaction } from '@vinculo/postgres';
import { sql } from 'kysely';
import { createTransport } from 'nodemailer';
import { type ComposedMail, compose, type MailContent, type MailTemplate } from './compose.ts';

export interface MailMessage {
  to: string;
  template: MailTemplate;
  language: Language;
  data: MailContent;
  /** Files that go with it; a few megabytes at most, as mail servers take them. */
  attachments?: readonly MailAttachment[];
}

export interface MailAttachment {
  /** `Ventas.pdf` */
  name: string;
  /** `application/pdf` */
  contentType: string;
  content: Buffer;
}

export interface Mail {
  /** False without SMTP_URL: mails are kept in the data folder, and screens show their link to be copied. */
  readonly configured: boolean;
  /** Queues a mail in the caller's transaction: it leaves only if that commits. Returns its id. */
  send(tx: Transaction, message: MailMessage): Promise<string>;
  /** Hands a queued mail to the SMTP server. Called by the job `mail.send`, which tries again when this throws. */
  deliver(id: string): Promise<{ state: 'sent' | 'kept' | 'gone' }>;
  close(): void;
}

export interface OpenMailOptions {
  config: Pick<Config, 'smtpUrl' | 'mailFrom' | 'dataFolder'>;
  store: Store;
  /** Queues the job `mail.send` with the id of a mail, inside the transaction. */
  enqueue(tx: Transaction, id: string): Promise<unknown>;
  log: Logger;
}

/** Folder under the data folder where mails wait that no SMTP server took. */
export const MAIL_OUTBOX = 'mail_outbox';

export function openMail({ config, store, enqueue, log }: OpenMailOptions): Mail {
  const transport = config.smtpUrl
    ? createTransport({ url: config.smtpUrl, connectionTimeout: 15_000, greetingTimeout: 15_000, socketTimeout: 60_000 })
    : undefined;

  return {
    configured: transport !== undefined,

    async send(tx, { to, template, language, data, attachments = [] }) {
      const id = newId();
      await sql`
        insert into mail (id, recipient, template, language, data)
        values (${id}, ${to}, ${template}, ${language}, ${JSON.stringify(data)})`.execute(tx);
      for (const [place, { name, contentType, content }] of attachments.entries()) {
        await sql`
          insert into mail_attachment (mail_id, place, name, content_type, content)
          values (${id}, ${place}, ${name}, ${contentType}, ${content})`.execute(tx);
      }
      await enqueue(tx, id);
      return id;
    },

    async deliver(id) {
      const mail = await queued(store, id);
      if (!mail) return { state: 'gone' };
      const composed = { ...(await compose(mail.template, mail.language, mail.data)), attachments: await attached(store, id) };
      const envelope = { from: config.mailFrom, to: mail.recipient, ...composed, messageId: `<${id}@vinculo>` };
      const leaving = transport ? transport.sendMail(envelope) : keep(config.dataFolder, id, mail.recipient, composed);
      const refusal = await leaving.then(() => undefined, reasonOf);
      if (refusal !== undefined) {
        await sql`update mail set state = 'failed', attempts = attempts + 1, error = ${refusal} where id = ${id}`.execute(store.db);
        log.warn({ mail: id, template: mail.template, reason: refusal }, 'mail not delivered');
        throw new Error(`The mail did not leave: ${refusal}`);
      }
      const state = transport ? 'sent' : 'kept';
      await sql`
        update mail set state = ${state}, attempts = attempts + 1, error = null, data = null, left_at = now() where id = ${id}`.execute(
        store.db,
      );
      await sql`delete from mail_attachment where mail_id = ${id}`.execute(store.db);
      if (state === 'kept') log.warn({ mail: id, template: mail.template, folder: MAIL_OUTBOX }, 'not sent: no SMTP_URL');
      return { state };
    },

    close() {
      transport?.close();
    },
  };
}

/** The answer of an SMTP server may repeat the address; only its code goes to the log and the job. */
function reasonOf(error: Error & { code?: string; responseCode?: number }): string {
  return [error.code, error.responseCode].filter(Boolean).join(' ') || error.name;
}

async function queued(store: Store, id: string) {
  const { rows } = await sql<{ recipient: string; template: MailTemplate; language: Language; data: MailContent }>`
    select recipient, template, language, data from mail where id = ${id} and left_at is null and data is not null`.execute(store.db);
  return rows[0];
}

async function attached(store: Store, id: string): Promise<Attached[]> {
  const { rows } = await sql<{ name: string; content_type: string; content: Buffer }>`
    select name, content_type, content from mail_attachment where mail_id = ${id} order by place`.execute(store.db);
  return rows.map(({ name, content_type, content }) => ({ filename: name, contentType: content_type, content }));
}

/** As nodemailer takes them. */
interface Attached {
  filename: string;
  contentType: string;
  content: Buffer;
}

/** One .eml a mail, which every mail program opens; only the owner of the process may read it. */
async function keep(
  dataFolder: string,
  id: string,
  to: string,
  { subject, text, html, attachments }: ComposedMail & { attachments: Attached[] },
): Promise<void> {
  const folder = join(dataFolder, MAIL_OUTBOX);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const { message } = (await createTransport({ streamTransport: true, buffer: true }).sendMail({
    to,
    from: 'vinculo@localhost',
    subject,
    text,
    html,
    attachments,
  })) as {
    message: Buffer;
  };
  await writeFile(join(folder, `${id}.eml`), message, { mode: 0o600 });
}

/** Mails that left are forgotten after thirty days: whom we wrote to is personal data too. */
export async function forgetOldMail(store: Store): Promise<number> {
  const { numAffectedRows } = await sql`delete from mail where created_at < now() - interval '30 days'`.execute(store.db);
  return Number(numAffectedRows ?? 0n);
}
