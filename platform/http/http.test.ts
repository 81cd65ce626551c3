import { mkdtemp, mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fail } from '@vinculo/errors';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { page, pageQuery } from './api.ts';
import { decodeIdCursor, toPage } from './cursor.ts';
import type { Feature } from './feature.ts';
import { type TestApp, testApp } from './test-context.ts';

const made: string[] = [];
const tags = ['things'];
const thing = z.object({ id: z.string() });
const IDS = Array.from({ length: 25 }, (_, i) => `00000000-0000-7000-8000-${String(i).padStart(12, '0')}`);

const things: Feature = {
  name: 'things',
  routes(app) {
    app.get(
      '/api/v1/things',
      { config: { permission: 'thing.read' }, schema: { tags, summary: 'Things', querystring: pageQuery, response: { 200: page(thing) } } },
      async ({ query: { cursor, limit } }) => {
        const after = decodeIdCursor(cursor) ?? '';
        return toPage(
          IDS.filter((id) => id > after)
            .slice(0, limit + 1)
            .map((id) => ({ id })),
          limit,
          ({ id }) => [id],
        );
      },
    );
    app.get(
      '/api/v1/things/:id',
      {
        config: { permission: 'thing.read', audit: { action: 'thing.read', subject: 'thing', id: ({ params }) => params.id } },
        schema: { tags, summary: 'A thing', params: thing, response: { 200: thing.extend({ at: z.string() }) } },
      },
      async ({ params }) => {
        if (params.id === 'none') throw fail('VIN_JOB_UNKNOWN', { name: 'x' });
        if (params.id === 'broken') throw new Error('duplicate key: Key (email)=(secret@example.com)');
        return { id: params.id, at: '2026-01-01T00:00:00Z' };
      },
    );
    app.get(
      '/api/v1/things/:id/parts/:place',
      {
        config: { permission: 'thing.read' },
        schema: {
          tags,
          summary: 'A part of a thing',
          params: z.object({ id: z.uuid(), place: z.coerce.number().int() }),
          querystring: z.object({ size: z.coerce.number().optional() }),
          response: { 200: thing },
        },
      },
      async ({ params }) => ({ id: params.id }),
    );
    app.post(
      '/api/v1/things',
      {
        config: { permission: ['thing.read', 'thing.write'], idempotent: true },
        schema: {
          tags,
          summary: 'Make a thing',
          body: z.strictObject({
            name: z.string().min(3).max(10),
            email: z.email(),
            count: z.number().int().min(1),
            kind: z.enum(['a', 'b']),
            parts: z.array(z.object({ size: z.number() })).max(2),
            slow: z.boolean().optional(),
          }),
          response: { 201: z.object({ id: z.string(), secret: z.string() }) },
        },
      },
      async (request, reply) => {
        if (request.body.slow) await sleep(400);
        if (request.body.name === 'fails' && made.length % 2 === 0) {
          made.push('failed');
          throw new Error('try again');
        }
        made.push(request.body.name);
        return reply
          .code(201)
          .header('location', '/api/v1/things/1')
          .send({ id: String(made.length), secret: 'shown once' });
      },
    );
  },
};

const BODY = { name: 'cosa', email: 'a@example.com', count: 1, kind: 'a', parts: [] };
const ana = { 'x-actor': 'ana', 'x-may': 'thing.read,thing.write,job.read,job.manage,settings.read,settings.write' };

let test: TestApp;
beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'vinculo-console-'));
  await mkdir(join(folder, 'assets'));
  await writeFile(join(folder, 'index.html'), '<!doctype html><title>Vínculo</title>');
  await writeFile(join(folder, 'assets', 'app-abc123.js'), `console.log(${JSON.stringify('x'.repeat(5_000))})`);
  test = await testApp([things], { console: folder });
});
afterAll(() => test.close());

