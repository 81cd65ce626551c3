import { type App, type Context, page, pageQuery } from '@vinculo/http';
import { z } from 'zod';
import * as api from '../api/live.ts';
import { listEdits, undoEdit } from './customer-edits.ts';
import { editCustomer } from './edit-customer.ts';
import { enterCustomer } from './enter-customer.ts';

const Id = z.object({ id: z.uuid() });
const tags = ['customers'];

/** Customers that people enter and change by hand. */
export function entryRoutes(app: App, context: Context): void {
  app.post(
    '/api/v1/customers',
    {
      config: { permission: ['customer.write', 'customer.read_personal'], idempotent: true },
      schema: { tags, summary: 'Makes a customer of what somebody typed', body: api.NewCustomer, response: { 201: api.EnteredCustomer } },
    },
    async (request, reply) => reply.code(201).send(await enterCustomer(context, request.actor, request.body, request.language)),
  );
  app.patch(
    '/api/v1/customers/:id',
    {
      config: { permission: ['customer.write', 'customer.read_personal'] },
      schema: {
        tags,
        summary: 'Changes the golden record of a customer: values entered, values chosen, choices taken back',
        params: Id,
        headers: z.object({ 'if-match': z.string().max(60).optional() }),
        body: api.CustomerChange,
        response: { 200: api.CustomerEdited },
      },
    },
    ({ actor, params, headers, body, language }) => {
      const version = headers['if-match']?.replace(/^W\/|"/g, '') ?? body.version;
      return editCustomer(context, actor, params.id, { ...body, version }, language);
    },
  );
  app.get(
    '/api/v1/customers/:id/edits',
    {
      config: {
        permission: 'customer.read',
        audit: { action: 'customer.read', subject: 'customer', id: ({ params }) => params.id, detail: () => ({ part: 'edits' }) },
      },
      schema: {
        tags,
        summary: 'What people changed in a customer',
        params: Id,
        querystring: pageQuery,
        response: { 200: page(api.CustomerEdit) },
      },
    },
    (request) => listEdits(context, request.actor, request.params.id, request.query),
  );
  app.post(
    '/api/v1/customer-edits/:id/undo',
    {
      config: { permission: ['customer.write', 'customer.read_personal'], idempotent: true },
      schema: { tags, summary: 'Puts back what somebody changed in a customer', params: Id, response: { 200: api.CustomerEdited } },
    },
    (request) => undoEdit(context, request.actor, request.params.id),
  );
}
