import { Readable } from 'node:stream';
import { type App, type Context, page } from '@vinculo/http';
import { z } from 'zod';
import * as api from '../api/replies.ts';
import { closeBatch, findBatch, listBatches, openBatch } from './batches.ts';
import { issueCodes } from './issue-codes.ts';
import { findIssue, listIssues } from './list-issues.ts';
import { codesFile, labels } from './print-codes.ts';
import { listReplies } from './reply-row.ts';
import { resolveReply } from './resolve-reply.ts';
import { scanCode } from './scan-code.ts';
import { addTemplate, changeTemplate, listTemplates } from './templates.ts';
import { typeForm } from './type-form.ts';
import { undoBatch, undoReply } from './undo-replies.ts';

const Id = z.object({ id: z.uuid() });
const tags = ['replies'];
const read = { permission: 'customer.read' };
const write = { permission: ['customer.read', 'contact.write'] };
/** Whoever types people in sees what they typed, and makes customers of it. */
const type = { permission: ['customer.write', 'customer.read_personal', 'contact.write'] };
const File = z.any().describe('The file');

/** Coupons that come back, and forms filled in on paper. */
export function routes(app: App, context: Context): void {
  const { store } = context;
  issueRoutes(app, context);

  app.get(
    '/api/v1/reply-templates',
    { config: read, schema: { tags, summary: 'What paper forms ask', response: { 200: page(api.ReplyTemplate) } } },
    () => listTemplates(context),
  );
  app.post(
    '/api/v1/reply-templates',
    {
      config: { permission: [...type.permission, 'source.write'], idempotent: true },
      schema: {
        tags,
        summary: 'Says what a paper form asks, and makes a source for its people',
        body: api.NewTemplate,
        response: { 201: api.ReplyTemplate },
      },
    },
    async ({ actor, body }, reply) => reply.code(201).send(await addTemplate(context, actor, body)),
  );
  app.patch(
    '/api/v1/reply-templates/:id',
    {
      config: type,
      schema: {
        tags,
        summary: 'Changes a form or puts it away',
        params: Id,
        body: api.TemplateChange,
        response: { 200: api.ReplyTemplate },
      },
    },
    ({ actor, params, body }) => changeTemplate(context, actor, params.id, body),
  );

  app.get(
    '/api/v1/reply-batches',
    {
      config: read,
      schema: { tags, summary: 'A page of batches of paper', querystring: api.BatchQuery, response: { 200: page(api.ReplyBatch) } },
    },
    ({ query }) => listBatches(store, query),
  );
  app.post(
    '/api/v1/reply-batches',
    {
      config: { ...write, idempotent: true },
      schema: { tags, summary: 'Begins a batch', body: api.NewBatch, response: { 201: api.ReplyBatch } },
    },
    async ({ actor, body }, reply) => reply.code(201).send(await openBatch(context, actor, body)),
  );
  app.get(
    '/api/v1/reply-batches/:id',
    { config: read, schema: { tags, summary: 'A batch and how it went', params: Id, response: { 200: api.ReplyBatch } } },
    ({ params }) => findBatch(store, params.id),
  );
  for (const [verb, closed, summary] of [
    ['close', true, 'Closes a batch'],
    ['reopen', false, 'Opens a closed batch again'],
  ] as const) {
    app.post(
      `/api/v1/reply-batches/:id/${verb}`,
      { config: { ...write, idempotent: true }, schema: { tags, summary, params: Id, response: { 200: api.ReplyBatch } } },
      ({ actor, params }) => closeBatch(store, actor, params.id, closed),
    );
  }
  app.post(
    '/api/v1/reply-batches/:id/undo',
    {
      config: { ...write, idempotent: true },
      schema: { tags, summary: 'Takes a whole batch back', params: Id, response: { 200: api.BatchUndone } },
    },
    ({ actor, params }) => undoBatch(context, actor, params.id),
  );
  app.post(
    '/api/v1/reply-batches/:id/codes',
    {
      config: { ...write, idempotent: true },
      schema: { tags, summary: 'Takes a coupon in by its code', params: Id, body: api.Scan, response: { 201: api.Reply } },
    },
    async ({ actor, params, body }, reply) => reply.code(201).send(await scanCode(context, actor, params.id, body.code)),
  );
  app.post(
    '/api/v1/reply-batches/:id/forms',
    {
      config: { ...type, idempotent: true },
      schema: { tags, summary: 'Takes a filled form in', params: Id, body: api.NewForm, response: { 200: api.FormTyped } },
    },
    ({ actor, params, body }) => typeForm(context, actor, params.id, body),
  );

  app.get(
    '/api/v1/replies',
    {
      config: {
        ...read,
        audit: { action: 'reply.read', subject: 'reply', id: ({ query }) => (typeof query.batch === 'string' ? query.batch : undefined) },
      },
      schema: {
        tags,
        summary: 'The sheets of a batch, or what waits in the tray',
        querystring: api.ReplyQuery,
        response: { 200: page(api.Reply) },
      },
    },
    ({ actor, query }) => listReplies(store, actor, query),
  );
  app.post(
    '/api/v1/replies/:id/resolve',
    {
      config: { ...write, idempotent: true },
      schema: { tags, summary: 'Decides what a coupon in the tray is', params: Id, body: api.Resolution, response: { 200: api.Reply } },
    },
    ({ actor, params, body }) => resolveReply(context, actor, params.id, body),
  );
  app.post(
    '/api/v1/replies/:id/undo',
    { config: { ...write, idempotent: true }, schema: { tags, summary: 'Takes one sheet back', params: Id, response: { 200: api.Reply } } },
    ({ actor, params }) => undoReply(context, actor, params.id),
  );
}

