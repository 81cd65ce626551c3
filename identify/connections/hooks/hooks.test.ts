// Incoming webhooks: signed as shops sign, kept before they are acknowledged, read into customers and facts.
import { createHmac } from 'node:crypto';
import { feature as customerFile } from '@vinculo/customer-file';
import { feature as http } from '@vinculo/http';
import { newId } from '@vinculo/postgres';
import { contextOver, serve, type Served, testStores } from '@vinculo/testing';
import { Webhook } from 'standardwebhooks';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Context } from '@vinculo/http';
import { part } from './part.ts';
import { processHook } from './process-messages.ts';
import { readMessage } from './read-message.ts';
import { pathSteps, valueAt } from './read-path.ts';
import { decimalOf, momentOf, timesDecimal } from './read-values.ts';
import { readDue } from './start-reader.ts';

const folder = (path: string) => new URL(path, import.meta.url);
const source = newId();
let world: Served & { context: Context };
beforeAll(async () => {
  const stores = await testStores({
    migrations: [
      { name: 'http', folder: http.migrations! },
      { name: 'customer-file', folder: customerFile.migrations! },
      { name: 'connections', folder: folder('../migrations/') },
    ],
    warehouseMigrations: [{ name: 'customer-file', folder: customerFile.warehouse! }],
  });
  const context = contextOver(stores);
  const { start: _, ...still } = part;
  const served = await serve({ context, close: () => stores.close() }, [still, { routes: customerFile.routes! }], {
    may: { ana: ['connection.read', 'connection.write', 'customer.read_personal', 'source.write'], reader: ['connection.read'] },
    idle: ['identity.unify', 'identity.rebuild'],
  });
  world = { ...served, context };
  await sql`insert into source (id, name, label, trust) values (${source}, 'shop', 'Tienda', 50)`.execute(context.store.db);
});
afterAll(() => world?.close());

const ORDER = {
  topic: 'order.paid',
  order: {
    id: 9001,
    created_at: '2026-03-01T10:00:00+01:00',
    currency: 'EUR',
    customer: { id: 77, email: 'Lucia.Vega@correo.example', first_name: 'Lucía', last_name: 'Vega Ríos', phone: '655 112 233' },
    line_items: [
      { id: 1, sku: 'CAFE-1', quantity: 2, price: '12.50' },
      { id: 2, sku: 'TE-1', quantity: 1, price: 7.25 },
    ],
  },
};
const MAPPING = {
  only: { path: 'topic', values: ['order.paid'] },
  customer: {
    key: '$.order.customer.id',
    fields: {
      email: 'order.customer.email',
      given_name: 'order.customer.first_name',
      surname: 'order.customer.last_name',
      mobile: 'order.customer.phone',
    },
  },
  purchase: {
    lines: 'order.line_items',
    fields: {
      order_key: 'order.id',
      occurred_at: 'order.created_at',
      currency: 'order.currency',
      channel: '=web',
      line_key: 'id',
      product_key: 'sku',
      quantity: 'quantity',
      unit_price: 'price',
    },
  },
};

const make = async (more: object = {}) => {
  const { status, body } = await world.ask('ana', 'POST', '/hooks', {
    name: 'Tienda web',
    sourceId: source,
    verify: { kind: 'none' },
    mapping: MAPPING,
    ...more,
  });
  expect(status, JSON.stringify(body)).toBe(201);
  return { ...body, path: new URL(body.url).pathname } as { id: string; path: string; secret: string | null; url: string };
};
const send = async (path: string, body: unknown, headers: Record<string, string> = {}) => {
  const reply = await world.app.inject({
    method: 'POST',
    url: path,
    payload: typeof body === 'string' ? body : JSON.stringify(body),
    headers: { 'content-type': 'application/json', origin: 'https://tienda.example', 'sec-fetch-site': 'cross-site', ...headers },
  });
  return { status: reply.statusCode, body: reply.json(), headers: reply.headers };
};
const messages = async (id: string) => (await world.ask('ana', 'GET', `/hooks/${id}/messages`)).body.items;
const lines = () =>
  world.context.warehouse.rows<{ order_key: string; product_key: string; amount: number; occurred_at: string }>(
    'select order_key, product_key, amount, occurred_at from purchase final order by order_key, product_key',
  );

