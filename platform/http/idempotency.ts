import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { sealedBox } from '@vinculo/config';
import { fail, invalid } from '@vinculo/errors';
import type { Store } from '@vinculo/postgres';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sql } from 'kysely';
import type { App, Context } from './feature.ts';

/** How long a second request with the same key waits for the first one's answer, and how long a first may take before it counts as dead. */
const WAIT_MS = 10_000;
const DEAD_AFTER = '2 minutes';
/** With the cookie of whoever was let in: a first answer lost on its way must not leave them at the door. */
const KEPT_HEADERS = ['content-type', 'location', 'set-cookie'];

interface Claim {
  actor: string;
  route: string;
  key: string;
}

const claims = new WeakMap<FastifyRequest, Claim>();

/**
 * Idempotency-Key for the POST routes that declare `idempotent`: the first reply is kept for a day and given again to the same caller,
 * route and key. Replies are kept encrypted, since one may hold a key or a link shown only once.
 *
 * Source: IETF draft-ietf-httpapi-idempotency-key-header.
 */
export function idempotency(app: App, { store, config }: Context): void {
  const box = sealedBox(config.secret ?? '', 'idempotency');

  app.addHook('onRoute', (route) => {
    if (!route.config?.idempotent) return;
    route.preHandler = [
      ...[route.preHandler ?? []].flat(),
      (request: FastifyRequest, reply: FastifyReply) => claimOrReplay(request, reply),
    ];
    route.onSend = [
      ...[route.onSend ?? []].flat(),
      (request: FastifyRequest, reply: FastifyReply, payload: unknown) => keep(request, reply, payload),
    ];
    route.onRequestAbort = [...[route.onRequestAbort ?? []].flat(), async (request: FastifyRequest) => release(request)];
  });

  async function claimOrReplay(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> {
    const key = request.headers['idempotency-key'];
    if (key === undefined) return undefined;
    if (typeof key !== 'string' || !/^[\x21-\x7e]{1,200}$/.test(key))
      throw invalid({
        es: 'la cabecera Idempotency-Key debe tener entre 1 y 200 caracteres ASCII visibles',
        en: 'the Idempotency-Key header must have 1 to 200 visible ASCII characters',
      });
    const claim = { actor: `${request.actor.kind}:${request.actor.id}`, route: `POST ${request.url.split('?')[0]}`, key };
    const hash = createHash('sha256')
      .update(JSON.stringify(request.body ?? null))
      .digest('hex');

    const deadline = Date.now() + WAIT_MS;
    for (;;) {
      if (await claimed(store, claim, hash)) {
        claims.set(request, claim);
        return undefined;
      }
      const first = await answerOf(store, claim);
      if (!first) continue; // Released between the two statements: claim it again.
      if (first.body_hash !== hash) throw fail('VIN_IDEMPOTENCY_REUSED');
      if (first.status !== null) {
        const { headers, body } = JSON.parse(box.open(first.reply!)) as { headers: Record<string, string | string[]>; body: string };
        return reply
          .code(first.status)
          .headers({ ...headers, 'idempotent-replayed': 'true' })
          .serializer((payload) => payload as string)
          .send(body);
      }
      if (Date.now() > deadline) {
        reply.header('retry-after', '5');
        throw fail('VIN_IDEMPOTENCY_RUNNING');
      }
      await sleep(100);
    }
  }

  async function keep(request: FastifyRequest, reply: FastifyReply, payload: unknown): Promise<unknown> {
    const claim = claims.get(request);
    if (!claim) return payload;
    // A failure of ours is worth another try; a stream cannot be given twice.
    if (reply.statusCode >= 500 || (typeof payload !== 'string' && payload !== undefined && payload !== null)) {
      await release(request);
      return payload;
    }
    claims.delete(request);
    const headers = Object.fromEntries(KEPT_HEADERS.flatMap((name) => (reply.hasHeader(name) ? [[name, reply.getHeader(name)]] : [])));
    const sealed = box.seal(JSON.stringify({ headers, body: payload ?? '' }));
    await sql`
      update idempotency_key set status = ${reply.statusCode}, reply = ${sealed}
       where actor_id = ${claim.actor} and route = ${claim.route} and key = ${claim.key}`.execute(store.db);
    return payload;
  }

  async function release(request: FastifyRequest): Promise<void> {
    const claim = claims.get(request);
    if (!claim) return;
    claims.delete(request);
    await sql`
      delete from idempotency_key
       where actor_id = ${claim.actor} and route = ${claim.route} and key = ${claim.key} and status is null`.execute(store.db);
  }
}

async function claimed(store: Store, claim: Claim, hash: string): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into idempotency_key (actor_id, route, key, body_hash)
    values (${claim.actor}, ${claim.route}, ${claim.key}, ${hash})
    on conflict (actor_id, route, key) do update
       set body_hash = excluded.body_hash, created_at = now(), status = null, reply = null
     where idempotency_key.created_at < now() - interval '24 hours'
        or (idempotency_key.status is null and idempotency_key.created_at < now() - ${DEAD_AFTER}::interval)`.execute(store.db);
  return numAffectedRows === 1n;
}

async function answerOf(store: Store, claim: Claim) {
  const { rows } = await sql<{ body_hash: string; status: number | null; reply: Buffer | null }>`
    select body_hash, status, reply from idempotency_key
     where actor_id = ${claim.actor} and route = ${claim.route} and key = ${claim.key}`.execute(store.db);
  return rows[0];
}

/** Replies older than a day are nobody's any more. */
export async function forgetIdempotencyKeys(store: Store): Promise<number> {
  const { numAffectedRows } = await sql`delete from idempotency_key where created_at < now() - interval '24 hours'`.execute(store.db);
  return Number(numAffectedRows ?? 0n);
}
