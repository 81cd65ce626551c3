import { type App, type Context, page, pageQuery } from '@vinculo/http';
import { z } from 'zod';
import { CustomerCluster, LinkageRules, MergePreview, ModelsHealth, NewRelink, Relink, RelinkSummary } from '../api/relink.ts';
import { customerCluster } from './customer-cluster.ts';
import { askFor, discardRelink, draftRelink } from './draft-relink.ts';
import { linkageRules } from './linkage-rules.ts';
import { mergePreview } from './merge-preview.ts';
import { modelsHealth } from './model-health.ts';
import { listRelinks, showRelink } from './show-relink.ts';

const Id = z.object({ id: z.uuid() });
const Started = z.object({ jobId: z.string() });
const tags = ['linkage'];

export function routes(app: App, context: Context): void {
  const { jobs } = context;

  app.get(
    '/api/v1/linkage/rules/:kind',
    {
      config: { permission: 'settings.read' },
      schema: {
        tags,
        summary: 'The rules that link records, in force',
        params: z.object({ kind: z.enum(['person', 'company']) }),
        response: { 200: LinkageRules },
      },
    },
    (request) => linkageRules(context, request.params.kind),
  );
  app.get(
    '/api/v1/linkage/changes',
    {
      config: { permission: 'settings.read' },
      schema: {
        tags,
        summary: 'Changes of the linking rules, newest first',
        querystring: pageQuery,
        response: { 200: page(RelinkSummary) },
      },
    },
    (request) => listRelinks(context, request.query),
  );
  app.post(
    '/api/v1/linkage/changes',
    {
      config: { permission: ['settings.write', 'customer.merge'], idempotent: true },
      schema: {
        tags,
        summary: 'Draft a change of the linking rules; a job works out its preview',
        body: NewRelink,
        response: { 201: z.object({ id: z.uuid() }) },
      },
    },
    async (request, reply) => {
      const id = await draftRelink(context, request.actor, request.body);
      return reply.code(201).send({ id });
    },
  );
  app.get(
    '/api/v1/linkage/changes/:id',
    {
      config: {
        permission: ['settings.read', 'customer.read'],
        audit: { action: 'linkage.read', subject: 'relink', id: ({ params }) => params.id },
      },
      schema: { tags, summary: 'A change of the linking rules: preview with samples, history', params: Id, response: { 200: Relink } },
    },
    (request) => showRelink(context, request.actor, request.params.id),
  );
  app.delete(
    '/api/v1/linkage/changes/:id',
    {
      config: { permission: ['settings.write', 'customer.merge'] },
      schema: { tags, summary: 'Put a change aside that was not applied', params: Id, response: { 204: z.null() } },
    },
    async (request, reply) => {
      await discardRelink(context, request.actor, request.params.id);
      return reply.code(204).send(null);
    },
  );
  for (const [step, summary] of [
    ['preview', 'Work out its preview anew'],
    ['apply', 'Do what the preview showed'],
    ['undo', 'Put the whole change back, as far as later changes allow'],
  ] as const) {
    app.post(
      `/api/v1/linkage/changes/:id/${step}`,
      {
        config: { permission: ['settings.write', 'customer.merge'], idempotent: true },
        schema: { tags, summary, params: Id, response: { 200: Started } },
      },
      (request) => askFor(context, request.actor, request.params.id, step),
    );
  }

  app.get(
    '/api/v1/linkage/models',
    {
      config: { permission: 'customer.read' },
      schema: { tags, summary: 'How the linkage models stand, and how they do since they were trained', response: { 200: ModelsHealth } },
    },
    () => modelsHealth(context),
  );
  app.post(
    '/api/v1/linkage/models/measure',
    {
      config: { permission: 'settings.write', idempotent: true },
      schema: { tags, summary: 'Measure the models on what came since they were trained', response: { 200: Started } },
    },
    async (request) => ({ jobId: await jobs.enqueue('linkage.measure', {}, { actor: request.actor, key: 'linkage.measure' }) }),
  );

  const read = (part: string) => ({
    action: 'customer.read',
    subject: 'customer',
    id: ({ params }: { params: Record<string, string> }) => params.id,
    detail: () => ({ part }),
  });
  app.get(
    '/api/v1/customers/:id/cluster',
    {
      config: { permission: 'customer.read', audit: read('cluster') },
      schema: {
        tags,
        summary: 'The records of a customer as a graph, every pair with its weight and reasons',
        params: Id,
        response: { 200: CustomerCluster },
      },
    },
    (request) => customerCluster(context, request.actor, request.params.id),
  );
  app.get(
    '/api/v1/customers/:id/merge-preview',
    {
      config: { permission: 'customer.merge', audit: read('merge') },
      schema: {
        tags,
        summary: 'The golden record this customer would have with another one',
        params: Id,
        querystring: z.object({ with: z.uuid() }),
        response: { 200: MergePreview },
      },
    },
    (request) => mergePreview(context, request.actor, request.params.id, request.query.with),
  );
}