describe('an error', () => {
  it('is problem details with a stable code, in the reader’s language', async () => {
    const reply = await test.app.inject({ url: '/api/v1/things/none', headers: { ...ana, 'accept-language': 'en-GB' } });
    expect(reply.statusCode).toBe(500);
    expect(reply.headers['content-type']).toContain('application/problem+json');
    expect(reply.json()).toMatchObject({
      type: 'urn:vinculo:error:VIN_JOB_UNKNOWN',
      code: 'VIN_JOB_UNKNOWN',
      title: 'Server error',
      status: 500,
    });
    const es = await test.app.inject({ url: '/api/v1/things/none', headers: { ...ana, 'accept-language': 'en', 'x-speaks': 'es' } });
    expect(es.json()).toMatchObject({ title: 'Error del servidor', detail: expect.stringContaining('«x»') });
  });

  it('nobody foresaw keeps its insides to the log', async () => {
    const reply = await test.app.inject({ url: '/api/v1/things/broken', headers: ana });
    expect(reply.json().code).toBe('VIN_INTERNAL');
    expect(reply.body).not.toContain('duplicate');
    expect(reply.json().instance).toContain(reply.headers['x-request-id']);
  });

  it('of input names every field, says what is wrong with it and repeats no value', async () => {
    const body = { name: 'ab', email: 'secreto', count: 1.5, kind: 'c', parts: [{ size: 'x' }, {}], extra: 1 };
    const said = async (language: string) =>
      (
        await test.app.inject({ method: 'POST', url: '/api/v1/things', headers: { ...ana, 'accept-language': language }, payload: body })
      ).json();
    const en = await said('en');
    expect(en).toMatchObject({ code: 'VIN_REQUEST_INVALID', status: 400 });
    expect(Object.fromEntries(en.errors.map((error: { field: string; message: string }) => [error.field, error.message]))).toMatchObject({
      name: 'It needs at least 3 characters.',
      email: 'It is not an e-mail address. For example: ana@company.com.',
      count: 'It must be a whole number.',
      kind: 'It must be one of: a, b.',
      'parts.0.size': 'It must be a number.',
      'parts.1.size': 'This is missing.',
      extra: 'There is no such field.',
    });
    const crowded = await test.app.inject({
      method: 'POST',
      url: '/api/v1/things',
      headers: { ...ana, 'accept-language': 'en' },
      payload: { ...BODY, parts: [{}, {}, {}] },
    });
    expect(crowded.json().errors).toMatchObject([{ field: 'parts', message: 'At most 2 fit.' }]);
    const es = await said('es');
    expect(es.errors.find(({ field }: { field: string }) => field === 'name').message).toBe('Debe tener al menos 3 caracteres.');
    expect(es.detail).toContain('campos por corregir');
    expect(JSON.stringify([en, es])).not.toContain('secreto');
  });

  it('of shape or address is one too', async () => {
    const broken = await test.app.inject({
      method: 'POST',
      url: '/api/v1/things',
      headers: { ...ana, 'content-type': 'application/json' },
      payload: '{"a":',
    });
    expect(broken.json()).toMatchObject({ code: 'VIN_REQUEST_INVALID', status: 400 });
    const large = await test.app.inject({
      method: 'POST',
      url: '/api/v1/things',
      headers: ana,
      payload: { name: 'x'.repeat(11 * 1024 * 1024) },
    });
    expect(large.json()).toMatchObject({ code: 'VIN_REQUEST_TOO_LARGE', status: 413 });
    expect((await test.app.inject({ url: '/api/v1/nowhere' })).json()).toMatchObject({ code: 'VIN_ROUTE_NOT_FOUND', status: 404 });
  });

  it('of an identifier that is none says that nothing is there, not that a field is wrong', async () => {
    const get = async (path: string, language = 'es') => {
      const reply = await test.app.inject({ url: `/api/v1/things/${path}`, headers: { ...ana, 'accept-language': language } });
      return { status: reply.statusCode, ...reply.json<{ code?: string; detail?: string; errors?: unknown }>() };
    };
    const known = IDS[3]!;
    expect((await get(`${known}/parts/1`)).status).toBe(200);
    const wrong = await get('foo/parts/1');
    expect(wrong).toMatchObject({ status: 404, code: 'VIN_REQUEST_ADDRESS', detail: expect.stringContaining('«foo»') });
    expect(wrong).not.toHaveProperty('errors');
    expect((await get('foo/parts/bar', 'en')).detail).toContain('"foo, bar"');
    expect((await get(`${known}/parts/bar`, 'en')).detail).toContain('"bar"');
    // What is wrong behind the question mark still is a field.
    expect(await get(`${known}/parts/1?size=x`)).toMatchObject({ status: 400, code: 'VIN_REQUEST_INVALID' });
    // Whether something may be seen is decided before.
    expect((await test.app.inject({ url: '/api/v1/things/foo/parts/1' })).statusCode).toBe(401);
  });
});

