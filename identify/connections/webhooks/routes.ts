import { type App, type Context, page } from '@vinculo/http';
import { z } from 'zod';
import * as api from '../api/webhooks.ts';
import { listDeliveries, replay, showDelivery } from './deliveries.ts';
import { exampleOf } from './examples.ts';
import { changeWebhook, createWebhook, removeWebhook, replaceSecret, restoreWebhook } from './keep-webhook.ts';
import { findWebhook, listWebhooks } from './list-webhooks.ts';
import { sendTest } from './send-test.ts';
import { type ConnectionSources, typesOf } from './sources.ts';

const Id = z.object({ id: z.uuid() });
const tags = ['webhooks'];
const read = { permission: 'connection.read' };
const write = { permission: 'connection.write' };

export function routes(app: App, context: Context, sources: ConnectionSources): void {
  const { store } = context;
  app.get(
    '/api/v1/webhooks',
    {
      config: read,
      schema: { tags, summary: 'Outgoing webhooks, latest first', querystring: api.WebhookQuery, response: { 200: page(api.Webhook) } },
    },
    ({ query }) => listWebhooks(store, query),
  );
  app.get(
    '/api/v1/webhooks/events',
    {
      config: read,
      schema: { tags, summary: 'What other systems can be told of, with an example of each', response: { 200: api.WebhookEvents } },
    },
    () => ({ items: typesOf(sources).map((type) => ({ type, example: exampleOf(type) })) }),
  );
  app.post(
    '/api/v1/webhooks',
    {
      config: { ...write, idempotent: true },
      schema: {
        tags,
        summary: 'Makes a webhook; the answer shows its secret, once',
        body: api.NewWebhook,
        response: { 201: api.WebhookWithSecret },
      },
    },
    async ({ actor, body }, reply) => reply.code(201).send(await createWebhook(context, sources, actor, body)),
  );
  app.get(
    '/api/v1/webhooks/:id',
    { config: read, schema: { tags, summary: 'A webhook', params: Id, response: { 200: api.Webhook } } },
    ({ params }) => findWebhook(store, params.id),
  );
  app.patch(
    '/api/v1/webhooks/:id',
    {
      config: write,
      schema: {
        tags,
        summary: 'Changes, pauses or switches on a webhook',
        params: Id,
        body: api.WebhookChange,
        response: { 200: api.Webhook },
      },
    },
    ({ actor, params, body }) => changeWebhook(context, sources, actor, params.id, body),
  );
  app.delete(
    '/api/v1/webhooks/:id',
    { config: write, schema: { tags, summary: 'Takes a webhook away; it can be brought back', params: Id, response: { 204: z.null() } } },
    async ({ actor, params }, reply) => {
      await removeWebhook(context, actor, params.id);
      return reply.code(204).send(null);
    },
  );
  app.post(
    '/api/v1/webhooks/:id/restore',
    {
      config: { ...write, idempotent: true },
      schema: { tags, summary: 'Brings a webhook back', params: Id, response: { 200: api.Webhook } },
    },
    ({ actor, params }) => restoreWebhook(context, actor, params.id),
  );
  app.post(
    '/api/v1/webhooks/:id/secret',
    {
      config: { ...write, idempotent: true },
      schema: {
        tags,
        summary: 'A new secret, shown once; the former one signs too for a while',
        params: Id,
        body: api.NewSecret,
        response: { 200: api.WebhookWithSecret },
      },
    },
    ({ actor, params, body }) => replaceSecret(context, actor, params.id, body.overlapHours),
  );
  app.post(
    '/api/v1/webhooks/:id/test',
    {
      config: { ...write, idempotent: true },
      schema: { tags, summary: 'Sends a test message now and says how it went', params: Id, response: { 200: api.TestResult } },
    },
    ({ actor, params }) => sendTest(context, actor, params.id),
  );
  app.get(
    '/api/v1/webhooks/:id/deliveries',
    {
      config: read,
      schema: {
        tags,
        summary: 'The messages of a webhook of the last thirty days, latest first',
        params: Id,
        querystring: api.DeliveryQuery,
        response: { 200: page(api.Delivery) },
      },
    },
    ({ params, query }) => listDeliveries(store, params.id, query),
  );
  app.post(
    '/api/v1/webhooks/:id/replay',
    {
      config: { ...write, idempotent: true },
      schema: {
        tags,
        summary: 'Sends messages again: one, some, or all since a moment',
        params: Id,
        body: api.Replay,
        response: { 200: api.Replayed },
      },
    },
    async ({ actor, params, body }) => ({ replayed: await replay(store, actor, params.id, body) }),
  );
  app.get(
    '/api/v1/webhook-deliveries/:id',
    {
      config: { ...read, audit: { action: 'webhook.delivery_read', subject: 'webhook_delivery', id: ({ params }) => params.id } },
      schema: { tags, summary: 'A message with what was sent and answered', params: Id, response: { 200: api.DeliveryDetail } },
    },
    ({ actor, params }) => showDelivery(store, actor, params.id),
  );
}
