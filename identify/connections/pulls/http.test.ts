import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SYSTEM } from '@vinculo/postgres';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { PullSettings } from '../api/pulls.ts';
import { compareCursors } from './places/http.ts';
import { type PullBench, pullBench } from './pulls.fixture.ts';
import { tryPlace } from './trial.ts';

type Http = Extract<PullSettings, { kind: 'http' }>;

let bench: PullBench;
beforeAll(async () => {
  bench = await pullBench();
});
afterAll(() => bench.close());

let server: Server;
let asked: IncomingMessage[];
let answer: (url: URL, reply: ServerResponse) => unknown;
beforeEach(async () => {
  asked = [];
  server = createServer((request, reply) => {
    asked.push(request);
    const body = answer(new URL(request.url!, 'http://x'), reply);
    if (body !== undefined) reply.setHeader('content-type', 'application/json').end(JSON.stringify(body));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const origin = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const settings = (changes: Partial<Http> = {}): Http => ({
  kind: 'http',
  url: `${origin()}/clientes?activos=1`,
  headers: [],
  tls: 'verify',
  rows: 'data.items',
  paging: { by: 'none' },
  ...changes,
});
const person = (id: number, changes: object = {}) => ({
  id,
  name: 'Ana',
  contact: { email: `ana${id}@example.com`, phones: ['600111222'] },
  ...changes,
});
const columns = { id: 'key', name: 'given_name', 'contact.email': 'email', 'contact.phones': 'phone' };
const customers = { importKind: 'customers' as const, columns };
const many = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => person(from + i));

describe('an address that answers with JSON', () => {
  it('shows nested values as columns, and takes the keys along', async () => {
    answer = () => ({ data: { items: many(1, 30) } });
    const trial = await tryPlace(bench.context, SYSTEM, {
      settings: settings({ headers: ['X-Api-Key'] }),
      secrets: { bearer: 'abc', 'header.X-Api-Key': 'def' },
    });
    expect(trial.columns.map(({ name }) => name)).toEqual(['id', 'name', 'contact.email', 'contact.phones']);
    expect(trial.rows).toHaveLength(20);
    expect(asked[0]!.headers).toMatchObject({ authorization: 'Bearer abc', 'x-api-key': 'def' });
    expect(asked[0]!.url).toBe('/clientes?activos=1');
  });

  it.each<[string, Partial<Http>, (url: URL, reply: ServerResponse) => unknown]>([
    [
      'a link in the answer',
      { paging: { by: 'link', path: 'next' } },
      (url) => {
        const page = Number(url.searchParams.get('p') ?? 1);
        return { data: { items: many(page * 100, page * 100 + 9) }, next: page < 3 ? `/clientes?p=${page + 1}` : null };
      },
    ],
    [
      'the Link header',
      { paging: { by: 'link', path: '' } },
      (url, reply) => {
        const page = Number(url.searchParams.get('p') ?? 1);
        if (page < 3) reply.setHeader('link', `<${origin()}/clientes?p=1>; rel="first", <${origin()}/clientes?p=${page + 1}>; rel="next"`);
        return { data: { items: many(page * 100, page * 100 + 9) } };
      },
    ],
    [
      'a cursor',
      { paging: { by: 'cursor', path: 'meta.after', parameter: 'after' } },
      (url) => {
        const page = Number(url.searchParams.get('after') ?? 1);
        return { data: { items: many(page * 100, page * 100 + 9) }, meta: { after: page < 3 ? page + 1 : null } };
      },
    ],
    [
      'numbers',
      { paging: { by: 'page', parameter: 'page' } },
      (url) => {
        const page = Number(url.searchParams.get('page'));
        return { data: { items: page <= 3 ? many(page * 100, page * 100 + 9) : [] } };
      },
    ],
  ])('is read page by page by %s', async (_by, changes, pages) => {
    answer = pages;
    const id = await bench.add(settings(changes), customers);
    const run = await bench.run(id);
    expect(run).toMatchObject({ state: 'done', rowsRead: 30, rowsRejected: 0 });
    expect(await bench.run(id)).toMatchObject({ state: 'done', rowsRead: 30, rowsSame: 30, imports: [] });
  });

  it('is asked for what is new since the last value, and what it sends again is not taken again', async () => {
    let rows = many(1000, 1004)
      .map((row, i) => ({ ...row, updated: `2026-01-0${i + 1}T10:00:00Z` }))
      .toReversed();
    answer = (url) => {
      const since = url.searchParams.get('since');
      return rows.filter((row) => !since || row.updated >= since);
    };
    const id = await bench.add(settings({ rows: '', cursor: 'updated', since: 'since' }), {
      ...customers,
      columns: { ...columns, updated: null },
    });
    expect(await bench.run(id)).toMatchObject({ state: 'done', rowsRead: 5, cursorTo: '2026-01-05T10:00:00Z' });
    expect(await bench.run(id)).toMatchObject({ state: 'done', rowsRead: 1, rowsSame: 1, imports: [] });
    rows = [...rows, { ...person(2000), updated: '2026-01-05T12:00:00+02:00' }, { ...person(2001), updated: '2026-01-06T00:00:00Z' }];
    expect(await bench.run(id)).toMatchObject({ state: 'done', rowsNew: 2, cursorTo: '2026-01-06T00:00:00Z' });
  });

  it.each<[string, Partial<Http>, (url: URL, reply: ServerResponse) => unknown]>([
    ['VIN_CONNECTION_HTTP_STATUS', {}, (_url, reply) => void reply.writeHead(401).end('no')],
    ['VIN_CONNECTION_HTTP_SHAPE', {}, (_url, reply) => void reply.end('<html>')],
    ['VIN_CONNECTION_HTTP_SHAPE', { rows: 'otra' }, () => ({ data: [] })],
    ['VIN_CONNECTION_EMPTY', {}, () => ({ data: { items: [] } })],
    ['VIN_CONNECTION_REDIRECT', {}, (_url, reply) => void reply.writeHead(302, { location: 'http://localhost:1/' }).end()],
    ['VIN_CONNECTION_UNREACHABLE', { url: 'http://127.0.0.1:1/' }, () => ({})],
    ['VIN_CONNECTION_ADDRESS', { url: 'http://169.254.169.254/latest/meta-data' }, () => ({})],
  ])('says %s of %o', async (code, changes, reply) => {
    answer = reply;
    await expect(tryPlace(bench.context, SYSTEM, { settings: settings(changes), secrets: { bearer: 'secreto' } })).rejects.toMatchObject({
      code,
    });
  });

  it('is followed within itself, and nowhere else: the keys would go along', async () => {
    answer = (url, reply) =>
      url.pathname === '/otra' ? { data: { items: many(1, 2) } } : void reply.writeHead(301, { location: '/otra' }).end();
    expect((await tryPlace(bench.context, SYSTEM, { settings: settings(), secrets: { bearer: 'x' } })).rows).toHaveLength(2);
    answer = () => ({ data: { items: many(1, 2) }, next: 'http://localhost:1/robo' });
    const id = await bench.add(settings({ paging: { by: 'link', path: 'next' } }), { ...customers, secrets: { bearer: 'x' } });
    expect(await bench.run(id)).toMatchObject({ state: 'failed', error: { code: 'VIN_CONNECTION_REDIRECT' } });
  });

  it('may leave values out without that being a change of its columns', async () => {
    answer = () => ({ data: { items: [{ id: 5000, name: 'Luz' }] } });
    const id = await bench.add(settings(), customers);
    expect(await bench.run(id)).toMatchObject({ state: 'done', rowsRead: 1, rowsRejected: 0 });
    answer = () => ({ data: { items: [{ ID: 5000, nombre: 'Luz' }] } });
    expect(await bench.run(id)).toMatchObject({ state: 'failed', error: { code: 'VIN_CONNECTION_COLUMN_GONE' } });
  });

  it('is read no further when a page leads back to itself', async () => {
    answer = () => ({ data: { items: many(1, 3) }, next: '/clientes?activos=1' });
    const id = await bench.add(settings({ paging: { by: 'link', path: 'next' } }), customers);
    expect(await bench.run(id)).toMatchObject({ state: 'done' });
    expect(asked.length).toBeLessThan(5);
  });
});

it.each([
  ['9', '10', -1],
  ['2026-01-01T12:00:00+02:00', '2026-01-01T10:30:00Z', -1],
  ['b', 'a', 1],
  ['9007199254740993', '9007199254740992', 1],
])('cursor %s against %s', (a, b, sign) => {
  expect(Math.sign(compareCursors(a, b))).toBe(sign);
  expect(Math.sign(compareCursors(b, a))).toBe(-sign);
});
