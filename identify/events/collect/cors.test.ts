// Pages of other sites at the door: what browsers ask first, and which sites a key is for.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestDoor, testDoor } from './door.fixture.ts';
import { originAllowed } from './origins.ts';

let door: TestDoor;
beforeAll(async () => {
  door = await testDoor();
});
afterAll(() => door.close());

const page = (writeKey: string) => ({ writeKey, anonymousId: 'a1', name: 'Inicio' });
const from = (origin: string) => ({ origin, 'sec-fetch-site': 'cross-site' });

describe('a preflight', () => {
  it.each(['https://tienda.example', 'null'])('from %s may send what the libraries send', async (origin) => {
    const reply = await fetch(`${door.url}/v1/t`, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,content-type,x-retry-count',
      },
    });
    expect(reply.status).toBe(204);
    expect(Object.fromEntries(reply.headers)).toMatchObject({
      'access-control-allow-origin': origin,
      'access-control-allow-methods': 'GET, POST',
      'access-control-allow-headers': 'authorization,content-type,x-retry-count',
      'access-control-max-age': '86400',
      vary: expect.stringContaining('Origin'),
    });
    // No cookie may open anything here.
    expect(reply.headers.get('access-control-allow-credentials')).toBeNull();
  });
});

describe('a key without sites', () => {
  it.each(['https://tienda.example', 'http://localhost:3000', 'null'])('is for pages of %s', async (origin) => {
    const { status, headers } = await door.send('page', page(door.key.key), from(origin));
    expect({ status, origin: headers.get('access-control-allow-origin') }).toEqual({ status: 200, origin });
  });
});

describe('a key with sites', () => {
  it.each([
    ['https://tienda.example', 200],
    ['https://TIENDA.example', 200],
    ['http://tienda.example', 400],
    ['https://tienda.example:8443', 400],
    ['https://otra.example', 400],
    ['null', 400],
    ['https://blog.marca.example', 200],
    ['https://marca.example', 400],
    ['https://blog.marca.example.evil.example', 400],
  ])('from %s: %i', async (origin, status) => {
    const { key } = await door.addKey({ name: 'sitios', origins: ['https://tienda.example', 'https://*.marca.example'] });
    const sent = await door.send('page', page(key), from(origin));
    expect(sent.status).toBe(status);
    // The page that is refused can read why.
    expect(sent.headers.get('access-control-allow-origin')).toBe(origin);
    if (status === 400) expect(sent.body).toMatchObject({ code: 'VIN_EVENT_ORIGIN', detail: expect.stringContaining(origin) });
  });

  it('is for servers too, which name no site', async () => {
    const { key } = await door.addKey({ origins: ['https://tienda.example'] });
    expect((await door.send('page', page(key))).status).toBe(200);
  });
});

it('a star stands for one subdomain or more, and not for the site itself', () => {
  const allowed = ['https://*.marca.example'];
  expect(originAllowed(allowed, 'https://a.b.marca.example')).toBe(true);
  expect(originAllowed(allowed, 'https://.marca.example')).toBe(false);
  expect(originAllowed(allowed, 'https://xmarca.example')).toBe(false);
});

describe('what the library for browsers asks before it begins', () => {
  const settings = (writeKey: string, headers: Record<string, string> = {}) =>
    fetch(`${door.url}/v1/projects/${writeKey}/settings`, { headers: { origin: 'https://tienda.example', ...headers } });

  it('send everything here, load nothing from anywhere', async () => {
    const reply = await settings(door.key.key);
    expect(reply.headers.get('access-control-allow-origin')).toBe('https://tienda.example');
    const told = (await reply.json()) as { integrations: Record<string, unknown>; metrics: object; remotePlugins: unknown[] };
    expect(Object.keys(told.integrations)).toEqual(['Segment.io']);
    const host = new URL(door.url).host;
    expect(told).toMatchObject({
      integrations: { 'Segment.io': { apiKey: door.key.key, apiHost: `${host}/v1`, protocol: 'http' } },
      remotePlugins: [],
      metrics: { sampleRate: 0 },
    });
  });

  it('over https where a proxy on this machine says so', async () => {
    const told = (await (
      await settings(door.key.key, { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'crm.example' })
    ).json()) as object;
    expect(told).toMatchObject({ integrations: { 'Segment.io': { apiHost: 'crm.example/v1', protocol: 'https' } } });
  });

  it('nothing for a key nobody made', async () => {
    const reply = await settings('vk_unknown');
    expect(reply.status).toBe(400);
    expect(await reply.json()).toMatchObject({ code: 'VIN_EVENT_KEY_UNKNOWN' });
  });
});