describe('a route', () => {
  it('opens only to those who hold every permission it declares', async () => {
    const post = (may: string) =>
      test.app.inject({ method: 'POST', url: '/api/v1/things', headers: { 'x-actor': 'eva', 'x-may': may }, payload: BODY });
    expect((await test.app.inject({ url: '/api/v1/things' })).json().code).toBe('VIN_ACCESS_SIGN_IN');
    expect((await post('thing.read')).json()).toMatchObject({ code: 'VIN_ACCESS_DENIED', status: 403 });
    // Those that are missing, all of them and no other.
    expect((await post('thing.read')).json().detail).toMatch(/«thing\.write»/);
    expect((await post('other')).json().detail).toMatch(/«thing\.read, thing\.write»/);
    expect((await post('thing.read,thing.write')).statusCode).toBe(201);
  });

  it('that declares neither a permission nor that it is public stops the start', async () => {
    const forgetful: Feature = {
      name: 'forgetful',
      routes: (app) => void app.get('/api/v1/open', { schema: { tags, summary: 'x', response: { 200: z.string() } } }, async () => 'x'),
    };
    const { createApp } = await import('./create-app.ts');
    await expect(createApp(test.context, [forgetful])).rejects.toThrow('GET /api/v1/open declares neither');
    const mute: Feature = { name: 'mute', routes: (app) => void app.get('/api/v1/mute', { config: { public: true } }, async () => 'x') };
    await expect(createApp(test.context, [mute])).rejects.toThrow('/api/v1/mute: summary');
  });

  it('that declares an audit is written down before the reply leaves, if it succeeded', async () => {
    test.audited.length = 0;
    await test.app.inject({ url: '/api/v1/things/7', headers: ana });
    await test.app.inject({ url: '/api/v1/things/none', headers: ana });
    await test.app.inject({ url: '/api/v1/things/7' });
    expect(test.audited).toHaveLength(1);
    expect(test.audited[0]).toMatchObject({ action: 'thing.read', subject: { kind: 'thing', id: '7' }, actor: { id: 'ana' } });
  });

  it('that cannot be written down is not shown', async () => {
    const failing: Feature = {
      name: 'failing',
      routes(app) {
        app.setAuthenticator(async () => ({ kind: 'user', id: 'a', name: 'a', permissions: new Set(['thing.read']) }));
        app.setAuditor(async () => {
          throw new Error('disk full');
        });
      },
    };
    const { createApp } = await import('./create-app.ts');
    const app = await createApp(test.context, [failing, things]);
    const reply = await app.inject({ url: '/api/v1/things/7' });
    expect(reply.statusCode).toBe(500);
    expect(reply.body).not.toContain('2026-01-01');
    await app.close();
  });
});

describe('a list', () => {
  it('gives every item once, page after page', async () => {
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const reply = await test.app.inject({ url: `/api/v1/things?limit=10${cursor ? `&cursor=${cursor}` : ''}`, headers: ana });
      const list = reply.json() as { items: { id: string }[]; next: string | null };
      seen.push(...list.items.map(({ id }) => id));
      cursor = list.next;
    } while (cursor);
    expect(seen).toEqual(IDS);
    expect((await test.app.inject({ url: '/api/v1/things?limit=10&cursor=WyJub3BlIl0', headers: ana })).json().code).toBe(
      'VIN_REQUEST_CURSOR',
    );
    expect((await test.app.inject({ url: '/api/v1/things?limit=1000', headers: ana })).statusCode).toBe(400);
  });
});

const post = (key: string, payload: object = BODY, headers: object = ana) =>
  test.app.inject({ method: 'POST', url: '/api/v1/things', headers: { ...headers, 'idempotency-key': key }, payload });

