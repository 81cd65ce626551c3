// Whose the events of a device are: the rules, and that the order in which events come changes nothing.
import * as fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SYSTEM } from '@vinculo/postgres';
import { devicesOfCustomer } from './devices-of-customer.ts';
import { messageOf, type TestLoader, testLoader } from '../load.fixture.ts';

let loader: TestLoader;
beforeAll(async () => {
  loader = await testLoader();
});
afterAll(() => loader?.close());
beforeEach(() => loader.clear());

const at = (minute: number) => new Date(Date.UTC(2024, 4, 1, 10, minute)).toISOString();
const page = (id: string, minute: number, more = {}) => ({ type: 'page', messageId: id, anonymousId: 'd', timestamp: at(minute), ...more });
const identify = (id: string, minute: number, userId: string, more = {}) => ({
  type: 'identify',
  messageId: id,
  anonymousId: 'd',
  userId,
  timestamp: at(minute),
  ...more,
});
const out = (id: string, minute: number, more = {}) => ({
  type: 'track',
  event: 'Signed Out',
  messageId: id,
  anonymousId: 'd',
  timestamp: at(minute),
  ...more,
});

/** By message, whose it is: the user's id, or 'device'. */
async function owners(users = ['ana', 'luis', 'eva', 'pau', 'rosa'], device = 'd'): Promise<Record<string, string>> {
  const names = new Map([[loader.device(device), 'device'], ...users.map((user) => [loader.user(user), user] as const)]);
  const events = await loader.events();
  const found: Record<string, string> = {};
  for (const id of ['a', 'b', 'c', 'e', 'f', 'g', 'h', 's', 't']) {
    const event = events.get(messageOf(loader.shop, id));
    if (event) found[id] = names.get(event.record) ?? event.record;
  }
  return found;
}

const device = async () =>
  (
    await sql<{ people: number; shared: boolean; turns: unknown[] }>`
      select people, shared, turns from event_device where device_id = ${loader.device('d')}`.execute(loader.context.store.db)
  ).rows[0];

describe('what nobody signed', () => {
  it('is the device’s while nobody is known, and theirs who come first, also from before', async () => {
    await loader.load([page('a', 1), page('b', 2)]);
    expect(await owners()).toEqual({ a: 'device', b: 'device' });
    expect(await device()).toBeUndefined();
    await loader.load([identify('i', 5, 'ana'), page('c', 6)]);
    expect(await owners()).toEqual({ a: 'ana', b: 'ana', c: 'ana' });
    expect(await device()).toMatchObject({ people: 1, shared: false });
  });

  it('is of whoever was there last when it happened', async () => {
    await loader.load([page('a', 1), identify('i', 2, 'ana'), page('b', 3), identify('j', 4, 'luis'), page('c', 5)]);
    expect(await owners()).toEqual({ a: 'ana', b: 'ana', c: 'luis' });
  });

  it('moves when word comes late of who was there', async () => {
    await loader.load([identify('j', 6, 'luis'), page('a', 1), page('b', 4), page('c', 8)]);
    expect(await owners()).toEqual({ a: 'luis', b: 'luis', c: 'luis' });
    await loader.load([identify('i', 3, 'ana')]);
    expect(await owners()).toEqual({ a: 'ana', b: 'ana', c: 'luis' });
    await loader.load([identify('k', 7, 'eva')]);
    expect(await owners()).toEqual({ a: 'ana', b: 'ana', c: 'eva' });
  });

  it('is known of whoever signs any event, in between too', async () => {
    await loader.load([page('x', 1, { userId: 'ana' }), page('y', 9, { userId: 'ana' }), page('a', 5), page('b', 8)]);
    expect(await owners()).toEqual({ a: 'ana', b: 'ana' });
    await loader.load([page('z', 4, { userId: 'luis' })]);
    expect(await owners()).toEqual({ a: 'luis', b: 'luis' });
    await loader.load([page('w', 7, { userId: 'ana' })]);
    expect(await owners()).toEqual({ a: 'luis', b: 'ana' });
  });

  it('is nobody’s after a sign-out, until somebody comes again', async () => {
    await loader.load([identify('i', 1, 'ana'), page('a', 2), out('s', 3), page('b', 4)]);
    expect(await owners()).toEqual({ a: 'ana', s: 'ana', b: 'device' });
    await loader.load([identify('j', 6, 'ana'), page('c', 7)]);
    expect(await owners()).toEqual({ a: 'ana', s: 'ana', b: 'device', c: 'ana' });
  });

  it('goes back when it turns out that they had signed out', async () => {
    await loader.load([identify('i', 1, 'ana'), page('a', 2), page('b', 5)]);
    await loader.load([out('s', 3, { event: 'logout', userId: 'ana' })]);
    expect(await owners()).toEqual({ a: 'ana', s: 'ana', b: 'device' });
  });
});

