import { Readable } from 'node:stream';
import { type App, type Context, page } from '@vinculo/http';
import { z } from 'zod';
import * as api from '../api/contacts.ts';
import { addChoice, changeChoice, listChoices } from './choices.ts';
import { exportContacts } from './export-contacts.ts';
import { findContact } from './find-contact.ts';
import { contactFigures, countContacts, listContacts } from './list-contacts.ts';
import { addContact, changeContact, deleteContact, finishFollowUp } from './save-contact.ts';

const Id = z.object({ id: z.uuid() });
const tags = ['contacts'];
const read = { permission: 'customer.read' };
const write = { permission: ['customer.read', 'contact.write'] };

/** The log of calls and visits, and of whatever else was written down. */
export function routes(app: App, context: Context): void {
  const { store } = context;
  app.get(
    '/api/v1/contacts',
    {
      config: read,
      schema: {
        tags,
        summary: 'A page of contacts written down',
        querystring: api.ContactListQuery,
        response: { 200: page(api.ContactRow) },
      },
    },
    ({ actor, query }) => listContacts(context, actor, query),
  );
  app.get(
    '/api/v1/contacts/count',
    {
      config: read,
      schema: { tags, summary: 'How many a list holds', querystring: api.ContactFilter, response: { 200: api.ContactCount } },
    },
    ({ actor, query }) => countContacts(context, actor, query),
  );
  app.get(
    '/api/v1/contacts/figures',
    {
      config: read,
      schema: {
        tags,
        summary: 'How those days went, and what there is to come back to',
        querystring: api.ContactFilter,
        response: { 200: api.ContactFigures },
      },
    },
    ({ actor, query }) => contactFigures(context, actor, query),
  );
  app.get(
    '/api/v1/contacts/export',
    {
      config: {
        permission: 'customer.export',
        audit: { action: 'contact.exported', subject: 'contact', detail: ({ query }) => ({ ...query }) },
      },
      schema: {
        tags,
        summary: 'The contacts of a list as CSV',
        querystring: api.ContactFilter,
        response: { 200: z.any().describe('The file') },
      },
    },
    async ({ actor, query, language }, reply) => {
      reply.header('content-type', 'text/csv; charset=utf-8').header('content-disposition', 'attachment; filename="contactos.csv"');
      return reply.send(Readable.from(await exportContacts(context, actor, query, language)));
    },
  );
  app.get(
    '/api/v1/contacts/choices',
    { config: read, schema: { tags, summary: 'The company’s own subjects and outcomes', response: { 200: api.ContactChoices } } },
    () => listChoices(store),
  );
  app.post(
    '/api/v1/contacts/choices',
    {
      config: { ...write, idempotent: true },
      schema: { tags, summary: 'Adds a subject or an outcome', body: api.NewChoice, response: { 201: api.ContactChoice } },
    },
    async ({ actor, body }, reply) => reply.code(201).send(await addChoice(store, actor, body)),
  );
  app.patch(
    '/api/v1/contacts/choices/:id',
    {
      config: write,
      schema: {
        tags,
        summary: 'Changes, moves or puts away a subject or an outcome',
        params: Id,
        body: api.ChoiceChange,
        response: { 200: api.ContactChoice },
      },
    },
    ({ actor, params, body }) => changeChoice(store, actor, params.id, body),
  );
  app.post(
    '/api/v1/contacts',
    {
      config: { ...write, idempotent: true },
      schema: { tags, summary: 'Writes down a call or a visit', body: api.NewContact, response: { 201: api.ContactRow } },
    },
    async ({ actor, body }, reply) => reply.code(201).send(await addContact(context, actor, body)),
  );
  app.get(
    '/api/v1/contacts/:id',
    {
      config: { ...read, audit: { action: 'contact.read', subject: 'contact', id: ({ params }) => params.id } },
      schema: { tags, summary: 'A contact', params: Id, response: { 200: api.ContactRow } },
    },
    ({ actor, params }) => findContact(store, actor, params.id),
  );
  app.patch(
    '/api/v1/contacts/:id',
    {
      config: write,
      schema: { tags, summary: 'Changes a contact', params: Id, body: api.ContactChange, response: { 200: api.ContactRow } },
    },
    ({ actor, params, body }) => changeContact(context, actor, params.id, body),
  );
  app.delete(
    '/api/v1/contacts/:id',
    {
      config: write,
      schema: { tags, summary: 'Takes a contact away; it can be brought back', params: Id, response: { 200: api.ContactRow } },
    },
    ({ actor, params }) => deleteContact(context, actor, params.id, true),
  );
  app.post(
    '/api/v1/contacts/:id/restore',
    {
      config: { ...write, idempotent: true },
      schema: { tags, summary: 'Brings a contact back', params: Id, response: { 200: api.ContactRow } },
    },
    ({ actor, params }) => deleteContact(context, actor, params.id, false),
  );
  app.put(
    '/api/v1/contacts/:id/follow-up',
    {
      config: write,
      schema: {
        tags,
        summary: 'What there was to come back to is done, or not yet',
        params: Id,
        body: api.FollowUpDone,
        response: { 200: api.ContactRow },
      },
    },
    ({ actor, params, body }) => finishFollowUp(context, actor, params.id, body.done),
  );
}
