import type { App, Context } from '@vinculo/http';
import { z } from 'zod';
import * as api from '../api/needs.ts';
import { renameGroup, showGroup } from './change-group.ts';
import { customerNeeds } from './customer-needs.ts';
import { discardFinding } from './discard-finding.ts';
import { findGroup, needsOverview } from './list-groups.ts';
import { requireUndoable } from './undo-finding.ts';

const Id = z.object({ id: z.uuid() });
const Begun = z.object({ jobId: z.string() });
const tags = ['needs'];
const id = ({ params }: { params: Record<string, string> }) => params.id;

export function routes(app: App, context: Context): void {
  const { store, jobs } = context;

  app.get(
    '/api/v1/needs-groups',
    {
      config: { permission: ['value.read', 'customer.read'] },
      schema: {
        tags,
        summary: 'Groups of customers who need alike things, and those that were found anew',
        response: { 200: api.NeedsOverview },
      },
    },
    (request) => needsOverview(context, request.language),
  );
  app.get(
    '/api/v1/needs-groups/:id',
    {
      config: { permission: ['value.read', 'customer.read'] },
      schema: { tags, summary: 'A group: what sets it apart and who is typical', params: Id, response: { 200: api.NeedsGroup } },
    },
    (request) => findGroup(context, request.language, request.params.id),
  );
  app.get(
    '/api/v1/customers/:id/needs',
    {
      config: {
        permission: ['customer.read', 'value.read'],
        audit: { action: 'customer.read', subject: 'customer', id, detail: () => ({ part: 'needs' }) },
      },
      schema: { tags, summary: 'The group of a customer, and why', params: Id, response: { 200: api.CustomerNeeds } },
    },
    (request) => customerNeeds(context, request.language, request.params.id),
  );

  app.patch(
    '/api/v1/needs-groups/:id',
    {
      config: { permission: 'segment.write' },
      schema: { tags, summary: 'Names a group', params: Id, body: api.NeedsGroupChange, response: { 204: z.null() } },
    },
    async (request, reply) => {
      await renameGroup(context, request.actor, request.params.id, request.body.name);
      return reply.code(204).send(null);
    },
  );
  for (const [act, shown] of [
    ['hide', false],
    ['show', true],
  ] as const) {
    app.post(
      `/api/v1/needs-groups/:id/${act}`,
      {
        config: { permission: 'segment.write', idempotent: true },
        schema: {
          tags,
          summary: shown ? 'Shows a hidden group again' : 'Hides a group; its customers stay in it',
          params: Id,
          response: { 204: z.null() },
        },
      },
      async (request, reply) => {
        await showGroup(context, request.actor, request.params.id, shown);
        return reply.code(204).send(null);
      },
    );
  }

  app.post(
    '/api/v1/needs-findings',
    {
      config: { permission: 'segment.write', idempotent: true },
      schema: {
        tags,
        summary: 'Looks for groups anew. What is found waits for a yes',
        body: api.NeedsSearch,
        response: { 202: Begun },
      },
    },
    async (request, reply) =>
      reply
        .code(202)
        .send({ jobId: await jobs.enqueue('needs.find', { count: request.body.count, asked: true }, { actor: request.actor }) }),
  );
  app.post(
    '/api/v1/needs-findings/:id/keep',
    {
      config: { permission: 'segment.write', idempotent: true },
      schema: { tags, summary: 'Takes the groups that were found', params: Id, response: { 202: Begun } },
    },
    async (request, reply) =>
      reply.code(202).send({ jobId: await jobs.enqueue('needs.keep', { id: request.params.id }, { actor: request.actor }) }),
  );
  app.post(
    '/api/v1/needs-findings/:id/undo',
    {
      config: { permission: 'segment.write', idempotent: true },
      schema: {
        tags,
        summary: 'Puts the groups back that were in use before these were taken; these wait for a yes again',
        params: Id,
        response: { 202: Begun },
      },
    },
    async (request, reply) => {
      await requireUndoable(context, request.params.id);
      return reply.code(202).send({ jobId: await jobs.enqueue('needs.undo', { id: request.params.id }, { actor: request.actor }) });
    },
  );
  app.post(
    '/api/v1/needs-findings/:id/discard',
    {
      config: { permission: 'segment.write', idempotent: true },
      schema: { tags, summary: 'Leaves the groups as they are', params: Id, response: { 204: z.null() } },
    },
    async (request, reply) => {
      await discardFinding(store, request.actor, request.params.id);
      return reply.code(204).send(null);
    },
  );
}
