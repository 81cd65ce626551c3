import { Readable } from 'node:stream';
import { type App, page } from '@vinculo/http';
import { z } from 'zod';
import * as api from './api.ts';
import { catalogue, suggest } from './catalogue.ts';
import type { Segments } from './environment.ts';
import { findSegment } from './find-segment.ts';
import { segmentHistory, segmentMoves } from './history.ts';
import { archiveSegment, changeSegment, createSegment } from './keep-segment.ts';
import { addToList, takeFromList } from './list-entries.ts';
import { countSegments, listSegments } from './list-segments.ts';
import { exportMembers, listMembers } from './members.ts';
import { preview } from './preview.ts';
import { prospectRoutes } from './prospect-routes.ts';
import { segmentsOf, whyIn } from './why.ts';

const Id = z.object({ id: z.uuid() });
const tags = ['segments'];
const read = { permission: 'customer.read' };
const write = { permission: ['customer.read', 'segment.write'] };
/** A row of a customer in the list of members: the console and the list of customers share its shape. */
const MemberRow = z.record(z.string(), z.unknown()).describe('A row as in GET /customers');

export function routes(app: App, segments: Segments): void {
  const { context } = segments;
  prospectRoutes(app, segments);

  app.get(
    '/api/v1/segments',
    {
      config: read,
      schema: { tags, summary: 'A page of segments and lists', querystring: api.SegmentListQuery, response: { 200: page(api.SegmentRow) } },
    },
    ({ query }) => listSegments(context.store, query),
  );
  app.get(
    '/api/v1/segments/count',
    {
      config: read,
      schema: { tags, summary: 'How many segments a list holds', querystring: api.SegmentFilter, response: { 200: api.SegmentCount } },
    },
    ({ query }) => countSegments(context.store, query),
  );
  app.get(
    '/api/v1/segments/catalogue',
    { config: read, schema: { tags, summary: 'What rules can ask', response: { 200: api.Catalogue } } },
    ({ actor }) => catalogue(segments, actor),
  );
  app.get(
    '/api/v1/segments/suggestions',
    {
      config: read,
      schema: { tags, summary: 'Values a condition can have', querystring: api.SuggestQuery, response: { 200: api.Suggestions } },
    },
    ({ actor, query }) => suggest(segments, actor, query),
  );
  app.post(
    '/api/v1/segments/preview',
    {
      config: write,
      schema: { tags, summary: 'How many a rule would hold, and ten of them', body: api.PreviewRequest, response: { 200: api.Preview } },
    },
    ({ actor, body }) => preview(segments, actor, body.rule, body.segment),
  );
  app.post(
    '/api/v1/segments',
    {
      config: { ...write, idempotent: true },
      schema: { tags, summary: 'Makes a segment, a list or a mailing list', body: api.NewSegment, response: { 201: api.Segment } },
    },
    async ({ actor, body }, reply) => reply.code(201).send(await createSegment(segments, actor, body)),
  );
  app.get(
    '/api/v1/segments/:id',
    { config: read, schema: { tags, summary: 'A segment with its rule', params: Id, response: { 200: api.Segment } } },
    ({ params }) => findSegment(segments, params.id),
  );
  app.patch(
    '/api/v1/segments/:id',
    {
      config: write,
      schema: { tags, summary: 'Changes a segment', params: Id, body: api.SegmentChange, response: { 200: api.Segment } },
    },
    ({ actor, params, body }) => changeSegment(segments, actor, params.id, body),
  );
  for (const [verb, archived, summary] of [
    ['archive', true, 'Puts a segment away'],
    ['restore', false, 'Brings a segment back, counted anew'],
  ] as const) {
    app.post(
      `/api/v1/segments/:id/${verb}`,
      { config: { ...write, idempotent: true }, schema: { tags, summary, params: Id, response: { 200: api.Segment } } },
      ({ actor, params }) => archiveSegment(segments, actor, params.id, archived),
    );
  }
  app.get(
    '/api/v1/segments/:id/customers',
    {
      config: read,
      schema: { tags, summary: 'A page of its customers', params: Id, querystring: api.MembersQuery, response: { 200: page(MemberRow) } },
    },
    ({ actor, params, query }) => listMembers(segments, actor, params.id, query),
  );
  app.get(
    '/api/v1/segments/:id/export',
    {
      config: {
        permission: 'customer.export',
        audit: { action: 'segment.exported', subject: 'segment', id: ({ params }) => params.id, detail: ({ query }) => ({ ...query }) },
      },
      schema: {
        tags,
        summary: 'Its customers as a CSV or JSON lines file',
        params: Id,
        querystring: api.MembersExport,
        response: { 200: z.any().describe('The file') },
      },
    },
    async ({ actor, params, query, language }, reply) => {
      const { format } = query;
      const rows = await exportMembers(segments, actor, params.id, format, language);
      reply.header('content-disposition', `attachment; filename="segment.${format}"`);
      reply.type(format === 'csv' ? 'text/csv; charset=utf-8' : 'application/jsonl; charset=utf-8');
      return reply.send(Readable.from(rows));
    },
  );
  app.get(
    '/api/v1/segments/:id/history',
    { config: read, schema: { tags, summary: 'How it grew', params: Id, response: { 200: api.SegmentHistory } } },
    ({ params }) => segmentHistory(segments, params.id),
  );
  app.get(
    '/api/v1/segments/:id/moves',
    {
      config: read,
      schema: {
        tags,
        summary: 'Who entered and left, newest first',
        params: Id,
        querystring: api.MovesQuery,
        response: { 200: page(api.SegmentMove) },
      },
    },
    ({ params, query }) => segmentMoves(segments, params.id, query),
  );
  app.get(
    '/api/v1/segments/:id/why/:customer',
    {
      config: {
        ...read,
        audit: { action: 'customer.read', subject: 'customer', id: ({ params }) => params.customer, detail: () => ({ part: 'segment' }) },
      },
      schema: {
        tags,
        summary: 'Why a customer is in it, or is not',
        params: Id.extend({ customer: z.uuid() }),
        response: { 200: api.Why },
      },
    },
    ({ actor, params }) => whyIn(segments, actor, params.id, params.customer),
  );
  app.get(
    '/api/v1/customers/:id/segments',
    {
      config: {
        ...read,
        audit: { action: 'customer.read', subject: 'customer', id: ({ params }) => params.id, detail: () => ({ part: 'segments' }) },
      },
      schema: { tags, summary: 'The segments and lists a customer is in', params: Id, response: { 200: api.CustomerSegments } },
    },
    ({ params }) => segmentsOf(segments, params.id),
  );
  app.post(
    '/api/v1/segments/:id/entries',
    {
      config: { ...write, idempotent: true },
      bodyLimit: 24 * 1024 * 1024,
      schema: { tags, summary: 'Puts customers on a list', params: Id, body: api.ListEntries, response: { 200: api.ListChanged } },
    },
    ({ actor, params, body }) => addToList(segments, actor, params.id, body),
  );
  app.post(
    '/api/v1/segments/:id/removals',
    {
      config: { ...write, idempotent: true },
      schema: { tags, summary: 'Takes customers off a list', params: Id, body: api.ListRemoval, response: { 200: api.ListRemoved } },
    },
    ({ actor, params, body }) => takeFromList(segments, actor, params.id, body.customers),
  );
}