describe('Idempotency-Key', () => {
  it('makes a repeated request harmless', async () => {
    const before = made.length;
    const first = await post('k1');
    const again = await post('k1');
    expect(made.length - before).toBe(1);
    expect([again.statusCode, again.json(), again.headers.location]).toEqual([201, first.json(), '/api/v1/things/1']);
    expect(again.headers['idempotent-replayed']).toBe('true');
  });

  it('belongs to its caller, and to its content', async () => {
    const before = made.length;
    await post('k2');
    expect((await post('k2', { ...BODY, count: 2 })).json()).toMatchObject({ code: 'VIN_IDEMPOTENCY_REUSED', status: 422 });
    await post('k2', BODY, { ...ana, 'x-actor': 'otra' });
    expect(made.length - before).toBe(2);
    expect((await post('not printable: ñ'.replace('ñ', '\u0007'))).statusCode).toBe(400);
  });

  it('lets one of many at once through; the others get its answer', async () => {
    const before = made.length;
    const replies = await Promise.all(Array.from({ length: 8 }, () => post('k3', { ...BODY, slow: true })));
    expect(made.length - before).toBe(1);
    expect(new Set(replies.map(({ body }) => body)).size).toBe(1);
  });

  it('remembers no failure of ours', async () => {
    if (made.length % 2 === 1) made.push('even');
    expect((await post('k4', { ...BODY, name: 'fails' })).statusCode).toBe(500);
    expect((await post('k4', { ...BODY, name: 'fails' })).statusCode).toBe(201);
  });

  it('keeps replies unreadable: one may hold a secret', async () => {
    const { rows } = await test.context.store.pool.query<{ reply: Buffer }>('select reply from idempotency_key where reply is not null');
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.every(({ reply }) => !reply.toString('latin1').includes('shown once'))).toBe(true);
  });
});

const put = (payload: object, headers: object = {}) =>
  test.app.inject({ method: 'PUT', url: '/api/v1/settings', headers: { ...ana, 'accept-language': 'en', ...headers }, payload });
const readSettings = async () => (await test.app.inject({ url: '/api/v1/settings', headers: ana })).json();

describe('a request another site makes a browser send', () => {
  it.each([
    ['Sec-Fetch-Site: cross-site', { 'sec-fetch-site': 'cross-site' }, 403],
    ['a sibling domain', { 'sec-fetch-site': 'same-site' }, 403],
    ['a foreign Origin', { origin: 'https://evil.example' }, 403],
    ['an opaque Origin', { origin: 'null' }, 403],
    ['the same origin', { 'sec-fetch-site': 'same-origin', origin: 'http://localhost:80' }, 200],
    ['the same host as Origin', { origin: 'http://vinculo.example', host: 'vinculo.example' }, 200],
    ['no browser', {}, 200],
    ['a foreign Origin with a key', { origin: 'https://evil.example', authorization: 'Bearer vin_x' }, 200],
  ])('%s', async (_, headers, status) => {
    const reply = await put({}, headers);
    expect(reply.statusCode).toBe(status);
    if (status === 403) expect(reply.json().code).toBe('VIN_ACCESS_ORIGIN');
  });
});

describe('limits', () => {
  it('stop a stranger who hammers, and tell how long to wait', async () => {
    const ask = () => test.app.inject({ url: '/api/v1/things', remoteAddress: '203.0.113.7' });
    let last = await ask();
    for (let i = 0; i < 1_250 && last.statusCode === 401; i++) last = await ask();
    expect(last.json()).toMatchObject({ code: 'VIN_REQUEST_TOO_MANY', status: 429 });
    expect(Number(last.headers['retry-after'])).toBeGreaterThan(0);
    expect((await test.app.inject({ url: '/api/v1/things', remoteAddress: '203.0.113.8' })).statusCode).toBe(401);
    expect((await test.app.inject({ url: '/api/v1/things', remoteAddress: '203.0.113.7', headers: ana })).statusCode).toBe(200);
  });
});

