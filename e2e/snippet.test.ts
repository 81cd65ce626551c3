// The script that pages load, in a real browser, before a server that notes what comes and answers as it is told.
import { createServer, type Server } from 'node:http';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { type Browser, type BrowserContext, chromium as playwright, type Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, it, onTestFinished } from 'vitest';
import { CHROMIUM_FLAGS, chromium } from '../scripts/chromium.ts';
import { until } from './world.ts';

const SCRIPT = readFileSync(new URL('../identify/events/snippet/vinculo.min.js', import.meta.url));
const STUB =
  "window.vinculo=[];'identify track page group alias reset consent ready'.split(' ').forEach(function(n){vinculo[n]=function(){vinculo.push([n].concat([].slice.call(arguments)))}})";
const YES = { analytics: true, personalise: true };
const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

interface Message {
  type: string;
  messageId: string;
  anonymousId?: string;
  userId?: string;
  event?: string;
  context: { page: Record<string, string>; consent?: { categoryPreferences: unknown }; campaign?: unknown };
  [field: string]: unknown;
}

let door: Server;
let site: Server;
let browser: Browser;
let server: string;
let shop: string;
/** What arrived, in order, each time it came. */
let came: Message[];
/** What the door answers to events: 200, 503, 429… */
let answer: { status: number; headers?: Record<string, string> };
let recognised: unknown;
let questions: { writeKey: string; anonymousId: string }[];
/** Attributes of the script tag of the pages, and what stands before it. */
let tag: string;
let before: string;

