// Without consent an event is a statistic of nobody; what people choose is written down.
import { newId } from '@vinculo/postgres';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { messageOf, NOBODY, type TestLoader, testLoader } from '../load.fixture.ts';

let loader: TestLoader;
beforeAll(async () => {
  loader = await testLoader();
});
afterAll(() => loader?.close());
beforeEach(async () => {
  await sql`delete from event_source`.execute(loader.context.store.db);
  await loader.clear();
});

const chose = (choice?: boolean) =>
  choice === undefined ? {} : { context: { consent: { categoryPreferences: { analytics: choice, ads: false } } } };
const bought = (messageId: string, choice?: boolean) => ({
  type: 'track',
  event: 'Order Completed',
  messageId,
  userId: 'ana',
  anonymousId: 'd',
  properties: {
    order_id: messageId,
    total: 20,
    query: 'ana@correo.example',
    note: 'para Ana',
    products: [{ sku: 'p1', category: 'Café', price: 20 }],
  },
  ...chose(choice),
});
const settings = (consent: string) =>
  sql`insert into event_source (source_id, consent, updated_by) values (${loader.shop}, ${consent}, 'ana')`.execute(
    loader.context.store.db,
  );
const ownerOf = async (message: string) => (await loader.events()).get(messageOf(loader.shop, message))!.record;
const counts = async () => {
  const [facts] = await loader.context.warehouse.rows<{ lines: number }>('select count() as lines from purchase final');
  const { rows } = await sql<{ people: number; devices: number }>`
    select (select count(*) from event_person) as people, (select count(*) from event_device) as devices`.execute(loader.context.store.db);
  return { ...facts, ...rows[0] };
};

it.each([
  ['given', true, true],
  ['given', undefined, false],
  ['given', false, false],
  ['not_refused', true, true],
  ['not_refused', undefined, true],
  ['not_refused', false, false],
])('where consent must be %s, and the visitor chose %s: tied is %s', async (consent, choice, tied) => {
  await settings(consent);
  await loader.round(true);
  await loader.load([bought('m', choice)]);
  expect(await ownerOf('m')).toBe(tied ? loader.user('ana') : NOBODY);
  expect(await counts()).toEqual(tied ? { lines: 1, people: 1, devices: 1 } : { lines: 0, people: 0, devices: 0 });
});

it('untied, it keeps what was seen and bought and nothing that leads to anybody', async () => {
  await loader.load([
    bought('m', false),
    { type: 'identify', userId: 'ana', anonymousId: 'd', traits: { email: 'ana@correo.example' }, ...chose(false) },
  ]);
  const [event] = [...(await loader.events()).values()];
  expect(event).toMatchObject({
    record: NOBODY,
    device: NOBODY,
    anonymous: 1,
    name: 'Order Completed',
    products: ['p1'],
    categories: ['Café'],
    value: '20',
    currency: 'EUR',
    order_key: '',
    search: '',
    properties: '',
  });
  expect(
    await loader.context.warehouse.rows('select toString(record_id) as r, toString(device_id) as d from identification final'),
  ).toEqual([{ r: NOBODY, d: NOBODY }]);
  expect(await counts()).toEqual({ lines: 0, people: 0, devices: 0 });
});

describe('the desk', () => {
  const write = async (granted: boolean, day: number) => {
    await sql`
      insert into consent (id, record_id, purpose, channel, granted, occurred_at, recorded_by)
      values (${newId()}, ${loader.user('ana')}, 'analytics', 'any', ${granted}, ${`2024-05-0${day}T10:00:00Z`}, 'Ana')`.execute(
      loader.context.store.db,
    );
    await loader.round(true);
  };

  it('knows of a no that was said elsewhere, until the next yes', async () => {
    await write(false, 1);
    await loader.load([bought('a'), bought('b', true)]);
    expect([await ownerOf('a'), await ownerOf('b')]).toEqual([NOBODY, NOBODY]);
    await write(true, 2);
    await loader.load([bought('c')]);
    expect(await ownerOf('c')).toBe(loader.user('ana'));
  });

  it('writes down what identify tells when it changes, with the message that told it', async () => {
    const said = (id: string, day: number, choice: boolean) => ({
      type: 'identify',
      messageId: id,
      userId: 'ana',
      timestamp: `2024-05-0${day}T10:00:00.000Z`,
      ...chose(choice),
    });
    await loader.load([said('m1', 1, true), said('m2', 2, true)]);
    await loader.load([said('m3', 3, false), said('m4', 4, true)]);
    await loader.load([said('m3', 3, false)]);
    const { rows } = await sql`
      select purpose, granted, channel, proof from consent where record_id = ${loader.user('ana')} order by purpose, occurred_at`.execute(
      loader.context.store.db,
    );
    expect(rows).toEqual([
      { purpose: 'ads', granted: false, channel: 'web', proof: 'm1' },
      { purpose: 'analytics', granted: true, channel: 'web', proof: 'm1' },
      { purpose: 'analytics', granted: false, channel: 'web', proof: 'm3' },
      { purpose: 'analytics', granted: true, channel: 'web', proof: 'm4' },
    ]);
  });

  it('hears in the same breath: what comes with and after a no is nobody’s', async () => {
    await loader.load([
      { type: 'identify', messageId: 'i', userId: 'ana', timestamp: '2024-05-01T10:00:00Z', ...chose(false) },
      { ...bought('later'), timestamp: '2024-05-01T11:00:00Z' },
      { ...bought('before'), timestamp: '2024-05-01T09:00:00Z' },
    ]);
    expect(await ownerOf('later')).toBe(NOBODY);
  });
});
