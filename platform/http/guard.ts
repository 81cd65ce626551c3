import { fail } from '@vinculo/errors';
import type { Actor } from '@vinculo/postgres';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { App, AuditedRequest, Auditor, Authenticator, Context } from './feature.ts';
import { withinRequest } from './request-context.ts';

const nobody: Authenticator = async () => undefined;
const nowhere: Auditor = async () => {};
const ANONYMOUS: Actor = { kind: 'anonymous', id: 'anonymous', name: 'anonymous', permissions: new Set() };

/**
 * Who asks, whether they may, and what the audit log must remember: decided here for every route, from what the route declares.
 *
 * A route that declares neither a permission nor that it is public stops the start: forgetting is not a way to be public.
 */
export function guardRoutes(app: App, context: Context): void {
  let authenticate: Authenticator = nobody;
  let record: Auditor = nowhere;
  app.decorate('setAuthenticator', (given: Authenticator) => {
    authenticate = given;
  });
  app.decorate('setAuditor', (given: Auditor) => {
    record = given;
  });
  app.decorateRequest('actor', null as never);
  app.decorateRequest('language', context.config.language);
  app.decorateRequest('credential', 'none');
  app.decorateRequest('audit', function (this: FastifyRequest, action, subject, detail = {}) {
    return record({ action, subject, detail, actor: this.actor, requestId: this.id, ip: this.ip });
  });

  app.addHook('onRequest', (request, _reply, done) => withinRequest({ requestId: request.id, ip: request.ip }, done));
  app.addHook('onRequest', async (request, reply) => {
    request.actor = ANONYMOUS;
    request.language = acceptedLanguage(request.headers['accept-language']) ?? context.config.language;
    if (!request.routeOptions.config?.anyOrigin) refuseForgery(request, context.config.publicUrl);
    if (!asksWho(request)) return;
    const actor = await authenticate(request, reply);
    if (actor) request.actor = actor;
    if (actor?.language) request.language = actor.language;
  });

  app.addHook('onRoute', (route) => {
    const { permission, public: open } = route.config ?? {};
    if (ofPlugin(route.url)) {
      route.config = { ...route.config, public: true, hidden: true };
    } else if ((permission === undefined) === (open === undefined)) {
      throw new Error(
        `${String(route.method)} ${route.url} declares ${open ? 'both a permission and that it is public' : 'neither a permission nor that it is public'}: say one of them in its config.`,
      );
    } else if (permission !== undefined) {
      // Last in the route's own list: after the rate limit, so that a refusal counts against the caller too.
      route.onRequest = [...hooks(route.onRequest), requirePermission([permission].flat())];
    }
    const declared = route.config?.audit;
    if (declared) {
      route.onSend = [
        ...hooks(route.onSend),
        async (request: FastifyRequest, reply: FastifyReply) => {
          if (reply.statusCode >= 400) return;
          const seen = request as unknown as AuditedRequest;
          // Awaited before the reply leaves: what cannot be written down is not shown.
          await request.audit(declared.action, { kind: declared.subject, id: declared.id?.(seen) ?? '*' }, declared.detail?.(seen) ?? {});
        },
      ];
    }
  });
}

function requirePermission(needed: string[]) {
  return async (request: FastifyRequest): Promise<void> => {
    const { actor } = request;
    if (actor.kind === 'anonymous') throw fail('VIN_ACCESS_SIGN_IN');
    const missing = needed.filter((name) => name !== 'signed-in' && !actor.permissions.has(name));
    if (missing.length > 0) throw fail('VIN_ACCESS_DENIED', { permission: missing.join(', ') });
  };
}

/**
 * A browser sends cookies with requests that other sites make it send. Those say so in Sec-Fetch-Site or Origin, and are refused
 * when they would change something. A caller with an API key is no browser acting unasked; SameSite=Lax cookies are the second wall.
 */
function refuseForgery(request: FastifyRequest, publicUrl: string): void {
  if (request.method === 'GET' || request.method === 'HEAD' || request.method === 'OPTIONS') return;
  if (request.headers.authorization?.startsWith('Bearer ')) return;
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined) {
    if (site === 'same-origin' || site === 'none') return;
    throw fail('VIN_ACCESS_ORIGIN', { origin: request.headers.origin ?? site, expected: publicUrl });
  }
  const { origin, host } = request.headers;
  if (origin === undefined) return; // No browser: every browser names its origin on an unsafe request.
  if (hostOf(origin) !== undefined && (hostOf(origin) === host || hostOf(origin) === hostOf(publicUrl))) return;
  throw fail('VIN_ACCESS_ORIGIN', { origin, expected: publicUrl });
}

function hostOf(url: string): string | undefined {
  return URL.canParse(url) ? new URL(url).host : undefined;
}

/** Files of the console and sign-in's own routes need no look into the session table. */
function asksWho(request: FastifyRequest): boolean {
  const { url } = request;
  return (url.startsWith('/api/') && !url.startsWith('/api/auth/')) || url.startsWith('/metrics');
}

const ofPlugin = (url: string) => url === '/*' || url.startsWith('/api/docs');

function hooks<T>(given: T | T[] | undefined): T[] {
  return given === undefined ? [] : ([given].flat() as T[]);
}

/** The first of our languages in an Accept-Language header, by its weights (RFC 9110, 12.5.4). */
export function acceptedLanguage(header: string | undefined): 'es' | 'en' | undefined {
  return header
    ?.split(',')
    .map((part) => {
      const [tag = '', ...params] = part.trim().toLowerCase().split(';');
      const weight = params.map((param) => /^\s*q=([\d.]+)/.exec(param)?.[1]).find((q) => q !== undefined);
      return { language: tag.split('-')[0], weight: weight === undefined ? 1 : Number(weight) };
    })
    .filter(
      (wish): wish is { language: 'es' | 'en'; weight: number } => (wish.language === 'es' || wish.language === 'en') && wish.weight > 0,
    )
    .toSorted((a, b) => b.weight - a.weight)[0]?.language;
}