function issueRoutes(app: App, context: Context): void {
  const { store } = context;
  app.get(
    '/api/v1/reply-issues',
    {
      config: read,
      schema: { tags, summary: 'A page of sets of codes', querystring: api.ListQuery, response: { 200: page(api.ReplyIssue) } },
    },
    ({ query }) => listIssues(store, query),
  );
  app.post(
    '/api/v1/reply-issues',
    {
      config: { ...write, idempotent: true },
      schema: { tags, summary: 'Makes codes for a campaign', body: api.NewIssue, response: { 201: api.ReplyIssue } },
    },
    async ({ actor, body }, reply) => reply.code(201).send(await issueCodes(context, actor, body)),
  );
  app.get(
    '/api/v1/reply-issues/:id',
    { config: read, schema: { tags, summary: 'A set of codes', params: Id, response: { 200: api.ReplyIssue } } },
    ({ params }) => findIssue(store, params.id),
  );
  const exported = {
    permission: 'customer.export',
    audit: { action: 'reply.codes_exported', subject: 'reply', id: ({ params }: { params: Record<string, string> }) => params.id },
  };
  app.get(
    '/api/v1/reply-issues/:id/codes',
    { config: exported, schema: { tags, summary: 'Its codes as CSV', params: Id, response: { 200: File } } },
    async ({ params, language }, reply) => {
      const file = await codesFile(context, params.id, language);
      reply.header('content-type', 'text/csv; charset=utf-8').header('content-disposition', 'attachment; filename="codes.csv"');
      return reply.send(Readable.from(file));
    },
  );
  app.get(
    '/api/v1/reply-issues/:id/labels',
    {
      config: exported,
      schema: { tags, summary: 'Its codes as labels to print: PDF', params: Id, querystring: api.LabelsQuery, response: { 200: File } },
    },
    async ({ params, query }, reply) => {
      const file = await labels(context, params.id, query);
      reply.header('content-type', 'application/pdf').header('content-disposition', 'inline; filename="labels.pdf"');
      return reply.send(file);
    },
  );
}
