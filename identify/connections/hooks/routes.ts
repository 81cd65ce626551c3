import { type App, type Context, page } from '@vinculo/http';
import { z } from 'zod';
import * as api from '../api/hooks.ts';
import { changeHook, createHook, replaceAddress, setHookRemoved } from './keep-hook.ts';
import { findHook, listHooks } from './list-hooks.ts';
import { listMessages, readAgain, showMessage } from './messages.ts';
import { previewMessage } from './preview-message.ts';
import { receive } from './receive.ts';

const Id = z.object({ id: z.uuid() });
const tags = ['incoming webhooks'];
const read = { permission: 'connection.read' };
const write = { permission: 'connection.write' };
const BODY_LIMIT = 5 * 1024 * 1024;

export async function routes(app: App, context: Context): Promise<void> {
  const { store } = context;
  // The very bytes are signed, so nothing may read them before: a scope with a parser of its own.
  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    scope.post<{ Params: { token: string }; Body: Buffer | undefined }>(
      '/hooks/in/:token',
      { config: { public: true, anyOrigin: true }, bodyLimit: BODY_LIMIT },
      async (request, reply) => {
        const taken = await receive(context, request.params.token, request.headers, request.body ?? Buffer.alloc(0)).catch(
          (error: unknown) => {
            const { code, params } = error as { code?: string; params?: { seconds?: number } };
            if (code === 'VIN_HOOK_FULL') reply.header('retry-after', String(params?.seconds ?? 30));
            if (code === 'VIN_HOOK_PAUSED') reply.header('retry-after', '300');
            throw error;
          },
        );
        return reply.code(202).send({ received: true, repeated: !taken.fresh && taken.id === null });
      },
    );
  });

  app.get(
    '/api/v1/hooks',
    {
      config: read,
      schema: { tags, summary: 'Incoming webhooks, latest first', querystring: api.HookQuery, response: { 200: page(api.Hook) } },
    },
    ({ actor, query }) => listHooks(context, actor, query),
  );
  app.post(
    '/api/v1/hooks',
    {
      config: { ...write, idempotent: true },
      schema: { tags, summary: 'Makes an address that other systems send to', body: api.NewHook, response: { 201: api.HookWithSecret } },
    },
    async ({ actor, body }, reply) => reply.code(201).send(await createHook(context, actor, body)),
  );
  app.post(
    '/api/v1/hooks/preview',
    {
      config: write,
      schema: {
        tags,
        summary: 'What a sample would become by a mapping',
        body: api.HookPreviewRequest,
        response: { 200: api.HookPreview },
      },
    },
    ({ body }) => previewMessage(context, body),
  );
  app.get(
    '/api/v1/hooks/:id',
    { config: read, schema: { tags, summary: 'An incoming webhook', params: Id, response: { 200: api.Hook } } },
    ({ actor, params }) => findHook(context, actor, params.id),
  );
  app.patch(
    '/api/v1/hooks/:id',
    {
      config: write,
      schema: {
        tags,
        summary: 'Changes, pauses or opens an incoming webhook',
        params: Id,
        body: api.HookChange,
        response: { 200: api.Hook },
      },
    },
    ({ actor, params, body }) => changeHook(context, actor, params.id, body),
  );
  app.delete(
    '/api/v1/hooks/:id',
    {
      config: write,
      schema: { tags, summary: 'Takes an incoming webhook away; it can be brought back', params: Id, response: { 204: z.null() } },
    },
    async ({ actor, params }, reply) => {
      await setHookRemoved(context, actor, params.id, true);
      return reply.code(204).send(null);
    },
  );
  app.post(
    '/api/v1/hooks/:id/restore',
    {
      config: { ...write, idempotent: true },
      schema: { tags, summary: 'Brings an incoming webhook back', params: Id, response: { 200: api.Hook } },
    },
    async ({ actor, params }) => {
      await setHookRemoved(context, actor, params.id, false);
      return findHook(context, actor, params.id);
    },
  );
  app.post(
    '/api/v1/hooks/:id/address',
    {
      config: { ...write, idempotent: true },
      schema: { tags, summary: 'A new address; the former one is refused from now on', params: Id, response: { 200: api.Hook } },
    },
    ({ actor, params }) => replaceAddress(context, actor, params.id),
  );
  app.get(
    '/api/v1/hooks/:id/messages',
    {
      config: read,
      schema: {
        tags,
        summary: 'What came in the last thirty days, latest first',
        params: Id,
        querystring: api.MessageQuery,
        response: { 200: page(api.HookMessage) },
      },
    },
    ({ actor, params, query }) => listMessages(store, actor, params.id, query),
  );
  app.post(
    '/api/v1/hooks/:id/replay',
    {
      config: { ...write, idempotent: true },
      schema: { tags, summary: 'Reads rejected messages again', params: Id, body: api.HookReplay, response: { 200: api.HookReplayed } },
    },
    async ({ actor, params, body }) => ({ replayed: await readAgain(store, actor, params.id, body.ids) }),
  );
  app.get(
    '/api/v1/hook-messages/:id',
    {
      config: { ...read, audit: { action: 'hook.messages_read', subject: 'hook_message', id: ({ params }) => params.id } },
      schema: { tags, summary: 'A message as it came', params: Id, response: { 200: api.HookMessageDetail } },
    },
    ({ actor, params }) => showMessage(store, actor, params.id),
  );
}
