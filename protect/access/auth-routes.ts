import { fail, invalid, type VinculoError } from '@vinculo/errors';
import { type App, type Context, strictLimit } from '@vinculo/http';
import { translator } from '@vinculo/languages';
import { fromNodeHeaders } from 'better-auth/node';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { email, password } from './api.ts';
import { type Auth, IP_HEADER } from './auth.ts';
import { actorOfPerson } from './authenticate.ts';

const tags = ['sign-in'];
const code = z.string().trim().min(6).max(32);
const anything = z.looseObject({});
const emailOf = (request: FastifyRequest) => (request.body as { email?: string } | undefined)?.email;

/** What of better-auth is reachable, and nothing else of it: path → what it takes, how tightly it is limited, what the audit log calls it. */
const REACHABLE = {
  '/sign-in/email': {
    summary: 'Sign in with e-mail and password',
    body: z.object({ email, password: z.string().max(128), rememberMe: z.boolean().optional() }),
    limit: strictLimit(20, emailOf),
    signsIn: true,
  },
  '/sign-out': { summary: 'Sign out', body: z.object({}).nullish(), limit: undefined },
  '/two-factor/verify-totp': {
    summary: 'Second step: the code of the authenticator app',
    body: z.object({ code, trustDevice: z.boolean().optional() }),
    limit: strictLimit(20),
    signsIn: true,
  },
  '/two-factor/verify-backup-code': {
    summary: 'Second step: one of the backup codes',
    body: z.object({ code, trustDevice: z.boolean().optional() }),
    limit: strictLimit(10),
    signsIn: true,
  },
  '/two-factor/enable': {
    summary: 'Start two-step verification: gives the secret for the app and the backup codes',
    body: z.object({ password: z.string().max(128) }),
    limit: strictLimit(10),
  },
  '/two-factor/disable': {
    summary: 'End two-step verification',
    body: z.object({ password: z.string().max(128) }),
    limit: strictLimit(10),
    audit: 'user.two_factor_disabled',
  },
  '/two-factor/generate-backup-codes': {
    summary: 'New backup codes; the old ones stop working',
    body: z.object({ password: z.string().max(128) }),
    limit: strictLimit(10),
  },
  '/change-password': {
    summary: 'Change the password, knowing the present one',
    body: z.object({ currentPassword: z.string().max(128), newPassword: password, revokeOtherSessions: z.boolean().default(true) }),
    limit: strictLimit(10),
    audit: 'user.password_changed',
  },
  '/request-password-reset': {
    summary: 'Ask for a link to choose a new password',
    description: 'The answer is the same whether the address is known or not.',
    body: z.object({ email }),
    limit: strictLimit(5, emailOf),
  },
  '/reset-password': {
    summary: 'Choose a new password with the token of the link',
    body: z.object({ token: z.string().max(200), newPassword: password }),
    limit: strictLimit(10),
  },
} satisfies Record<string, Reachable>;

interface Reachable {
  summary: string;
  description?: string;
  body: z.ZodType;
  limit: ReturnType<typeof strictLimit> | undefined;
  signsIn?: boolean;
  audit?: string;
}

export function authRoutes(app: App, auth: Auth, { config, store }: Context): void {
  for (const [path, { summary, description, body, limit, signsIn, audit }] of Object.entries<Reachable>(REACHABLE)) {
    app.post(
      `/api/auth${path}`,
      {
        config: { public: true, ...(limit && { rateLimit: limit }) },
        schema: { tags, summary, description, body, response: { 200: anything } },
      },
      async (request, reply) => {
        // Read before the call: a changed password or second factor replaces the session.
        const who = audit === undefined && path !== '/two-factor/verify-totp' ? undefined : await signedIn(request);
        const answer = await forward(request);
        const said = (await answer.json().catch(() => ({}))) as {
          code?: string;
          user?: Parameters<typeof actorOfPerson>[0];
          twoFactorRedirect?: boolean;
        };
        if (!answer.ok) {
          if (signsIn) await noteFailure(request, said.code);
          throw told(answer.status, said.code);
        }
        for (const cookie of answer.headers.getSetCookie()) reply.header('set-cookie', cookie);
        if (signsIn && said.user && !said.twoFactorRedirect) {
          // The first code after turning it on also comes here, from someone already inside.
          const action = who ? 'user.two_factor_enabled' : 'user.signed_in';
          await note(request, said.user.id, action);
        }
        if (audit && who) await note(request, who.id, audit);
        return reply.send(withoutToken(said));
      },
    );
  }

  app.get(
    '/api/auth/get-session',
    {
      config: { public: true, rateLimit: { max: 300, timeWindow: '1 minute' } },
      schema: { tags, summary: 'The present session, if any', response: { 200: anything.nullable() } },
    },
    async (request, reply) => {
      const answer = await forward(request);
      for (const cookie of answer.headers.getSetCookie()) reply.header('set-cookie', cookie);
      const found = (await answer.json().catch(() => null)) as { session?: Record<string, unknown> } | null;
      return found?.session ? { ...found, session: withoutToken(found.session) } : null;
    },
  );

  async function forward(request: FastifyRequest): Promise<Response> {
    const headers = fromNodeHeaders(request.headers);
    headers.delete('content-length');
    headers.set('content-type', 'application/json');
    headers.set(IP_HEADER, request.ip);
    return auth.handler(
      new Request(new URL(request.url, config.publicUrl), {
        method: request.method,
        headers,
        ...(request.method === 'POST' && { body: JSON.stringify(request.body ?? {}) }),
      }),
    );
  }

  async function signedIn(request: FastifyRequest) {
    return (await auth.api.getSession({ headers: fromNodeHeaders(request.headers) }))?.user;
  }

  async function note(request: FastifyRequest, id: string, action: string): Promise<void> {
    const { rows } = await store.pool.query<{ id: string; name: string; role: string }>('select id, name, role from person where id = $1', [
      id,
    ]);
    if (rows[0]) request.actor = actorOfPerson(rows[0]);
    await request.audit(action, { kind: 'user', id });
  }

  /** A failed try is written down under the person it was tried on, if there is one; an unknown address is not kept. */
  async function noteFailure(request: FastifyRequest, reason: string | undefined): Promise<void> {
    const address = emailOf(request);
    const { rows } = await store.pool.query<{ id: string }>('select id from person where email = $1', [address ?? '']);
    await request.audit('user.sign_in_failed', { kind: 'user', id: rows[0]?.id ?? 'unknown' }, { reason: reason ?? 'unknown' });
  }
}

/** The cookie is the session; a copy of its token in a body would only be one more place to lose it. */
function withoutToken<T extends object>({ token: _token, ...rest }: T & { token?: unknown }): Omit<T, 'token'> {
  return rest as Omit<T, 'token'>;
}

function told(status: number, code = 'UNKNOWN'): VinculoError {
  if (code === 'INVALID_EMAIL_OR_PASSWORD') return fail('VIN_ACCESS_CREDENTIALS');
  if (status >= 500) return fail('VIN_INTERNAL', { reference: code });
  if (sentence('es', code) === '' && status === 401) return fail('VIN_ACCESS_SIGN_IN');
  const key = sentence('es', code) === '' ? 'other' : code;
  return invalid({ es: sentence('es', key), en: sentence('en', key) });
}

/** Our words for a refusal of better-auth; empty when we have none. */
const sentence = (language: 'es' | 'en', code: string): string => translator(language)(`access:failure.${code}`, { defaultValue: '' });
