import { notFound } from '@vinculo/errors';
import { sealedBox } from '@vinculo/config';
import type { Context } from '@vinculo/http';
import type { Store, Transaction } from '@vinculo/postgres';
import { sql } from 'kysely';
import type { ImapAccess } from './imap-client.ts';

/** A row of mailbox as it is kept. */
export interface MailboxRow {
  id: string;
  name: string;
  host: string;
  port: number;
  security: 'tls' | 'starttls' | 'none';
  certificate: string;
  username: string;
  password: Buffer;
  folder: string;
  after: 'leave' | 'seen' | 'move';
  move_to: string;
  since: Date;
  active: boolean;
  changed_at: Date;
  deleted_at: Date | null;
  uid_validity: string | null;
  last_uid: number;
  state: 'new' | 'connected' | 'reading' | 'failing' | 'refused';
  error: { code: string; params: Record<string, unknown> } | null;
  failures: number;
  next_try_at: Date | null;
  connected_at: Date | null;
  last_mail_at: Date | null;
  mails: number;
}

/** @throws VIN_MAILBOX_NOT_FOUND */
export async function findMailbox(db: Store['db'] | Transaction, id: string): Promise<MailboxRow> {
  const { rows } = await sql<MailboxRow>`select * from mailbox where id = ${id}`.execute(db);
  if (!rows[0]) throw notFound('mailbox', id);
  return rows[0];
}

const box = ({ config }: Pick<Context, 'config'>) => sealedBox(config.secret!, 'mailbox');

export const sealPassword = (context: Pick<Context, 'config'>, password: string): Buffer => box(context).seal(password);

/** How to get in. @throws Error when the installation's secret is another than the one the password was sealed with. */
export function accessTo(context: Pick<Context, 'config'>, mailbox: Omit<ImapAccess, 'password'> & { password: Buffer }): ImapAccess {
  return { ...mailbox, password: box(context).open(mailbox.password) };
}