describe('the door', () => {
  it('acknowledges what is kept, once, and nothing else', async () => {
    const { id, path } = await make();
    expect(await send(path, ORDER)).toMatchObject({ status: 202, body: { received: true, repeated: false } });
    expect(await send(path, ORDER)).toMatchObject({ status: 202, body: { repeated: true } });
    expect(await messages(id)).toHaveLength(1);
    expect(await send('/hooks/in/nadie', ORDER)).toMatchObject({ status: 404, body: { code: 'VIN_HOOK_UNKNOWN' } });
    expect((await send(path, '{"mal"')).body.code).toBe('VIN_HOOK_BODY');
    expect((await send(path, '12')).body.code).toBe('VIN_HOOK_BODY');
    await world.ask('ana', 'PATCH', `/hooks/${id}`, { state: 'paused' });
    expect(await send(path, { ...ORDER, other: 1 })).toMatchObject({ status: 503, headers: { 'retry-after': '300' } });
  });

  it('Standard Webhooks: the secret is shown once, old and false messages are refused, the id counts', async () => {
    const { id, path, secret } = await make({ verify: { kind: 'standard' } });
    const signed = (at: Date, body: string, message = 'msg_1') => ({
      'webhook-id': message,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': new Webhook(secret!).sign(message, at, body),
    });
    const body = JSON.stringify(ORDER);
    const now = new Date();
    expect((await send(path, body, signed(now, body))).status).toBe(202);
    expect((await send(path, `${body} `, signed(now, `${body} `))).body.repeated).toBe(true);
    expect((await send(path, `${body} `, signed(now, body))).status).toBe(401);
    expect((await send(path, body)).status).toBe(401);
    expect((await send(path, body, signed(new Date(now.getTime() - 301_000), body, 'msg_2'))).status).toBe(401);
    expect((await send(path, body, signed(new Date(now.getTime() - 200_000), body, 'msg_3'))).status).toBe(202);
    expect((await world.ask('ana', 'GET', `/hooks/${id}`)).body).not.toHaveProperty('secret');
    expect((await world.ask('reader', 'GET', `/hooks/${id}`)).body.url).toBeNull();
  });

  it('as Shopify, WooCommerce, GitHub and Stripe sign', async () => {
    const body = JSON.stringify(ORDER);
    const hmac = (encoding: 'base64' | 'hex', of = body) => createHmac('sha256', 'compartido').update(of).digest(encoding);
    const shopify = await make({
      secret: 'compartido',
      verify: { kind: 'hmac', header: 'X-Shopify-Hmac-Sha256', encoding: 'base64', idHeader: 'x-shopify-webhook-id' },
    });
    const sent = {
      'x-shopify-hmac-sha256': hmac('base64'),
      'x-shopify-webhook-id': 'a1',
      'x-shopify-topic': 'orders/paid',
      'x-other': 'no',
    };
    expect((await send(shopify.path, body, sent)).status).toBe(202);
    expect((await send(shopify.path, `${body}\n`, { ...sent, 'x-shopify-hmac-sha256': hmac('base64', `${body}\n`) })).body.repeated).toBe(
      true,
    );
    expect((await send(shopify.path, body, { ...sent, 'x-shopify-hmac-sha256': hmac('hex') })).status).toBe(401);
    const [{ id: first }] = await messages(shopify.id);
    expect((await world.ask('ana', 'GET', `/hook-messages/${first}`)).body.headers).not.toHaveProperty('x-other');

    const github = await make({ secret: 'compartido', verify: { kind: 'hmac', header: 'x-hub-signature-256', prefix: 'sha256=' } });
    expect((await send(github.path, body, { 'x-hub-signature-256': `sha256=${hmac('hex', 'otra cosa')}` })).status).toBe(401);
    expect((await send(github.path, body, { 'x-hub-signature-256': `sha256=${hmac('hex')}` })).status).toBe(202);

    const stripe = await make({ secret: 'compartido', verify: { kind: 'stripe' } });
    const at = Math.floor(Date.now() / 1000);
    expect((await send(stripe.path, body, { 'stripe-signature': `t=${at},v1=00,v1=${hmac('hex', `${at}.${body}`)}` })).status).toBe(202);
    expect((await send(stripe.path, body, { 'stripe-signature': `t=${at - 400},v1=${hmac('hex', `${at - 400}.${body}`)}` })).status).toBe(
      401,
    );

    const woo = await make({ secret: 'compartido', verify: { kind: 'hmac', header: 'x-wc-webhook-signature', encoding: 'base64' } });
    expect((await send(woo.path, 'webhook_id=5', { 'content-type': 'application/x-www-form-urlencoded' })).status).toBe(202);
    expect(await messages(woo.id)).toEqual([]);
  });

  it('a new address takes the place of the old one', async () => {
    const { id, path } = await make();
    const { body } = await world.ask('ana', 'POST', `/hooks/${id}/address`);
    expect((await send(path, ORDER)).status).toBe(404);
    expect((await send(new URL(body.url).pathname, ORDER)).status).toBe(202);
  });
});