const listening = (of: Server) =>
  new Promise<string>((resolve) => of.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(of.address() as AddressInfo).port}`)));

beforeAll(async () => {
  door = createServer((request, reply) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const headers = { 'access-control-allow-origin': '*', 'access-control-expose-headers': 'retry-after' };
      if (request.url === '/v1/vinculo.js') return reply.writeHead(200, { 'content-type': 'text/javascript' }).end(SCRIPT);
      if (request.url === '/v1/recognise') {
        questions.push(JSON.parse(body));
        return reply.writeHead(200, { ...headers, 'content-type': 'application/json' }).end(JSON.stringify(recognised));
      }
      if (answer.status === 200) came.push(...(JSON.parse(body) as { batch: Message[] }).batch);
      return reply.writeHead(answer.status, { ...headers, ...answer.headers }).end('{"success":true}');
    });
  });
  site = createServer((request, reply) => {
    reply.writeHead(200, {
      'content-type': 'text/html; charset=utf-8',
      // As strict as a shop may be: no inline code but our own stub, nothing of other sites but Vínculo.
      'content-security-policy': `default-src 'none'; script-src 'nonce-n' ${server}; connect-src ${server}`,
    });
    reply.end(
      `<!doctype html><html lang="es"><title>Tienda</title><script nonce="n">${before}</script><script async src="${server}/v1/vinculo.js" data-write-key="vk_1" ${tag}></script><p>Hola`,
    );
  });
  server = await listening(door);
  shop = (await listening(site)).replace('127.0.0.1', 'www.localhost');
  browser = await playwright.launch({ executablePath: chromium(), args: CHROMIUM_FLAGS });
});
afterAll(async () => {
  await browser?.close();
  for (const one of [door, site]) one?.close();
});
beforeEach(() => {
  came = [];
  questions = [];
  answer = { status: 200 };
  recognised = { known: false };
  tag = '';
  before = STUB;
});

/** A visitor with an empty browser. Whatever a page throws fails the test. */
async function visitor(): Promise<{ page: Page; context: BrowserContext; visit(path: string): Promise<void> }> {
  const context = await browser.newContext({ locale: 'es-ES', timezoneId: 'Europe/Madrid' });
  const page = await context.newPage();
  const thrown: string[] = [];
  page.on('pageerror', (error) => thrown.push(error.message));
  onTestFinished(async () => {
    await context.close();
    expect(thrown).toEqual([]);
  });
  const visit = async (path: string) => {
    await page.goto(shop + path);
    await page.waitForFunction('window.vinculo && vinculo.initialized');
  };
  return { page, context, visit };
}
const kept = (page: Page) => page.evaluate<Record<string, string>>('({ ...localStorage })');
const types = () => came.map(({ type, event }) => event ?? type);
/** Long enough for anything that would be sent to have been sent. */
const aWhile = (page: Page) => page.waitForTimeout(700);
const unique = () => new Map(came.map((message) => [message.messageId, message])).size;

it('tells of the page by itself: where, from where, of which campaign; nothing else of what follows the question mark', async () => {
  tag = 'data-consent="not_refused"';
  const { page, visit } = await visitor();
  await visit('/catalogo/sarten?email=ana@correo.example&utm_source=boletin&utm_campaign=oto%C3%B1o+1#fotos');
  await until(() => came.length).toBe(1);
  const [message] = came;
  expect(message).toMatchObject({ type: 'page', properties: { path: '/catalogo/sarten', url: `${shop}/catalogo/sarten` } });
  expect(message!.context).toMatchObject({
    page: { path: '/catalogo/sarten', referrer: '', title: 'Tienda' },
    locale: 'es-ES',
    timezone: 'Europe/Madrid',
    campaign: { source: 'boletin', name: 'otoño 1' },
  });
  expect(JSON.stringify(message)).not.toContain('@correo');
  expect(message!.anonymousId).toMatch(ID);
  expect(message!.messageId).toMatch(ID);
  // The id stays: the next page is the same visitor's.
  await visit('/carrito');
  await until(() => came.length).toBe(2);
  expect(came[1]!.anonymousId).toBe(message!.anonymousId);
  const cookie = (await page.context().cookies(shop)).find(({ name }) => name === 'ajs_anonymous_id')!;
  expect(cookie.value).toBe(message!.anonymousId);
  expect((cookie.expires * 1_000 - Date.now()) / 86_400_000).toBeCloseTo(395, 0);
});

it('has the calls of analytics.js, also those made before it came', async () => {
  tag = 'data-consent="not_refused"';
  before = `${STUB};vinculo.page('Catálogo','Sartenes',{oferta:true});vinculo.track('Product Viewed',{product_id:'S1'})`;
  const { page, visit } = await visitor();
  await visit('/');
  await page.evaluate(`(async () => {
    let done = 0;
    await vinculo.identify('u1', { email: 'ana@correo.example' }, { context: { campaign: { name: 'x' } } }, () => done++);
    await vinculo.identify({ plan: 'oro' });
    vinculo.group('g1', { name: 'Taller' });
    vinculo.alias('u2', 'u1');
    vinculo.push(['track', 'Product Added', { price: 12.5 }, { timestamp: '2026-01-02T03:04:05.000Z' }]);
    if (done !== 1) throw new Error('the callback was not called once');
  })()`);
  await until(types).toEqual(['page', 'Product Viewed', 'identify', 'identify', 'group', 'alias', 'Product Added']);
  expect(came[0]).toMatchObject({ category: 'Catálogo', name: 'Sartenes', properties: { oferta: true, path: '/' } });
  expect(came[1]).toMatchObject({ properties: { product_id: 'S1' } });
  expect(came[1]).not.toHaveProperty('userId');
  expect(came[2]).toMatchObject({ userId: 'u1', traits: { email: 'ana@correo.example' }, context: { campaign: { name: 'x' } } });
  expect(came[3]).toMatchObject({ userId: 'u1', traits: { plan: 'oro' } });
  expect(came[4]).toMatchObject({ userId: 'u1', groupId: 'g1', traits: { name: 'Taller' } });
  expect(came[5]).toMatchObject({ userId: 'u2', previousId: 'u1' });
  expect(came[6]).toMatchObject({ userId: 'u1', properties: { price: 12.5 }, timestamp: '2026-01-02T03:04:05.000Z' });
  // What it was told of a person stays out of the browser.
  await until(async () => JSON.stringify(await kept(page))).not.toContain('@correo');
});

it('keeps everything to itself until the visitor chooses; then what happened meanwhile is told too', async () => {
  const { page, visit } = await visitor();
  await visit('/a');
  await page.evaluate(`vinculo.track('Product Viewed', { product_id: 'S1' })`);
  await aWhile(page);
  expect(came).toEqual([]);
  expect(await kept(page)).toEqual({});
  expect(await page.context().cookies()).toEqual([]);
  expect(await page.evaluate('vinculo.consent()')).toBeNull();

  await page.evaluate(`vinculo.consent(${JSON.stringify(YES)})`);
  await until(types).toEqual(['page', 'Product Viewed']);
  expect(came.map(({ context }) => context.consent)).toEqual([{ categoryPreferences: YES }, { categoryPreferences: YES }]);
  expect(await page.evaluate('vinculo.consent()')).toEqual(YES);
});

it('a refusal is remembered, and nothing else', async () => {
  const { page, visit } = await visitor();
  await visit('/a');
  await page.evaluate(`vinculo.consent({ analytics: false }); vinculo.identify('u1'); vinculo.track('Product Viewed')`);
  await visit('/b');
  await aWhile(page);
  expect(came).toEqual([]);
  expect(Object.keys(await kept(page))).toEqual(['vinculo_consent']);
  expect((await page.context().cookies()).map(({ name }) => name)).toEqual(['vinculo_consent']);
});

it('who takes their consent back is forgotten by the browser; the refusal is told, without the id', async () => {
  const { page, visit } = await visitor();
  await visit('/a');
  await page.evaluate(`vinculo.consent(${JSON.stringify(YES)}); vinculo.identify('u1', { email: 'ana@correo.example' })`);
  await until(types).toEqual(['page', 'identify']);
  await page.evaluate(`vinculo.consent({ analytics: false, personalise: false }); vinculo.track('Product Viewed')`);
  await until(types).toEqual(['page', 'identify', 'identify']);
  expect(came[2]).toMatchObject({ userId: 'u1', traits: {}, context: { consent: { categoryPreferences: { analytics: false } } } });
  expect(came[2]).not.toHaveProperty('anonymousId');
  await aWhile(page);
  expect(came).toHaveLength(3);
  expect(Object.keys(await kept(page))).toEqual(['vinculo_consent']);
  // A changed mind is a new visitor.
  await page.evaluate(`vinculo.consent({ analytics: true }); vinculo.track('Product Viewed')`);
  await until(() => came.length).toBe(4);
  expect(came[3]!.anonymousId).not.toBe(came[0]!.anonymousId);
  expect(came[3]).not.toHaveProperty('userId');
});

it.each([
  ['Global Privacy Control', "Object.defineProperty(navigator,'globalPrivacyControl',{value:true});"],
  ['Do Not Track', "Object.defineProperty(navigator,'doNotTrack',{value:'1'});"],
])('%s: nothing is kept or sent until the visitor says yes, whatever the page chose', async (_, signal) => {
  tag = 'data-consent="not_refused"';
  before = `${signal}${STUB}`;
  const { page, visit } = await visitor();
  await visit('/a');
  await page.evaluate(`vinculo.identify('u1', { email: 'ana@correo.example' }); vinculo.ready(() => {})`);
  await aWhile(page);
  expect([came, questions, await kept(page), await page.context().cookies()]).toEqual([[], [], {}, []]);
  await page.evaluate(`vinculo.consent({ analytics: true })`);
  await until(types).toEqual(['page', 'identify']);
});

it('another person on the same browser is another device, and so is whoever comes after signing out', async () => {
  tag = 'data-consent="not_refused"';
  const { page, visit } = await visitor();
  await visit('/a');
  await page.evaluate(
    `vinculo.identify('ana'); vinculo.track('A'); vinculo.identify('blas'); vinculo.track('B'); vinculo.reset(); vinculo.track('C')`,
  );
  await until(types).toEqual(['page', 'identify', 'A', 'identify', 'B', 'C']);
  const [first, ana, a, blas, b, c] = came;
  expect(new Set([first, ana, a].map((one) => one!.anonymousId)).size).toBe(1);
  expect(blas!.anonymousId).toBe(b!.anonymousId);
  expect(new Set([a, b, c].map((one) => one!.anonymousId)).size).toBe(3);
  expect([a, b, c].map((one) => one!.userId)).toEqual(['ana', 'blas', undefined]);
});

it('a site that comes from Segment keeps its visitors', async () => {
  tag = 'data-consent="not_refused"';
  before = `localStorage.setItem('ajs_anonymous_id','"de-antes"');localStorage.setItem('ajs_user_id','"007"');${STUB}`;
  const { visit } = await visitor();
  await visit('/a');
  await until(() => came.length).toBe(1);
  expect(came[0]).toMatchObject({ anonymousId: 'de-antes', userId: '007' });
});

it('serves as analytics too, under the snippet of Segment', async () => {
  tag = 'data-consent="not_refused" data-global="analytics"';
  // What Segment's snippet (5.2) leaves behind: the call, and where it was made.
  before = `window.vinculo={initialized:1};window.analytics=[['page',{__t:'bpc',c:undefined,p:'/',u:'',s:'',t:'',r:''}],['track','Signed Up',{__t:'bpc',p:'/'}]]`;
  const { visit } = await visitor();
  await visit('/a');
  await until(types).toEqual(['page', 'Signed Up']);
  expect(came[1]!.properties).toEqual({});
});

it('an id lives 13 months and no visit draws that out', async () => {
  tag = 'data-consent="not_refused"';
  const day = 86_400_000;
  const visitWithIdOf = async (days: number) => {
    came = [];
    before = `if(!localStorage.vinculo_since){localStorage.setItem('ajs_anonymous_id','viejo');localStorage.setItem('vinculo_since',String(Date.now()-${days * day}))}${STUB}`;
    const { page, visit } = await visitor();
    await visit('/a');
    await until(() => came.length).toBe(1);
    const cookie = (await page.context().cookies(shop)).find(({ name }) => name === 'ajs_anonymous_id')!;
    return [came[0]!.anonymousId === 'viejo', Math.round((cookie.expires * 1_000 - Date.now()) / day)];
  };
  expect(await visitWithIdOf(394)).toEqual([true, 1]);
  expect(await visitWithIdOf(396)).toEqual([false, 395]);
});

it('what the server cannot take now waits, through other pages, and arrives once', async () => {
  tag = 'data-consent="not_refused" data-page="manual"';
  answer = { status: 503 };
  const { page, visit } = await visitor();
  await visit('/a');
  await page.evaluate(`vinculo.track('A'); vinculo.track('B')`);
  await aWhile(page);
  expect(came).toEqual([]);
  answer = { status: 200 };
  await visit('/b');
  await until(() => unique()).toBe(2);
  await until(async () => Object.keys(await kept(page)).filter((key) => key.startsWith('vinculo_event_'))).toEqual([]);
  expect(new Set(types())).toEqual(new Set(['A', 'B']));
});

it('without a connection it waits, and goes on by itself when there is one', async () => {
  tag = 'data-consent="not_refused" data-page="manual"';
  const { page, context, visit } = await visitor();
  await visit('/a');
  await context.setOffline(true);
  await page.evaluate(`vinculo.track('A')`);
  await aWhile(page);
  expect(came).toEqual([]);
  await context.setOffline(false);
  await until(types).toEqual(['A']);
});

it('does what an overloaded server asks: comes back when it said', async () => {
  tag = 'data-consent="not_refused" data-page="manual"';
  answer = { status: 429, headers: { 'retry-after': '3' } };
  const { page, visit } = await visitor();
  await visit('/a');
  await page.evaluate(`vinculo.track('A')`);
  await aWhile(page);
  answer = { status: 200 };
  const since = Date.now();
  await until(types).toEqual(['A']);
  expect(Date.now() - since).toBeGreaterThan(1_500);
});

it('what the server refuses for good is not sent again, and an event that is too large not at all', async () => {
  tag = 'data-consent="not_refused" data-page="manual"';
  answer = { status: 400 };
  const { page, visit } = await visitor();
  await visit('/a');
  await page.evaluate(`vinculo.track('A', { text: 'x'.repeat(33_000) }); vinculo.track('B')`);
  await until(async () => Object.keys(await kept(page)).filter((key) => key.startsWith('vinculo_event_'))).toEqual([]);
  answer = { status: 200 };
  await page.evaluate(`vinculo.track('C')`);
  await until(types).toEqual(['C']);
});

it('the last click of a page arrives although the page is gone', async () => {
  tag = 'data-consent="not_refused" data-page="manual"';
  const { page, visit } = await visitor();
  await visit('/a');
  await page.evaluate(`vinculo.track('Checkout Started', { emoji: 'ñandú'.repeat(400) }); location.href = 'about:blank'`);
  await until(() => unique()).toBe(1);
  expect(came[0]!.event).toBe('Checkout Started');
});

it('tells of the pages that an application draws itself, with its own page before as the referrer', async () => {
  tag = 'data-consent="not_refused"';
  const { page, visit } = await visitor();
  await visit('/');
  await page.evaluate(`history.pushState({}, '', '/producto/1?ref=x'); document.title = 'Sartén'`);
  await page.waitForTimeout(200);
  await page.evaluate(`history.replaceState({}, '', '/producto/1?foto=2')`);
  await page.waitForTimeout(200);
  await page.evaluate(`history.back()`);
  await page.waitForTimeout(200);
  await page.evaluate(`location.hash = '#/cuenta?x=1'`);
  await until(() => came.map(({ context }) => context.page.path)).toEqual(['/', '/producto/1', '/', '/#/cuenta']);
  expect(came[1]!.context.page).toMatchObject({ title: 'Sartén', referrer: `${shop}/` });
});

it('asks who the visitor is only when they agreed to be greeted, and says so again when that changes', async () => {
  recognised = { known: true, givenName: 'Ana' };
  const { page, visit } = await visitor();
  await visit('/');
  await page.evaluate(`window.seen = []; vinculo.ready((profile) => seen.push(profile))`);
  const seen = () => page.evaluate<unknown[]>('window.seen');
  await until(seen).toEqual([{ known: false }]);
  await page.evaluate(`vinculo.consent({ analytics: true })`);
  await until(() => came.length).toBe(1);
  expect(questions).toEqual([]);
  await page.evaluate(`vinculo.consent({ personalise: true })`);
  await until(seen).toEqual([{ known: false }, { known: true, givenName: 'Ana' }]);
  expect(questions).toEqual([{ writeKey: 'vk_1', anonymousId: came[0]!.anonymousId }]);
  await page.evaluate(`vinculo.reset()`);
  await until(seen).toEqual([{ known: false }, { known: true, givenName: 'Ana' }, { known: false }]);
});

it('throws nothing into the page, whatever it is given', async () => {
  tag = 'data-consent="not_refused"';
  const { page, visit } = await visitor();
  await visit('/');
  await page.evaluate(`
    const round = {}; round.self = round;
    vinculo.track(); vinculo.track(null, 5); vinculo.track('A', round); vinculo.identify(); vinculo.group({}); vinculo.alias();
    vinculo.ready(5); vinculo.ready(() => { throw new Error('of the page') }); vinculo.consent('yes'); vinculo.push(['nothing']); vinculo.push();
    vinculo.track('B', {}, () => { throw new Error('of the page') });
  `);
  await until(types).toContain('B');
});
