import type { App, Context } from '@vinculo/http';
import { strictLimit } from '@vinculo/http';
import { z } from 'zod';
import * as api from '../api/mailboxes.ts';
import { scanFolders } from '../post/scan-folders.ts';
import { findMailbox } from './mailbox-row.ts';
import { addMailbox, asMailbox, changeMailbox, listMailboxes, setMailboxDeleted, tryMailbox } from './mailboxes.ts';

const Id = z.object({ id: z.uuid() });
const tags = ['mailboxes'];

export function routes(app: App, context: Context): void {
  const one = async (id: string, language: 'es' | 'en') => asMailbox(await findMailbox(context.store.db, id), language);

  app.get(
    '/api/v1/mailboxes',
    {
      config: { permission: 'connection.read' },
      schema: { tags, summary: 'Mailboxes that are read, how they are, and the folders for scans', response: { 200: api.MailboxList } },
    },
    async ({ language }) => ({ items: await listMailboxes(context, language), scanFolders: scanFolders(context.config) }),
  );
  app.post(
    '/api/v1/mailboxes',
    {
      config: { permission: 'connection.write', idempotent: true },
      schema: { tags, summary: 'Adds a mailbox; it is read from now on', body: api.NewMailbox, response: { 201: api.Mailbox } },
    },
    async ({ actor, body, language }, reply) => reply.code(201).send(await one(await addMailbox(context, actor, body), language)),
  );
  app.post(
    '/api/v1/mailboxes/try',
    {
      // Each try signs in somewhere: enough to get settings right, too few to guess a password.
      config: { permission: 'connection.write', rateLimit: strictLimit(20) },
      schema: {
        tags,
        summary: 'Signs in with settings not saved yet, and looks what is there',
        body: api.MailboxTry,
        response: { 200: api.MailboxTried },
      },
    },
    ({ body }) => tryMailbox(context, body),
  );
  app.patch(
    '/api/v1/mailboxes/:id',
    {
      config: { permission: 'connection.write' },
      schema: {
        tags,
        summary: 'Changes a mailbox, which is tried at once',
        params: Id,
        body: api.MailboxChange,
        response: { 200: api.Mailbox },
      },
    },
    async ({ actor, params, body, language }) => {
      await changeMailbox(context, actor, params.id, body);
      return one(params.id, language);
    },
  );
  app.delete(
    '/api/v1/mailboxes/:id',
    {
      config: { permission: 'connection.write' },
      schema: { tags, summary: 'Reads a mailbox no more; what it gave stays', params: Id, response: { 204: z.null() } },
    },
    async ({ actor, params }, reply) => {
      await setMailboxDeleted(context, actor, params.id, true);
      return reply.code(204).send(null);
    },
  );
  app.post(
    '/api/v1/mailboxes/:id/restore',
    {
      config: { permission: 'connection.write' },
      schema: { tags, summary: 'Reads a mailbox again, from where it was', params: Id, response: { 200: api.Mailbox } },
    },
    async ({ actor, params, language }) => {
      await setMailboxDeleted(context, actor, params.id, false);
      return one(params.id, language);
    },
  );
}
