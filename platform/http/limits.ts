import rateLimit from '@fastify/rate-limit';
import { fail } from '@vinculo/errors';
import type { FastifyRequest } from 'fastify';
import type { App } from './feature.ts';

/** Requests a minute. Generous for those we know (an import script, a busy call centre behind one key), tight for strangers. */
const PER_MINUTE = { known: 30_000, stranger: 1_200 };

export async function limitRequests(app: App): Promise<void> {
  await app.register(rateLimit, {
    global: true,
    timeWindow: '1 minute',
    max: (request) => (request.actor.kind === 'anonymous' ? PER_MINUTE.stranger : PER_MINUTE.known),
    keyGenerator: (request) => (request.actor.kind === 'anonymous' ? request.ip : `${request.actor.kind}:${request.actor.id}`),
    allowList: (request) => !request.url.startsWith('/api/'),
    cache: 20_000,
    enableDraftSpec: true,
    errorResponseBuilder: (_request, { ttl }) => fail('VIN_REQUEST_TOO_MANY', { seconds: Math.ceil(ttl / 1_000) }),
  });
}

/** For a route where guessing pays, such as sign-in: so many tries a minute from one address for one account. */
export function strictLimit(max: number, account?: (request: FastifyRequest) => string | undefined) {
  return {
    max,
    timeWindow: '1 minute',
    hook: 'preHandler' as const,
    keyGenerator: (request: FastifyRequest) => `${request.ip} ${account?.(request)?.trim().toLowerCase() ?? ''}`,
  };
}
