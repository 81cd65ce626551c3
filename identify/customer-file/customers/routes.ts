import { Readable } from 'node:stream';
import { fail } from '@vinculo/errors';
import { type App, type Context, page } from '@vinculo/http';
import { sql } from 'kysely';
import { z } from 'zod';
import * as api from '../api/customers.ts';
import { consents } from './consents.ts';
import { countCustomers } from './count-customers.ts';
import { customerSummary } from './customer-summary.ts';
import { customerValue } from './customer-value.ts';
import { EXPORT_COLUMNS, type ExportColumn, exportColumns, exportCustomers, isExportColumn } from './export-customers.ts';
import { goldenRecord } from './golden-record.ts';
import { listChannels } from './list-channels.ts';
import { listCustomers } from './list-customers.ts';
import { addNote, listNotes, setNoteDeleted } from './notes.ts';
import { deleteView, listViews, saveView } from './saved-views.ts';
import { searchCustomers } from './search-customers.ts';
import { timeline } from './timeline.ts';
import { type CustomerFileSources, membersOf } from './members.ts';
import { mayAsk } from './worth.ts';

const Id = z.object({ id: z.uuid() });
const readProfile = (part?: string) => ({
  action: 'customer.read',
  subject: 'customer',
  id: ({ params }: { params: Record<string, string> }) => params.id,
  ...(part ? { detail: () => ({ part }) } : {}),
});

