import { fail } from '@vinculo/errors';
import type { App, Context } from '@vinculo/http';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import * as api from '../api/snippet.ts';
import { knownKeys } from '../collect/known-keys.ts';
import { letPagesRead } from '../collect/event-routes.ts';
import { originAllowed } from '../collect/origins.ts';
import { recognise } from './recognise.ts';
import { scriptRoute } from './script.ts';

/** Questions a minute from one address with one key. An office browses behind one address; who tries ids is slow. */
const PER_MINUTE = 300;
const LARGEST_QUESTION = 2_048;

/** What web pages load and ask. */
export async function routes(app: App, context: Context): Promise<void> {
  await scriptRoute(app);

  // A scope of its own: pages send the question as text, so that their browser need not ask beforehand whether it may.
  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'string', bodyLimit: LARGEST_QUESTION }, (_request, text, done) => {
      try {
        done(null, JSON.parse(String(text)));
      } catch (error) {
        done(fail('VIN_EVENT_JSON', { reason: (error as Error).message }));
      }
    });
    scope.addHook('onRequest', letPagesRead);

    scope.post(
      '/v1/recognise',
      {
        config: {
          public: true,
          anyOrigin: true,
          rateLimit: {
            max: PER_MINUTE,
            timeWindow: '1 minute',
            hook: 'preHandler',
            keyGenerator: ({ ip, body }: FastifyRequest) => `${ip} ${(body as { writeKey?: unknown } | undefined)?.writeKey}`,
            // The general limit leaves what is not under /api/ alone.
            allowList: [],
          },
        },
        schema: { body: api.Question },
      },
      async (request, reply): Promise<z.infer<typeof api.Recognised>> => {
        const { writeKey, anonymousId } = request.body as z.infer<typeof api.Question>;
        const { origin } = request.headers;
        const key = await knownKeys(context.store).use(writeKey);
        if (!originAllowed(key.origins, origin)) throw fail('VIN_EVENT_ORIGIN', { name: key.name, origin });
        reply.header('cache-control', 'no-store');
        return recognise(context.store, key.sourceId, anonymousId);
      },
    );
  });
}
