import type { App, Context } from '@vinculo/http';
import { z } from 'zod';
import * as api from '../api/value.ts';
import { valueOverview } from './value-overview.ts';

export function routes(app: App, context: Context): void {
  app.get(
    '/api/v1/value',
    {
      config: { permission: 'value.read' },
      schema: { tags: ['value'], summary: 'What the whole base is worth, as last computed', response: { 200: api.ValueOverview } },
    },
    () => valueOverview(context),
  );
  app.post(
    '/api/v1/value/scorings',
    {
      config: { permission: ['value.read', 'job.manage'], idempotent: true },
      schema: { tags: ['value'], summary: 'Computes every score again, now', response: { 202: z.object({ jobId: z.string() }) } },
    },
    async (request, reply) =>
      reply.code(202).send({ jobId: await context.jobs.enqueue('insight.score', {}, { actor: request.actor, key: 'insight.score' }) }),
  );
}
