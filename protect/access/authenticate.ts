import { fail } from '@vinculo/errors';
import type { Authenticator } from '@vinculo/http';
import type { Actor, Store } from '@vinculo/postgres';
import { fromNodeHeaders } from 'better-auth/node';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sql } from 'kysely';
import type { Auth } from './auth.ts';
import { hashOf } from './hash.ts';
import { LOCAL_KEY_START, type makeLocalKey } from './local-key.ts';
import { permissionsOf } from './roles.ts';

export const KEY_START = 'vin_';

/** From the session cookie or from `Authorization: Bearer vin_…`. A key that is wrong is an error, not an anonymous caller: a program should hear it. */
export function authenticator(auth: Auth, store: Store, localKey: Awaited<ReturnType<typeof makeLocalKey>>): Authenticator {
  const verified: Verified = new Map();
  return async (request, reply) => {
    const { authorization, cookie } = request.headers;
    if (authorization?.startsWith(`Bearer ${KEY_START}`)) {
      request.credential = 'key';
      const key = authorization.slice('Bearer '.length);
      if (!key.startsWith(LOCAL_KEY_START)) return actorOfKey(store, key);
      const actor = localKey(request, key);
      if (!actor) throw fail('VIN_ACCESS_API_KEY');
      return actor;
    }
    const given = cookie === undefined ? undefined : sessionCookie.exec(cookie)?.[1];
    if (given === undefined) return undefined;
    const person = (await byKnownCookie(store, verified, given)) ?? (await byBetterAuth(auth, verified, given, request, reply));
    if (!person) return undefined;
    request.credential = 'cookie';
    return actorOfPerson(person);
  };
}

const sessionCookie = /(?:^|;\s*)(?:__Secure-)?vinculo\.session_token=([^;]+)/;
const VERIFIED_MS = 60_000;
const MOST_VERIFIED = 10_000;

/** Cookies whose signature better-auth has checked in the last minute → the session's token. */
type Verified = Map<string, { token: string; until: number }>;

/** One short query a request instead of all that better-auth does. The row is read every time, so an ended session ends at once. */
async function byKnownCookie(store: Store, verified: Verified, given: string): Promise<SessionPerson | undefined> {
  const known = verified.get(given);
  if (!known || known.until < Date.now()) return undefined;
  const { rows } = await store.pool.query<SessionPerson>({
    name: 'person-of-session',
    text: `select p.id, p.name, p.role, p.language
             from person_session s
             join person p on p.id = s.user_id
            where s.token = $1 and s.expires_at > now() and p.suspended_at is null`,
    values: [known.token],
  });
  if (!rows[0]) verified.delete(given);
  return rows[0];
}

async function byBetterAuth(
  auth: Auth,
  verified: Verified,
  given: string,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<SessionPerson | undefined> {
  const { response: found, headers } = await auth.api.getSession({ headers: fromNodeHeaders(request.headers), returnHeaders: true });
  // A session in use lives on: the cookie that says so has to reach the browser.
  for (const renewed of headers?.getSetCookie() ?? []) reply.header('set-cookie', renewed);
  if (!found || found.user.suspendedAt) return undefined;
  if (verified.size >= MOST_VERIFIED) verified.clear();
  verified.set(given, { token: found.session.token, until: Date.now() + VERIFIED_MS });
  return found.user;
}

interface SessionPerson {
  id: string;
  name: string;
  role: string;
  language?: string | null;
}

export function actorOfPerson(person: SessionPerson): Actor {
  return {
    kind: 'user',
    id: person.id,
    name: person.name,
    permissions: permissionsOf(person.role),
    ...((person.language === 'es' || person.language === 'en') && { language: person.language }),
  };
}

async function actorOfKey(store: Store, key: string): Promise<Actor> {
  // A key may do what its scopes say, for as long as the person who made it may work here and do the same.
  const { rows } = await sql<{ id: string; name: string; scopes: string[]; role: string; stale: boolean }>`
    select k.id, k.name, k.scopes, p.role,
           k.last_used_at is null or k.last_used_at < now() - interval '1 minute' as stale
      from api_key k
      join person p on p.id = k.created_by and p.suspended_at is null
     where k.hash = ${hashOf(key)}
       and k.revoked_at is null
       and (k.expires_at is null or k.expires_at > now())`.execute(store.db);
  const found = rows[0];
  if (!found) throw fail('VIN_ACCESS_API_KEY');
  // Once a minute is enough to see whether a key is in use, and spares a write per request.
  if (found.stale) await sql`update api_key set last_used_at = now() where id = ${found.id}`.execute(store.db);
  const held = permissionsOf(found.role);
  return { kind: 'api-key', id: found.id, name: found.name, permissions: new Set(found.scopes.filter((scope) => held.has(scope))) };
}