describe('the OpenAPI document', () => {
  it('is 3.1 and every operation of ours says what it is, what it needs and how it fails', async () => {
    const document = (await test.app.inject({ url: '/api/openapi.json' })).json();
    expect(document.openapi).toBe('3.1.0');
    expect(document.components.schemas).toHaveProperty('Problem');
    const operations = Object.entries(document.paths as Record<string, Record<string, Record<string, unknown>>>).flatMap(
      ([path, methods]) =>
        Object.entries(methods).map(([method, operation]) => ({ name: `${method} ${path}`, ...operation }) as Record<string, unknown>),
    );
    expect(operations.length).toBeGreaterThan(8);
    for (const operation of operations) {
      expect(operation).toMatchObject({ summary: expect.any(String), tags: [expect.any(String)] });
      expect(operation.responses).toHaveProperty('default.content.application/problem+json');
    }
    expect(document.paths['/api/v1/things'].post).toMatchObject({ 'x-permission': ['thing.read', 'thing.write'] });
    expect(JSON.stringify(document.paths['/api/v1/things'].post.parameters)).toContain('Idempotency-Key');
  });

  it('can be browsed', async () => {
    expect((await test.app.inject({ url: '/api/docs' })).statusCode).toBe(200);
    expect((await test.app.inject({ url: '/api/docs/static/swagger-ui.css' })).statusCode).toBe(200);
  });
});

describe('the console', () => {
  it('is served fresh, its named files for ever, and every other address is its page', async () => {
    const root = await test.app.inject({ url: '/' });
    expect([root.statusCode, root.headers['cache-control']]).toEqual([200, 'no-cache']);
    expect(root.headers['content-security-policy']).toContain("script-src 'self'");
    const script = await test.app.inject({ url: '/assets/app-abc123.js', headers: { 'accept-encoding': 'br' } });
    expect(script.headers).toMatchObject({ 'cache-control': 'public, max-age=31536000, immutable', 'content-encoding': 'br' });
    expect((await test.app.inject({ url: '/customers/12' })).body).toContain('<title>Vínculo');
    for (const url of ['/assets/gone.js', '/assets/', '/assets']) expect((await test.app.inject({ url })).statusCode, url).not.toBe(500);
    expect((await test.app.inject({ url: '/assets/gone.js' })).statusCode).toBe(404);
    for (const url of ['/api/v1/nothing', '/v1/track']) expect((await test.app.inject({ url })).statusCode, url).toBe(404);
    expect((await test.app.inject({ url: '/../../etc/passwd' })).body).not.toContain('root:');
  });
});

describe('what a machine asks', () => {
  it('health, readiness and metrics', async () => {
    expect((await test.app.inject({ url: '/healthz' })).json()).toEqual({ status: 'ok' });
    expect((await test.app.inject({ url: '/readyz' })).json()).toEqual({ status: 'ready', postgres: 'ok', warehouse: 'ok' });
    const metrics = (await test.app.inject({ url: '/metrics' })).body;
    expect(metrics).toContain('vinculo_http_request_duration_seconds_bucket');
    expect(metrics).toContain('route="/api/v1/things/:id"');
    expect(metrics).toContain('vinculo_postgres_connections{state="idle"}');
    expect((await test.app.inject({ url: '/metrics', remoteAddress: '203.0.113.9' })).statusCode).toBe(401);
  });

  it('a log without what people typed', () => {
    const log = test.logged.join('');
    expect(log).toContain('"route":"/api/v1/things/:id"');
    expect(log).not.toMatch(/cursor=|limit=|secreto|a@example\.com/);
  });
});

describe('settings', () => {
  it('start from the configuration and change one by one', async () => {
    expect(await readSettings()).toEqual({ companyName: '', timeZone: 'Europe/Madrid', currency: 'EUR', country: 'ES', language: 'es' });
    await Promise.all([put({ currency: 'COP' }), put({ companyName: 'Panadería Sol' })]);
    expect(await readSettings()).toMatchObject({ currency: 'COP', companyName: 'Panadería Sol', country: 'ES' });
    expect((await put({ timeZone: 'Marte/Olympus', currency: 'ZZQ' })).json().errors).toMatchObject([
      { field: 'timeZone', message: 'It is not a time zone. For example: Europe/Madrid.' },
      { field: 'currency', message: 'It is not a currency. For example: EUR.' },
    ]);
  });
});