describe('what it becomes', () => {
  it('a customer and the lines of an order; told again it is the order as it is now', async () => {
    await readDue(world.context);
    await world.context.warehouse.command('truncate table purchase');
    const { id, path } = await make();
    await send(path, ORDER);
    await send(path, { ...ORDER, topic: 'order.seen' });
    await readDue(world.context);
    expect(await lines()).toEqual([
      { order_key: '9001', product_key: 'CAFE-1', amount: 25, occurred_at: '2026-03-01T09:00:00Z' },
      { order_key: '9001', product_key: 'TE-1', amount: 7.25, occurred_at: '2026-03-01T09:00:00Z' },
    ]);
    const { rows } = await sql<{ traits: Record<string, string>; customer: string }>`
      select r.traits, l.customer_id as customer from source_record r left join link l on l.record_id = r.id and l.valid_to is null where r.key = '77'`.execute(
      world.context.store.db,
    );
    expect(rows).toMatchObject([{ traits: { given: 'Lucía', email: 'lucia.vega@correo.example', mobile: '+34655112233' } }]);
    expect((await messages(id)).map((one: { state: string }) => one.state)).toEqual(['ignored', 'done']);
    expect((await messages(id))[1].result).toMatchObject({ purchases: 2, customers: [{ key: '77', customerId: rows[0]!.customer }] });

    const less = structuredClone(ORDER);
    less.order.line_items = [{ id: 2, sku: 'TE-1', quantity: 3, price: 7 }];
    await send(path, less);
    await readDue(world.context);
    expect(await lines()).toMatchObject([{ product_key: 'TE-1', amount: 21 }]);
    // Read twice, as after a crash, it says the same.
    await sql`update hook_message set state = 'waiting' where hook_id = ${id}`.execute(world.context.store.db);
    await processHook(world.context, id);
    expect(await lines()).toMatchObject([{ product_key: 'TE-1', amount: 21 }]);
  });

  it('what cannot be taken is kept with the reason, and read again once the mapping is right', async () => {
    const { id, path } = await make({
      mapping: { customer: { fields: { email: 'mail' } }, contact: { fields: { occurred_at: 'when', topic: 'about' } } },
    });
    await send(path, { mail: 'eva@correo.example', when: 'ayer', about: 'Garantía' });
    await send(path, { other: 1 });
    await readDue(world.context);
    const [none, bad] = await messages(id);
    expect(none).toMatchObject({ state: 'rejected', reasons: [{ reason: 'no_customer' }] });
    expect(bad).toMatchObject({ state: 'rejected', reasons: [{ where: 'when', reason: 'not_a_date', value: 'ayer' }] });
    expect((await world.ask('reader', 'GET', `/hooks/${id}/messages`)).body.items[1].reasons[0].value).toBe('•••');
    expect((await world.ask('reader', 'GET', `/hook-messages/${bad.id}`)).body.body).not.toContain('eva');
    await world.ask('ana', 'PATCH', `/hooks/${id}`, {
      mapping: { customer: { fields: { email: 'mail' } }, contact: { fields: { topic: 'about', channel: '=web' } } },
    });
    expect((await world.ask('ana', 'POST', `/hooks/${id}/replay`, {})).body).toEqual({ replayed: 2 });
    await readDue(world.context);
    expect((await messages(id)).map((one: { state: string }) => one.state)).toEqual(['rejected', 'done']);
    expect(await world.context.warehouse.rows('select topic, channel, direction from contact final')).toEqual([
      { topic: 'Garantía', channel: 'web', direction: 'in' },
    ]);
  });

  it('without a mapping messages wait as samples; a preview says what each would become', async () => {
    const { id, path } = await make({ mapping: null });
    await send(path, ORDER);
    await readDue(world.context);
    expect((await messages(id))[0].state).toBe('waiting');
    const preview = await world.ask('ana', 'POST', '/hooks/preview', { mapping: MAPPING, sourceId: source, sample: JSON.stringify(ORDER) });
    expect(preview.body).toMatchObject({
      count: 1,
      things: [{ customer: { key: '77' }, purchases: [{ order_key: '9001', amount: '25' }, { amount: '7.25' }], reasons: [] }],
    });
    const refusals = await Promise.all(
      [
        { customer: { key: 'a..b' } },
        { customer: { fields: { nada: 'x', email: 'y' } } },
        { customer: {} },
        { customer: { key: 'id' }, purchase: { fields: { amount: 'a' } } },
      ].map((mapping) => world.ask('ana', 'PATCH', `/hooks/${id}`, { mapping })),
    );
    expect(refusals.map(({ body }) => body.code)).toEqual(Array(4).fill('VIN_HOOK_MAPPING'));
  });
});

