import { type App, page } from '@vinculo/http';
import { z } from 'zod';
import * as api from './api.ts';
import type { Segments } from './environment.ts';
import { addProspects, convertProspect, listProspects, removeProspect } from './prospects.ts';

const Id = z.object({ id: z.uuid() });
const tags = ['prospects'];
const write = { permission: ['customer.read', 'segment.write'] };

export function prospectRoutes(app: App, segments: Segments): void {
  app.get(
    '/api/v1/segments/:id/prospects',
    {
      config: { permission: 'customer.read' },
      schema: {
        tags,
        summary: 'The people of a mailing list',
        params: Id,
        querystring: api.ProspectQuery,
        response: { 200: page(api.Prospect) },
      },
    },
    ({ actor, params, query }) => listProspects(segments, actor, params.id, query),
  );
  app.post(
    '/api/v1/segments/:id/prospects',
    {
      config: { ...write, idempotent: true },
      bodyLimit: 8 * 1024 * 1024,
      schema: {
        tags,
        summary: 'Puts people on a mailing list who are no customers',
        params: Id,
        body: api.NewProspects,
        response: { 200: api.ProspectsAdded },
      },
    },
    ({ actor, params, body }) => addProspects(segments, actor, params.id, body.prospects),
  );
  app.post(
    '/api/v1/prospects/:id/convert',
    {
      config: { permission: ['customer.write', 'segment.write'], idempotent: true },
      schema: { tags, summary: 'Makes a customer of somebody', params: Id, response: { 200: api.ProspectConverted } },
    },
    ({ actor, params, language }) => convertProspect(segments, actor, params.id, language),
  );
  app.delete(
    '/api/v1/prospects/:id',
    { config: write, schema: { tags, summary: 'Takes somebody off a mailing list', params: Id, response: { 204: z.null() } } },
    async ({ actor, params }, reply) => {
      await removeProspect(segments, actor, params.id);
      return reply.code(204).send(null);
    },
  );
}