describe('a device that many use', () => {
  const four = ['ana', 'luis', 'eva', 'pau'];

  it('is nobody’s once more people used it than the source allows, and what was somebody’s goes back', async () => {
    await loader.load(four.slice(0, 3).flatMap((user, n) => [identify(`i${n}`, n * 2, user), page('abc'[n]!, n * 2 + 1)]));
    expect(await owners()).toEqual({ a: 'ana', b: 'luis', c: 'eva' });
    await loader.load([identify('i4', 9, 'pau'), page('e', 10), page('f', 11, { userId: 'pau' })]);
    expect(await owners()).toEqual({ a: 'device', b: 'device', c: 'device', e: 'device', f: 'pau' });
    expect(await device()).toMatchObject({ people: 4, shared: true });
  });

  it('follows the limit of its source', async () => {
    const { store } = loader.context;
    await sql`insert into event_source (source_id, device_people, updated_by) values (${loader.shop}, 1, 'ana')`.execute(store.db);
    await loader.round(true);
    await loader.load([identify('i', 1, 'ana'), page('a', 2), identify('j', 3, 'luis')]);
    expect(await owners()).toEqual({ a: 'device' });
    await sql`delete from event_source`.execute(store.db);
    await loader.round(true);
    await loader.load([page('b', 4)]);
    expect(await owners()).toEqual({ a: 'ana', b: 'luis' });
  });

  it('ties nobody to anybody', async () => {
    await loader.load(four.map((user, n) => identify(`i${n}`, n, user, { traits: { email: `${user}@correo.example` } })));
    await loader.people();
    const { rows } = await sql<{ n: number }>`select count(distinct customer_id) as n from link where valid_to is null`.execute(
      loader.context.store.db,
    );
    expect(rows[0]!.n).toBe(4);
  });
});

it('devices of two sources with one id are two', async () => {
  await loader.load([page('a', 1)]);
  await loader.load([identify('i', 2, 'ana')], { source: loader.app });
  expect(await owners()).toEqual({ a: 'device' });
});

it('alias says of a browser what identify does', async () => {
  await loader.load([page('a', 1)]);
  await loader.load([{ type: 'alias', messageId: 'al', previousId: 'd', userId: 'ana', timestamp: at(2) }]);
  expect(await owners()).toEqual({ a: 'ana' });
});

it('what was bought before somebody signed in goes with them, and back', async () => {
  const order = {
    type: 'track',
    event: 'Order Completed',
    messageId: 'a',
    anonymousId: 'd',
    timestamp: at(2),
    properties: { order_id: 'P1', revenue: 30, coupon: 'MAYO', products: [{ sku: 'x', price: 30 }] },
  };
  const bought = async () =>
    loader.context.warehouse.rows<{ record: string; amount: number }>(
      'select toString(record_id) as record, toString(amount) as amount from purchase final union all select toString(record_id), coupon_key from redemption final order by 2',
    );
  const of = (record: string) => [
    { record, amount: '30' },
    { record, amount: 'MAYO' },
  ];
  await loader.load([order]);
  expect(await bought()).toEqual(of(loader.device('d')));
  await loader.load([identify('i', 5, 'ana')]);
  expect(await bought()).toEqual(of(loader.user('ana')));
  await loader.load([identify('j', 1, 'luis')]);
  expect(await bought()).toEqual(of(loader.user('luis')));
});