it('paths lead where they say, and nowhere else', () => {
  const root = { a: [{ b: { 'x y': 1 } }], c: 'd' };
  expect(valueAt('a[0].b["x y"]', root, root)).toBe(1);
  expect(valueAt('$.c', root, root.a)).toBe('d');
  expect(valueAt('b["x y"]', root, root.a[0])).toBe(1);
  expect(valueAt('=a', root, root)).toBe('a');
  for (const path of ['a.length', 'a[1]', 'c.length', '__proto__', 'constructor.name', 'a[0].b.toString'])
    expect(valueAt(path, root, root), path).toBeUndefined();
  for (const path of ['a..b', 'a[', '.a', 'a.', '[x]', 'a b]']) expect(pathSteps(path), path).toBeUndefined();
});

it.each([
  ['12.5', '12.5'],
  ['12,50', '12.5'],
  ['1.234,50 €', '1234.5'],
  ['1,234.50', '1234.5'],
  ['-3', '-3'],
  ['1.00005', '1.0001'],
  ['-0.12345', '-0.1235'],
  ['1e2', '100'],
  ['', undefined],
  ['12 kg', undefined],
  ['1.2.3', undefined],
])('the amount %s is %s', (text, amount) => expect(decimalOf(text)).toBe(amount));

it('a price times a quantity is exact', () => {
  expect(timesDecimal('0.1', '3')).toBe('0.3');
  expect(timesDecimal('12.5', '-2')).toBe('-25');
  expect(timesDecimal('0.0001', '0.5')).toBe('0.0001');
});

it.each([
  ['2026-03-01T10:00:00+01:00', '2026-03-01T09:00:00.000Z'],
  ['2026-03-01 10:00:00', '2026-03-01T10:00:00.000Z'],
  ['2026-03-01', '2026-03-01T00:00:00.000Z'],
  ['1772355600', '2026-03-01T09:00:00.000Z'],
  ['1772355600000', '2026-03-01T09:00:00.000Z'],
  ['Sun, 01 Mar 2026 09:00:00 GMT', '2026-03-01T09:00:00.000Z'],
  ['2026-13-01', undefined],
  ['ayer', undefined],
])('the moment %s is %s', (text, at) => expect(momentOf(text)?.toISOString()).toBe(at));

it('a list of things is read thing by thing', () => {
  const mapping = { each: 'items', only: null, customer: { key: 'id', fields: { email: '$.who' } }, purchase: null, contact: null };
  const reading = { source, currency: 'EUR', receivedAt: new Date() };
  const things = readMessage({ who: 'a@b.example', items: [{ id: 1 }, { id: {} }] }, mapping, reading);
  expect(things[0]!.record).toEqual({ key: '1', fields: { email: 'a@b.example' } });
  expect(things[1]!.reasons.map(({ reason }) => reason)).toEqual(['not_a_value', 'no_customer']);
  expect(readMessage({ items: 3 }, mapping, reading)[0]!.reasons[0]!.reason).toBe('no_list');
});

it('what came back takes its list price with it', () => {
  const purchase = { lines: '', fields: { quantity: 'n', amount: 'paid', list_amount: 'shelf' } };
  const mapping = { each: '', only: null, customer: { key: 'who', fields: {} }, purchase, contact: null };
  const reading = { source, currency: 'EUR', receivedAt: new Date() };
  const [back] = readMessage({ who: '7', n: '-1', paid: '8', shelf: '10' }, mapping, reading);
  expect(back!.purchases).toMatchObject([{ quantity: '-1', amount: '-8', list_amount: '-10' }]);
});
