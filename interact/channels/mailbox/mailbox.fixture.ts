// A mailbox on a real IMAP server, read into a real customer file.
import { type ImapServer, startImapServer } from '@vinculo/testing';
import { sql } from 'kysely';
import { somebody, type TestChannels, testChannels } from '../channels.fixture.ts';
import type { WholeLetter } from '../post/letter-row.ts';
import { accessTo, findMailbox, type MailboxRow } from './mailbox-row.ts';
import { openFolder, openImap } from './imap-client.ts';
import { addMailbox } from './mailboxes.ts';
import { readMailbox } from './read-mailbox.ts';

export const PASSWORD = 'contraseña de la tienda: 100 %';
export const BOSS = somebody('jefa', 'connection.write', 'contact.write', 'customer.read', 'customer.read_personal');

export interface TestMailbox {
  id: string;
  user: string;
  deliver(mail: Buffer | string, folder?: string): Promise<void>;
  /** One session that takes what is new, then ends. */
  read(signal?: AbortSignal): Promise<number>;
  row(): Promise<MailboxRow>;
  letters(): Promise<WholeLetter[]>;
}

export interface TestMail extends TestChannels {
  server: ImapServer;
  /** A mailbox of a user of its own. */
  mailbox(settings?: Partial<Parameters<typeof addMailbox>[2]>): Promise<TestMailbox>;
}

let users = 0;

export async function testMail(): Promise<TestMail> {
  const server = await startImapServer();
  const file = await testChannels().catch(async (error) => {
    await server.stop();
    throw error;
  });
  file.context.jobs.define({ name: 'identity.unify', run: async () => {} });
  await file.context.jobs.start();
  return {
    ...file,
    server,
    async mailbox(settings = {}) {
      const user = `tienda${++users}@empresa.example`;
      await server.addUser(user, PASSWORD);
      const { context } = file;
      const id = await addMailbox(context, BOSS, {
        name: 'Tienda',
        host: server.host,
        port: server.port,
        security: 'none',
        certificate: '',
        username: user,
        password: PASSWORD,
        folder: 'INBOX',
        after: 'leave',
        moveTo: '',
        since: '2020-01-01',
        active: true,
        ...settings,
      });
      return {
        id,
        user,
        deliver: (mail, folder) => server.deliver(user, mail, folder),
        async read(signal) {
          const mailbox = await findMailbox(context.store.db, id);
          const client = await openImap(accessTo(context, mailbox));
          try {
            if (mailbox.after === 'move') await client.mailboxCreate(mailbox.move_to);
            await openFolder(client, mailbox.folder);
            return await readMailbox(context, client, id, signal);
          } finally {
            client.close();
          }
        },
        row: () => findMailbox(context.store.db, id),
        async letters() {
          const { rows } = await sql<WholeLetter>`
            select l.*, e.kind, e.direction, e.topic, e.record_id, e.author_name, e.deleted_at, e.body as note, e.outcome
              from letter l join contact_entry e on e.id = l.entry_id where l.mailbox_id = ${id} order by e.id`.execute(context.store.db);
          return rows;
        },
      };
    },
    async close() {
      await file.context.jobs.stop();
      await file.close();
      await server.stop();
    },
  };
}
