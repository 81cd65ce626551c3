import type { App, Context } from '@vinculo/http';
import { VinculoError } from '@vinculo/errors';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { collectEvents } from './collect-events.ts';
import { doorOf } from './door.ts';
import type { CallType } from './envelope.ts';
import { sdkSettings } from './sdk-settings.ts';

const open = { config: { public: true, anyOrigin: true } } as const;

/** The paths of the Segment HTTP API, and the short ones that its library for browsers uses. */
const CALLS: Record<CallType, readonly string[]> = {
  identify: ['identify', 'i'],
  track: ['track', 't'],
  page: ['page', 'p'],
  screen: ['screen', 's'],
  group: ['group', 'g'],
  alias: ['alias', 'a'],
  batch: ['batch', 'b', 'import'],
};

/** The event API. A scope of its own: bodies are read as they come, whatever their content type says they are. */
export async function eventRoutes(app: App, context: Context): Promise<void> {
  app.addHook('onClose', () => doorOf(context).end());

  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
    scope.addHook('onRequest', letPagesRead);

    scope.options('/v1/*', open, (request, reply) => answerPreflight(request, reply));
    for (const [type, paths] of Object.entries(CALLS) as [CallType, readonly string[]][]) {
      for (const path of paths) {
        scope.post(`/v1/${path}`, open, async (request, reply) => {
          try {
            await collectEvents(context, type, request);
          } catch (error) {
            const seconds = error instanceof VinculoError && error.status === 429 ? error.params.seconds : undefined;
            if (seconds !== undefined) reply.header('retry-after', String(seconds));
            throw error;
          }
          return succeed(reply);
        });
      }
    }
    // How the library itself fares, which it is told not to send.
    scope.post('/v1/m', open, async (request, reply) => {
      (request.body as NodeJS.ReadableStream | undefined)?.resume();
      return succeed(reply);
    });
    scope.get(
      '/v1/projects/:writeKey/settings',
      { ...open, schema: { params: z.object({ writeKey: z.string() }) } },
      async (request, reply) => {
        const { writeKey } = request.params as { writeKey: string };
        return reply.header('cache-control', 'no-cache').send(await sdkSettings(context, request, writeKey));
      },
    );
  });
}

/** Any page may read what it is told, refusals too: there is nothing in it but what happened to its own request, and no cookie counts here. */
export async function letPagesRead(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const { origin } = request.headers;
  reply.header('cross-origin-resource-policy', 'cross-origin');
  if (origin !== undefined) {
    reply.header('access-control-allow-origin', origin).header('access-control-expose-headers', 'retry-after').header('vary', 'Origin');
  }
}

/** Which pages may use a key is known only with the key, and so when the request itself comes. */
function answerPreflight(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const headers = request.headers['access-control-request-headers'];
  return reply
    .code(204)
    .header('access-control-allow-methods', 'GET, POST')
    .header('access-control-allow-headers', headers ?? 'content-type, authorization')
    .header('access-control-max-age', '86400')
    .send();
}

function succeed(reply: FastifyReply): FastifyReply {
  return reply.header('content-type', 'application/json; charset=utf-8').header('cache-control', 'no-store').send('{"success":true}');
}
