import type { App, Context } from '@vinculo/http';
import { z } from 'zod';
import * as api from '../api/identity.ts';
import { duplicatesOverview } from './duplicates-overview.ts';
import { quality } from './quality.ts';

export function routes(app: App, context: Context): void {
  const tags = ['identity'];
  app.get(
    '/api/v1/duplicates',
    { config: { permission: 'customer.read' }, schema: { tags, summary: 'What unification found', response: { 200: api.DuplicatesOverview } } },
    () => duplicatesOverview(context),
  );
  app.post(
    '/api/v1/unifications',
    {
      config: { permission: 'customer.merge' },
      schema: { tags, summary: 'Unifies every record again', response: { 202: z.object({ jobId: z.string() }) } },
    },
    async (request, reply) =>
      reply.code(202).send({ jobId: await context.jobs.enqueue('identity.unify', { scope: 'all' }, { actor: request.actor, key: 'identity.unify.all' }) }),
  );
  app.get(
    '/api/v1/quality',
    { config: { permission: 'source.read' }, schema: { tags: ['quality'], summary: 'How complete and valid each field of each source is', response: { 200: api.Quality } } },
    () => quality(context),
  );
}
