import { fail } from '@vinculo/errors';
import { sql } from 'kysely';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { App, Context, Feature } from './feature.ts';

const PATIENCE_MS = 3_000;

/** One log line a request, without anything a person typed; /healthz, /readyz and /metrics. */
export async function observe(app: App, context: Context, features: readonly Feature[]): Promise<void> {
  const metrics = createMetrics(context, features);

  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
    // Answers of the API are about people: no proxy and no browser keeps them.
    if (request.url.startsWith('/api/')) reply.header('cache-control', 'no-store');
  });

  app.addHook('onResponse', async (request, reply) => {
    // The route's pattern, never its URL: ids are fine in a log, searched names are not.
    const route = request.routeOptions.url ?? 'unknown';
    metrics.http.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1_000);
    const line = { route, method: request.method, status: reply.statusCode, ms: Math.round(reply.elapsedTime), actor: request.actor?.kind };
    if (route.startsWith('/api/') && route !== '/api/v1/jobs/stream') request.log.info(line, 'request');
    else request.log.debug(line, 'request');
  });

  app.get('/healthz', { config: { public: true } }, async () => ({ status: 'ok' }));

  app.get('/readyz', { config: { public: true } }, async (_request, reply) => {
    const [postgres, warehouse] = await Promise.all([
      inTime(sql`select 1`.execute(context.store.db)),
      inTime(context.warehouse.rows('select 1 as one')),
    ]);
    // The embedded warehouse answers one query at a time: behind a long one it is busy, and the server can still serve.
    const ready = postgres === 'ok' && (warehouse === 'ok' || (warehouse === 'busy' && context.warehouse.embedded));
    return reply.code(ready ? 200 : 503).send({ status: ready ? 'ready' : 'not ready', postgres, warehouse });
  });

  app.get('/metrics', { config: { public: true } }, async (request, reply) => {
    const local =
      ['127.0.0.1', '::1', '::ffff:127.0.0.1'].includes(request.socket.remoteAddress ?? '') && !request.headers['x-forwarded-for'];
    if (!local && !request.actor.permissions.has('settings.read')) {
      throw request.actor.kind === 'anonymous' ? fail('VIN_ACCESS_SIGN_IN') : fail('VIN_ACCESS_DENIED', { permission: 'settings.read' });
    }
    return reply.type(metrics.registry.contentType).send(await metrics.registry.metrics());
  });
}

async function inTime(question: Promise<unknown>): Promise<'ok' | 'busy' | 'failed'> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'busy'>((resolve) => {
    timer = setTimeout(resolve, PATIENCE_MS, 'busy');
  });
  return Promise.race([
    question.then(
      () => 'ok' as const,
      () => 'failed' as const,
    ),
    late,
  ]).finally(() => clearTimeout(timer));
}

function createMetrics(context: Context, features: readonly Feature[]) {
  const { store } = context;
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const http = new Histogram({
    name: 'vinculo_http_request_duration_seconds',
    help: 'Time from request to reply, by route',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.2, 0.5, 1, 2.5, 10],
    registers: [registry],
  });
  const connections = new Gauge({
    name: 'vinculo_postgres_connections',
    help: 'Connections of the pool, and callers waiting for one',
    labelNames: ['state'],
    collect() {
      this.set({ state: 'idle' }, store.pool.idleCount);
      this.set({ state: 'busy' }, store.pool.totalCount - store.pool.idleCount);
      this.set({ state: 'waiting' }, store.pool.waitingCount);
    },
    registers: [],
  });
  const jobs = new Gauge({
    name: 'vinculo_jobs',
    help: 'Jobs of the last day by name and state',
    labelNames: ['name', 'state'],
    async collect() {
      const { rows } = await sql<{ name: string; state: string; count: number }>`
        select name, state, count(*)::int as count from job_run
         where created_at > now() - interval '1 day' group by name, state`.execute(store.db);
      this.reset();
      for (const { name, state, count } of rows) this.set({ name, state }, count);
    },
    registers: [],
  });
  for (const { name, help, labels = [], read } of features.flatMap((feature) => feature.gauges?.(context) ?? [])) {
    const gauge = new Gauge({
      name,
      help,
      labelNames: [...labels],
      async collect() {
        this.reset();
        for (const one of await read()) this.set(one.labels ?? {}, one.value);
      },
      registers: [],
    });
    registry.registerMetric(gauge);
  }
  registry.registerMetric(connections);
  registry.registerMetric(jobs);
  return { registry, http };
}