export function routes(app: App, context: Context, sources: CustomerFileSources): void {
  const { store } = context;
  const { ranking } = sources;
  const tags = ['customers'];

  app.get(
    '/api/v1/customers',
    {
      config: { permission: 'customer.read' },
      schema: { tags, summary: 'A page of customers', querystring: api.CustomerListQuery, response: { 200: page(api.CustomerRow) } },
    },
    async (request) => {
      mayAsk(request.actor, request.query);
      const members = await membersOf(context, sources, request.query.segment);
      return listCustomers(store, request.actor, request.query, members, ranking && ((asked) => ranking.next(context, asked)));
    },
  );
  app.get(
    '/api/v1/customers/count',
    {
      config: { permission: 'customer.read' },
      schema: { tags, summary: 'How many customers a list holds', querystring: api.CustomerFilter, response: { 200: api.CustomerCount } },
    },
    async (request) => {
      mayAsk(request.actor, request.query);
      return countCustomers(store, request.query, await membersOf(context, sources, request.query.segment));
    },
  );
  app.get(
    '/api/v1/customers/search',
    {
      config: { permission: 'customer.read' },
      schema: {
        tags,
        summary: 'The best few customers for what was typed, errors forgiven',
        querystring: api.SearchQuery,
        response: { 200: z.object({ hits: z.array(api.SearchHit) }) },
      },
    },
    async (request) => ({ hits: await searchCustomers(store, request.actor, request.query) }),
  );
  app.get(
    '/api/v1/customers/provinces',
    {
      config: { permission: 'customer.read' },
      schema: {
        tags,
        summary: 'Provinces and how many customers live there',
        response: { 200: z.object({ items: z.array(z.object({ province: z.string(), customers: z.number() })) }) },
      },
    },
    async () => {
      const { rows } = await sql<{ province: string; customers: string }>`
        select province, count(*) as customers from customer where merged_into is null and province <> '' group by province order by province`.execute(
        store.db,
      );
      return { items: rows.map((row) => ({ province: row.province, customers: Number(row.customers) })) };
    },
  );
  app.get(
    '/api/v1/customers/channels',
    {
      config: { permission: 'customer.read' },
      schema: {
        tags,
        summary: 'Channels and how many customers bought over each',
        response: { 200: z.object({ items: z.array(z.object({ channel: z.string(), customers: z.number() })) }) },
      },
    },
    async () => ({ items: await listChannels(store) }),
  );
  app.get(
    '/api/v1/customers/export',
    {
      config: {
        permission: 'customer.export',
        audit: { action: 'customer.export', subject: 'customer', detail: ({ query }) => ({ ...query }) },
      },
      schema: {
        tags,
        summary: 'The customers of a list as a CSV or JSON lines file',
        querystring: api.CustomerFilter.extend({
          format: z.enum(['csv', 'jsonl']).default('csv'),
          columns: z
            .string()
            .max(400)
            .refine((text) => text.split(',').every(isExportColumn), { error: `Columns are: ${EXPORT_COLUMNS.join(', ')}` })
            .optional()
            .describe(`Comma-separated, of: ${EXPORT_COLUMNS.join(', ')}`),
        }),
        response: { 200: z.any().describe('The file') },
      },
    },
    async (request, reply) => {
      const { format, columns, segment, ...filter } = request.query;
      mayAsk(request.actor, filter);
      const allowed = exportColumns(request.actor);
      const asked = columns ? (columns.split(',') as ExportColumn[]) : allowed;
      if (!asked.every((column) => allowed.includes(column))) throw fail('VIN_ACCESS_DENIED', { permission: 'value.read' });
      const rows = exportCustomers(store, request.actor, {
        filter,
        ...(segment ? { among: sources.membership?.members(context, segment) ?? [] } : {}),
        format,
        columns: asked,
        language: request.language,
        timeZone: (await context.settings.get()).timeZone,
      });
      reply.header('content-disposition', `attachment; filename="customers.${format}"`);
      reply.type(format === 'csv' ? 'text/csv; charset=utf-8' : 'application/jsonl; charset=utf-8');
      return reply.send(Readable.from(rows));
    },
  );
  app.get(
    '/api/v1/customers/:id',
    {
      config: { permission: 'customer.read', audit: readProfile() },
      schema: { tags, summary: 'Who this is and what to do', params: Id, response: { 200: api.CustomerSummary } },
    },
    (request) => customerSummary(context, request.actor, request.params.id),
  );
  app.get(
    '/api/v1/customers/:id/golden',
    {
      config: { permission: 'customer.read', audit: readProfile('golden') },
      schema: { tags, summary: 'The golden record, with where each field comes from', params: Id, response: { 200: api.GoldenRecord } },
    },
    (request) => goldenRecord(store, request.actor, request.params.id),
  );
  app.get(
    '/api/v1/customers/:id/timeline',
    {
      config: { permission: 'customer.read', audit: readProfile('timeline') },
      schema: {
        tags,
        summary: 'Every fact of every channel, newest first',
        params: Id,
        querystring: api.TimelineQuery,
        response: { 200: page(api.TimelineItem) },
      },
    },
    (request) => timeline(context, request.params.id, request.query),
  );
  app.get(
    '/api/v1/customers/:id/value',
    {
      config: { permission: ['customer.read', 'value.read'], audit: readProfile('value') },
      schema: {
        tags,
        summary: 'What the customer brings, by month, category and channel',
        params: Id,
        response: { 200: api.CustomerValue },
      },
    },
    (request) => customerValue(context, request.params.id),
  );
  app.get(
    '/api/v1/customers/:id/consents',
    {
      config: { permission: 'customer.read', audit: readProfile('consents') },
      schema: { tags, summary: 'What the customer allows, with proof', params: Id, response: { 200: api.Consents } },
    },
    (request) => consents(store, request.params.id),
  );
  app.get(
    '/api/v1/customers/:id/notes',
    {
      config: { permission: 'customer.read', audit: readProfile('notes') },
      schema: { tags, summary: 'Notes about the customer', params: Id, response: { 200: z.object({ items: z.array(api.Note) }) } },
    },
    async (request) => ({ items: await listNotes(store, request.actor, request.params.id) }),
  );
  app.post(
    '/api/v1/customers/:id/notes',
    {
      config: { permission: 'note.write', idempotent: true },
      schema: { tags, summary: 'Writes a note', params: Id, body: api.NewNote, response: { 201: api.Note } },
    },
    async (request, reply) => reply.code(201).send(await addNote(store, request.actor, request.params.id, request.body.body)),
  );
  app.delete(
    '/api/v1/notes/:id',
    {
      config: { permission: 'note.write' },
      schema: { tags, summary: 'Takes a note of yours away', params: Id, response: { 200: api.Note } },
    },
    (request) => setNoteDeleted(store, request.actor, request.params.id, true),
  );
  app.post(
    '/api/v1/notes/:id/restore',
    {
      config: { permission: 'note.write' },
      schema: { tags, summary: 'Brings a note of yours back', params: Id, response: { 200: api.Note } },
    },
    (request) => setNoteDeleted(store, request.actor, request.params.id, false),
  );

  app.get(
    '/api/v1/views',
    {
      config: { permission: 'signed-in' },
      schema: {
        tags: ['views'],
        summary: 'Saved views of a screen',
        querystring: z.object({ screen: z.string().max(40) }),
        response: { 200: z.object({ items: z.array(api.SavedView) }) },
      },
    },
    async (request) => ({ items: await listViews(store, request.actor, request.query.screen) }),
  );
  app.post(
    '/api/v1/views',
    {
      config: { permission: 'signed-in', idempotent: true },
      schema: { tags: ['views'], summary: 'Saves a view', body: api.NewSavedView, response: { 201: api.SavedView } },
    },
    async (request, reply) => reply.code(201).send(await saveView(store, request.actor, request.body)),
  );
  app.delete(
    '/api/v1/views/:id',
    {
      config: { permission: 'signed-in' },
      schema: { tags: ['views'], summary: 'Deletes a view of yours', params: Id, response: { 204: z.null() } },
    },
    async (request, reply) => {
      await deleteView(store, request.actor, request.params.id);
      return reply.code(204).send(null);
    },
  );
}