it('a customer’s devices are told with who else uses them and what became theirs', async () => {
  const { context } = loader;
  await loader.load([
    page('a', 1),
    page('b', 2),
    identify('i', 3, 'ana', { traits: { name: 'Ana Sanz' } }),
    page('c', 4, { userId: 'ana' }),
    identify('j', 5, 'luis'),
  ]);
  await loader.people();
  const { rows } = await sql<{ id: string }>`
    select customer_id as id from link where record_id = ${loader.user('ana')} and valid_to is null`.execute(context.store.db);
  const shown = await devicesOfCustomer(context, SYSTEM, rows[0]!.id);
  expect(shown).toMatchObject([
    {
      id: loader.device('d'),
      anonymousId: 'd',
      firstSeen: at(1),
      lastSeen: at(4),
      events: 3,
      anonymousEvents: 2,
      shared: false,
      people: 2,
      limit: 3,
      current: loader.user('luis'),
      own: [{ recordId: loader.user('ana'), customerName: 'Ana Sanz', key: 'ana', firstSeen: at(3), joined: 2 }],
      others: [{ recordId: loader.user('luis'), key: 'luis' }],
    },
  ]);
  const [masked] = await devicesOfCustomer(context, { ...SYSTEM, kind: 'user', permissions: new Set() }, rows[0]!.id);
  expect(masked!.others[0]!.key).toBe('•••');
});

describe('in whatever order they come', () => {
  const story = [
    page('a', 1),
    out('s', 2),
    page('b', 3),
    identify('i', 4, 'ana'),
    page('c', 5),
    page('x', 6, { userId: 'ana' }),
    out('t', 7, { userId: 'ana' }),
    page('e', 8),
    identify('j', 9, 'luis'),
    page('f', 10),
    page('y', 11, { userId: 'ana' }),
    page('g', 12),
    identify('k', 12, 'eva'),
    page('h', 13),
  ];
  // Somebody signed out whom nobody knows: what was before is theirs, and nobody’s.
  const TRUTH = { a: 'device', s: 'device', b: 'device', c: 'ana', t: 'ana', e: 'device', f: 'luis', g: 'eva', h: 'eva' };

  it('is what the story says', async () => {
    await loader.load(story);
    expect(await owners()).toEqual(TRUTH);
  });

  it('everything is somebody’s who it is in the order in which it happened, in one round or in many, with rounds that died', async () => {
    const orders = fc.record({
      order: fc.shuffledSubarray(story, { minLength: story.length }),
      cuts: fc.array(fc.integer({ min: 1, max: story.length - 1 }), { maxLength: 4 }),
      dies: fc.integer({ min: 0, max: 4 }),
    });
    const { store } = loader.context;
    const { transaction } = store;
    await fc.assert(
      fc.asyncProperty(orders, async ({ order, cuts, dies }) => {
        await loader.clear();
        const edges = [0, ...new Set(cuts.toSorted((a, b) => a - b)), order.length];
        for (let n = 1; n < edges.length; n++) {
          await loader.send(order.slice(edges[n - 1], edges[n]));
          if (n === dies) {
            store.transaction = () => Promise.reject(new Error('killed'));
            await loader.round().catch(() => undefined);
            store.transaction = transaction;
            // More comes meanwhile: the next round has other company.
            if (n + 1 < edges.length) continue;
          }
          await loader.round(n % 2 === 0);
        }
        await loader.load();
        expect(await owners()).toEqual(TRUTH);
        expect((await loader.events()).size).toBe(story.length - 3);
      }),
      { numRuns: 25 },
    );
  });
});
