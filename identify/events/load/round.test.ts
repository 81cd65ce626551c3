// A round from the inbox to the stores: everything once, whatever is killed in between.
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { messageOf, NOBODY, type TestLoader, testLoader } from './load.fixture.ts';

let loader: TestLoader;
beforeAll(async () => {
  loader = await testLoader();
});
afterAll(() => loader?.close());
beforeEach(() => loader.clear());

const waiting = async () => (await sql<{ n: number }>`select count(*) as n from inbox`.execute(loader.context.store.db)).rows[0]!.n;

it('keeps what was seen, by whom and where, and empties the inbox', async () => {
  await loader.load(
    [
      {
        type: 'page',
        messageId: 'm1',
        anonymousId: 'a1',
        userId: 'u1',
        name: 'Ofertas',
        timestamp: '2024-05-02T10:00:00.250Z',
        context: {
          page: {
            path: '/ofertas',
            url: 'https://tienda.example/ofertas?utm_campaign=mayo&t=secreto',
            referrer: 'https://www.google.com/search?q=cafe',
          },
          ip: '1.2.3.4',
        },
      },
      {
        type: 'track',
        event: 'product_viewed',
        messageId: 'm2',
        anonymousId: 'a2',
        properties: { product_id: 'p1', category: 'Hogar > Café', price: 12.5, color: 'rojo' },
      },
    ],
    { at: '2024-05-02T10:00:01Z' },
  );
  const events = await loader.events();
  expect(events.size).toBe(2);
  expect(events.get(messageOf(loader.shop, 'm1'))).toMatchObject({
    record: loader.user('u1'),
    device: loader.device('a1'),
    anonymous: 0,
    type: 'page',
    name: 'Ofertas',
    at: '2024-05-02 10:00:00.250',
    path: '/ofertas',
    referrer: 'google.com',
    campaign: 'mayo',
    properties: '',
  });
  expect(events.get(messageOf(loader.shop, 'm2'))).toMatchObject({
    record: loader.device('a2'),
    anonymous: 1,
    name: 'Product Viewed',
    products: ['p1'],
    categories: ['Café'],
    value: '12.5',
    currency: 'EUR',
    properties: '{"price":12.5,"color":"rojo"}',
  });
  expect(await waiting()).toBe(0);
});

it('takes a message once, though it is sent again, with the batch or later', async () => {
  const event = { type: 'track', event: 'Algo', messageId: 'once', userId: 'u1', properties: { n: 1 } };
  await loader.load([event, event]);
  await loader.load([event]);
  expect([...(await loader.events()).values()]).toHaveLength(1);
});

it('gives a message without an id one of its place in the inbox', async () => {
  await loader.send([
    { type: 'track', event: 'Uno', userId: 'u1' },
    { type: 'track', event: 'Dos', userId: 'u1' },
  ]);
  const { rows } = await sql<{ id: number }>`select id from inbox`.execute(loader.context.store.db);
  await loader.load();
  const events = await loader.events();
  expect([0, 1].map((n) => events.get(messageOf(loader.shop, `${rows[0]!.id}-${n}`))?.name)).toEqual(['Uno', 'Dos']);
});

it('does it all again after a kill between the warehouse and the desk, and nothing is there twice', async () => {
  const { context } = loader;
  await loader.load([{ type: 'page', messageId: 'before', anonymousId: 'a1', timestamp: '2024-05-01T10:00:00Z' }]);
  await loader.send([
    {
      type: 'identify',
      messageId: 'i',
      anonymousId: 'a1',
      userId: 'u1',
      traits: { email: 'ana@correo.example' },
      timestamp: '2024-05-01T11:00:00Z',
    },
    { type: 'page', messageId: 'after', anonymousId: 'a1', timestamp: '2024-05-01T12:00:00Z' },
    {
      type: 'track',
      event: 'Order Completed',
      messageId: 'o',
      anonymousId: 'a1',
      timestamp: '2024-05-01T12:01:00Z',
      properties: { order_id: 'P1', total: 20, coupon: 'MAYO', products: [{ product_id: 'p1', price: 10, quantity: 2 }] },
    },
    { type: 'track', messageId: 'bad', userId: 'u1' },
  ]);
  const { transaction } = context.store;
  context.store.transaction = async () => {
    throw new Error('killed');
  };
  await expect(loader.round()).rejects.toThrow('killed');
  context.store.transaction = transaction;
  expect(await waiting()).toBe(1);
  await loader.round(true);
  expect(await waiting()).toBe(0);
  const events = await loader.events();
  expect(events.size).toBe(3);
  expect([...events.values()].map(({ record }) => record)).toEqual(Array.from({ length: 3 }, () => loader.user('u1')));
  const purchases = await context.warehouse.rows(
    'select toString(record_id) as record, toString(amount) as amount, toString(quantity) as quantity from purchase final',
  );
  expect(purchases).toEqual([{ record: loader.user('u1'), amount: '20', quantity: '2' }]);
  expect(await context.warehouse.rows('select coupon_key as coupon from redemption final')).toEqual([{ coupon: 'MAYO' }]);
  const { rows } = await sql`select message_id, reason, times from event_error`.execute(context.store.db);
  expect(rows).toEqual([{ message_id: 'bad', reason: 'no_name', times: 1 }]);
});

it('settles nothing once another process has the turn', async () => {
  await loader.send([{ type: 'page', messageId: 'm', userId: 'u1' }]);
  const { rows } = await sql<{ owner: string }>`select owner from event_loader`.execute(loader.context.store.db);
  await sql`update event_loader set owner = ${NOBODY}`.execute(loader.context.store.db);
  await expect(loader.round()).rejects.toThrow('Another process');
  expect(await waiting()).toBe(1);
  await sql`update event_loader set owner = ${rows[0]!.owner}`.execute(loader.context.store.db);
});
