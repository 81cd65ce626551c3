import { fail, invalid, sentence } from '@vinculo/errors';
import type { Context } from '@vinculo/http';
import type { Language } from '@vinculo/languages';
import { type Actor, newId } from '@vinculo/postgres';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { Mailbox, MailboxChange, MailboxTried, MailboxTry, NewMailbox } from '../api/mailboxes.ts';
import { asFailure, openFolder, openImap } from './imap-client.ts';
import { accessTo, findMailbox, type MailboxRow, sealPassword } from './mailbox-row.ts';

export async function listMailboxes({ store }: Context, language: Language): Promise<z.infer<typeof Mailbox>[]> {
  const { rows } = await sql<MailboxRow>`select * from mailbox where deleted_at is null order by lower(name), id`.execute(store.db);
  return rows.map((row) => asMailbox(row, language));
}

export async function addMailbox(context: Context, actor: Actor, { password, ...settings }: z.output<typeof NewMailbox>): Promise<string> {
  checkSettings(settings);
  const id = newId();
  await context.store.transaction(actor, async (tx) => {
    await sql`
      insert into mailbox (id, name, host, port, security, certificate, username, password, folder, after, move_to, since, active, created_by)
      values (${id}, ${settings.name}, ${settings.host}, ${settings.port}, ${settings.security}, ${settings.certificate}, ${settings.username},
              ${sealPassword(context, password)}, ${settings.folder}, ${settings.after}, ${settings.moveTo}, ${settings.since}, ${settings.active},
              ${actor.name})`.execute(tx);
    await tx.emit('mailbox.added', { kind: 'mailbox', id }, { ...settings, certificate: settings.certificate !== '' });
  });
  return id;
}

/**
 * Changes a mailbox; what failed before is tried again at once. Another server, user or folder is another mailbox to the reader: it
 * begins anew, and knows the mails it took by their keys.
 *
 * @throws VIN_MAILBOX_NOT_FOUND
 */
export async function changeMailbox(
  context: Context,
  actor: Actor,
  id: string,
  { password, ...change }: z.infer<typeof MailboxChange>,
): Promise<void> {
  await context.store.transaction(actor, async (tx) => {
    const before = await findMailbox(tx, id);
    const settings = { ...settingsOf(before), ...change };
    checkSettings(settings);
    const elsewhere = (['host', 'username', 'folder', 'since'] as const).some((name) => settings[name] !== settingsOf(before)[name]);
    await sql`
      update mailbox
         set name = ${settings.name}, host = ${settings.host}, port = ${settings.port}, security = ${settings.security}, certificate = ${settings.certificate},
             username = ${settings.username}, password = ${password ? sealPassword(context, password) : before.password}, folder = ${settings.folder},
             after = ${settings.after}, move_to = ${settings.moveTo}, since = ${settings.since}, active = ${settings.active}, changed_at = now(),
             uid_validity = ${elsewhere ? null : before.uid_validity}, last_uid = ${elsewhere ? 0 : before.last_uid},
             state = 'new', error = null, failures = 0, next_try_at = null
       where id = ${id}`.execute(tx);
    const changed = Object.keys(change).filter((name) => name !== 'certificate');
    await tx.emit('mailbox.changed', { kind: 'mailbox', id }, { changed: password ? [...changed, 'password'] : changed });
  });
}

/** Its mails stay where they are. Restored, it goes on where it was. @throws VIN_MAILBOX_NOT_FOUND */
export async function setMailboxDeleted(context: Context, actor: Actor, id: string, deleted: boolean): Promise<void> {
  await context.store.transaction(actor, async (tx) => {
    const { name } = await findMailbox(tx, id);
    await sql`
      update mailbox set deleted_at = ${deleted ? sql`now()` : null}, changed_at = now(), state = 'new', error = null, failures = 0, next_try_at = null
       where id = ${id}`.execute(tx);
    await tx.emit(deleted ? 'mailbox.deleted' : 'mailbox.restored', { kind: 'mailbox', id }, { name });
  });
}

/**
 * Signs in with settings that are not saved yet, and looks what is there.
 *
 * @throws VIN_MAILBOX_… saying what to change.
 */
export async function tryMailbox(
  context: Context,
  { mailboxId, password, ...settings }: z.output<typeof MailboxTry>,
): Promise<z.infer<typeof MailboxTried>> {
  const kept = mailboxId ? await findMailbox(context.store.db, mailboxId) : undefined;
  // A kept password goes to the server it was given for, and to no other.
  const same = kept && kept.host === settings.host && kept.username === settings.username;
  const secret = password ?? (same ? accessTo(context, kept).password : undefined);
  if (secret === undefined) throw invalid({ es: 'escribe la contraseña', en: 'type the password' }, [{ path: 'password', message: '' }]);
  const client = await openImap({ ...settings, password: secret });
  try {
    const folders = (await client.list()).filter(({ flags }) => !flags.has('\\Noselect')).map(({ path }) => path);
    if (!folders.some((path) => path.toLowerCase() === settings.folder.toLowerCase()))
      throw fail('VIN_MAILBOX_FOLDER', { folder: settings.folder });
    await openFolder(client, settings.folder);
    const found = await client.search({ since: new Date(settings.since) }, { uid: true });
    return { folders, mails: found ? found.length : 0 };
  } catch (error) {
    throw asFailure(error, settings);
  } finally {
    client.close();
  }
}

type Settings = Omit<z.output<typeof NewMailbox>, 'password'>;

function checkSettings({ after, moveTo, folder }: Settings): void {
  if (after === 'move' && moveTo === '') {
    const message = { es: 'di a qué carpeta se mueven', en: 'say which folder they are moved to' };
    throw invalid(message, [{ path: 'moveTo', message: message.es }]);
  }
  // Put back where they are read, they would be read again for ever.
  if (after === 'move' && moveTo.toLowerCase() === folder.toLowerCase()) {
    const message = { es: 'elige otra carpeta: de esta se leen', en: 'choose another folder: this is the one that is read' };
    throw invalid(message, [{ path: 'moveTo', message: message.es }]);
  }
}

function settingsOf(row: MailboxRow): Settings {
  const { name, host, port, security, certificate, username, folder, after, move_to, since, active } = row;
  return {
    name,
    host,
    port,
    security,
    certificate,
    username,
    folder,
    after,
    moveTo: move_to,
    since: since.toISOString().slice(0, 10),
    active,
  };
}

export function asMailbox(row: MailboxRow, language: Language): z.infer<typeof Mailbox> {
  const { error } = row;
  return {
    ...settingsOf(row),
    id: row.id,
    state: row.active ? row.state : 'off',
    error: error && row.active ? { code: error.code, detail: sentence(error.code, error.params, language) } : null,
    nextTryAt: row.next_try_at?.toISOString() ?? null,
    connectedAt: row.connected_at?.toISOString() ?? null,
    lastMailAt: row.last_mail_at?.toISOString() ?? null,
    mails: Number(row.mails),
  };
}
