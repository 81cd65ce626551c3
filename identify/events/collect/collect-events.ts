import type { Readable } from 'node:stream';
import { fail, VinculoError } from '@vinculo/errors';
import type { Context } from '@vinculo/http';
import type { FastifyRequest } from 'fastify';
import { doorOf, type Refusal } from './door.ts';
import { type CallType, openEnvelope } from './envelope.ts';
import { knownKeys } from './known-keys.ts';
import { REQUEST_LIMITS } from './limits.ts';
import { originAllowed } from './origins.ts';
import { readBody } from './read-body.ts';

/**
 * Takes a call of the event API in. Resolves when it is committed: an answer of success is a promise to keep it.
 *
 * @throws VIN_EVENT_…: 400 for what can never be taken in, 408 for what did not arrive whole, 429 with seconds for what should come later.
 */
export async function collectEvents(context: Context, type: CallType, request: FastifyRequest): Promise<void> {
  const door = doorOf(context);
  const keys = knownKeys(context.store);
  const receivedAt = new Date();
  try {
    const hold = door.enter();
    try {
      const { headers } = request;
      const named = basicUser(headers.authorization);
      // Who names a wrong key before the body is heard before the body.
      if (named !== undefined) await keys.use(named);
      const limit = type === 'batch' ? REQUEST_LIMITS.batch : REQUEST_LIMITS.call;
      const body = await readBody(request.body as Readable | undefined, headers, { limit, hold: (bytes) => hold.more(bytes) });
      const { writeKey, events } = openEnvelope(type, body);
      const key = await keys.use(named ?? writeKey);
      if (!originAllowed(key.origins, headers.origin)) {
        throw fail('VIN_EVENT_ORIGIN', { name: key.name, origin: headers.origin });
      }
      keys.used(key);
      if (events > 0) await door.keep({ sourceId: key.sourceId, type, receivedAt, events, body });
    } finally {
      hold.end();
    }
  } catch (error) {
    const why = error instanceof VinculoError ? REFUSALS[error.code] : undefined;
    if (why) door.refused(why);
    throw error;
  }
}

const REFUSALS: Partial<Record<string, Refusal>> = {
  VIN_EVENT_KEY_MISSING: 'key',
  VIN_EVENT_KEY_UNKNOWN: 'key',
  VIN_EVENT_KEY_REVOKED: 'key',
  VIN_EVENT_KEY_EXPIRED: 'key',
  VIN_EVENT_ORIGIN: 'origin',
  VIN_EVENT_TOO_LARGE: 'size',
  VIN_EVENT_TOO_MANY: 'size',
  VIN_EVENT_JSON: 'json',
  VIN_EVENT_ENCODING: 'json',
  VIN_EVENT_CUT_OFF: 'json',
  VIN_EVENT_ENVELOPE: 'envelope',
  VIN_EVENT_OVERLOAD: 'overload',
};

/** The user of a Basic authorization, whose password is empty; undefined for any other. */
function basicUser(authorization: string | undefined): string | undefined {
  if (!authorization || !/^basic /i.test(authorization)) return undefined;
  const user = Buffer.from(authorization.slice('basic '.length), 'base64').toString().split(':')[0];
  return user || undefined;
}
