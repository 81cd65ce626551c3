// Segment's own library for browsers, as it comes from npm, on a page of another site: told of our server and of nothing else.
import { createReadStream } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { startWorld, takeTroubles, until, type World } from './world.ts';

const LIBRARY = join(dirname(createRequire(import.meta.url).resolve('@segment/analytics-next/package.json')), 'dist', 'umd');

interface LiveEvent {
  type: string;
  name: string;
  path: string;
  rejected: boolean;
  whose: string;
  customer: { id: string; name: string } | null;
}

let world: World;
let site: Server;
let shop: string;
let writeKey: string;

beforeAll(async () => {
  world = await startWorld();
  site = createServer((request, reply) => {
    const path = new URL(request.url!, 'http://site').pathname;
    if (path.endsWith('.js')) {
      reply.setHeader('content-type', 'text/javascript');
      createReadStream(join(LIBRARY, path.replace(/^.*\//, ''))).pipe(reply);
      return;
    }
    reply.setHeader('content-type', 'text/html; charset=utf-8');
    reply.end('<!doctype html><title>Otra tienda</title><h1>Hola</h1>');
  });
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
  shop = `http://localhost:${(site.address() as AddressInfo).port}`;
  const source = await world.api.send<{ id: string }>('/sources', { name: 'web', label: 'Web', country: 'ES', trust: 50 });
  ({ key: writeKey } = await world.api.send<{ key: string }>(`/sources/${source.id}/write-keys`, { name: 'web', origins: [shop] }));
});
afterAll(async () => {
  site?.close();
  await world?.stop();
});

async function open(path: string): Promise<Page> {
  const page = await world.visitor();
  const elsewhere: string[] = [];
  page.on('request', (request) => {
    const { origin } = new URL(request.url());
    if (origin !== shop && origin !== world.url) elsewhere.push(request.url());
  });
  onTestFinished(() => {
    expect(elsewhere, 'Nothing is loaded from, or told to, anybody else').toEqual([]);
    expect(takeTroubles(page).filter((trouble) => !trouble.includes('favicon'))).toEqual([]);
  });
  await page.goto(shop + path);
  return page;
}

const arrived = async () =>
  (await world.api.get<{ items: LiveEvent[] }>('/events')).items.filter(({ path }) => path === '' || path !== '/');

it('loaded as a module is: every call arrives and becomes what it should', async () => {
  const page = await open('/catalogo');
  await page.addScriptTag({ url: `${shop}/index.js` });
  const ids = await page.evaluate<{ before: string; after: string }>(`(async () => {
    const [analytics] = await AnalyticsNext.AnalyticsBrowser.load({ writeKey: ${JSON.stringify(writeKey)}, cdnURL: ${JSON.stringify(world.url)} });
    await analytics.page('Catálogo');
    await analytics.track('Product Viewed', { product_id: 'A-1', name: 'Jarra', price: 12.5, currency: 'EUR' });
    await analytics.identify('cliente-1', { firstName: 'Ana', lastName: 'Ruiz Peña', email: 'ana.ruiz@correo.example' });
    await analytics.group('taller-1', { name: 'Taller Ruiz' });
    await analytics.track('Order Completed', { order_id: 'P-1', total: 25, currency: 'EUR', products: [{ product_id: 'A-1', price: 12.5, quantity: 2 }] });
    // Of somebody signed in the library sends their own userId, whatever is asked; so it is the other that is told.
    await analytics.alias('cliente-1', 'cliente-de-antes');
    const before = analytics.user().anonymousId();
    await analytics.reset();
    await analytics.track('Product Searched Again');
    return { before, after: analytics.user().anonymousId() };
  })()`);
  expect(ids.after).not.toBe(ids.before);
  const names = async () => (await arrived()).map(({ type, name }) => (type === 'track' ? name : type)).toSorted();
  await until(names).toEqual(['Order Completed', 'Product Searched Again', 'Product Viewed', 'alias', 'group', 'identify', 'page']);
  const events = await arrived();
  expect(events.filter(({ rejected }) => rejected)).toEqual([]);
  // What the browser did before they said who they are is theirs; what it does after the reset is nobody's.
  const whose = async (name: string) => (await arrived()).find((event) => event.name === name);
  await until(async () => (await whose('Product Viewed'))?.customer?.name).toBe('Ana Ruiz Peña');
  expect(await whose('Order Completed')).toMatchObject({ whose: 'named', customer: { name: 'Ana Ruiz Peña' } });
  expect(await whose('Product Searched Again')).toMatchObject({ customer: null });
});

it('under the snippet that Segment has sites paste, with its address changed to ours', async () => {
  const page = await open('/portada');
  await page.evaluate(`
    window.analytics = Object.assign([], { initialize: true, _writeKey: ${JSON.stringify(writeKey)}, _cdn: ${JSON.stringify(world.url)} });
    analytics._loadOptions = { integrations: { 'Segment.io': { apiHost: ${JSON.stringify(`${new URL(world.url).host}/v1`)}, protocol: 'http' } } };
    analytics.push(['page', 'Portada']);
    analytics.push(['track', 'Newsletter Opened', { from: 'snippet' }]);
  `);
  await page.addScriptTag({ url: `${shop}/standalone.js` });
  await until(async () => (await arrived()).filter(({ path, name }) => path === '/portada' || name === 'Newsletter Opened').length).toBe(2);
});
