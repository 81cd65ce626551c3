// The loader that goes on by itself: how soon, how much, and one at a time.
import { saveRecords } from '@vinculo/customer-file';
import { SYSTEM } from '@vinculo/postgres';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { tellArrival } from '../collect/arrivals.ts';
import { NOBODY, type TestLoader, testLoader } from './load.fixture.ts';
import { startLoader } from './loader.ts';
import { mulberry, traffic } from './traffic.fixture.ts';

let loader: TestLoader;
beforeAll(async () => {
  loader = await testLoader();
});
afterAll(() => loader?.close());
beforeEach(async () => {
  await loader.clear();
  await sql`update event_loader set owner = ${NOBODY}`.execute(loader.context.store.db);
});

const owner = async () => (await sql<{ owner: string }>`select owner from event_loader`.execute(loader.context.store.db)).rows[0]!.owner;
const waiting = async () => (await sql<{ n: number }>`select count(*) as n from inbox`.execute(loader.context.store.db)).rows[0]!.n;

it('loads what arrives, makes customers of people and tells those who follow', async () => {
  const { store } = loader.context;
  // While the live index is being built, people wait for a whole run instead, and nobody runs one here.
  let n = 0;
  const linked = async () => {
    const task = { source: { id: loader.app, country: 'ES' }, records: [{ key: `first ${n++}`, fields: { full_name: 'Eva Ruiz' } }] };
    return (await saveRecords(loader.context, SYSTEM, task)).records[0]!.identity;
  };
  await expect.poll(linked, { timeout: 90_000 }).not.toBe('waiting');
  const stop = startLoader(loader.context);
  try {
    await expect.poll(owner, { timeout: 10_000 }).not.toBe(NOBODY);
    await loader.send([
      { type: 'identify', userId: '4712', traits: { email: 'ana@correo.example' } },
      { type: 'page', userId: '4712' },
    ]);
    tellArrival();
    await expect.poll(async () => (await loader.events()).size, { timeout: 20_000 }).toBe(1);
    await expect.poll(waiting, { timeout: 20_000 }).toBe(0);
    const told = async () =>
      (
        await sql<{ n: number }>`
        select count(*) as n from outbox o
         where type = 'facts.added' and data -> 'customers' ? (select customer_id::text from link where record_id = ${loader.user('4712')} and valid_to is null)`.execute(
          store.db,
        )
      ).rows[0]!.n;
    await expect.poll(told, { timeout: 60_000 }).toBeGreaterThan(0);
  } finally {
    await stop();
  }
});

it('waits while another process has the turn, and takes it when that is gone', async () => {
  const one = startLoader(loader.context);
  await expect.poll(owner, { timeout: 10_000 }).not.toBe(NOBODY);
  const first = await owner();
  const other = startLoader(loader.context);
  try {
    await loader.send([{ type: 'page', messageId: 'a', userId: 'u' }]);
    await expect.poll(waiting, { timeout: 20_000 }).toBe(0);
    expect(await owner()).toBe(first);
    await one();
    await loader.send([{ type: 'page', messageId: 'b', userId: 'u' }]);
    await expect.poll(waiting, { timeout: 20_000 }).toBe(0);
    expect(await owner()).not.toBe(first);
  } finally {
    await other();
  }
});

it('gives the turn up when it was taken from it, and asks for it again', async () => {
  const stop = startLoader(loader.context);
  try {
    await expect.poll(owner, { timeout: 10_000 }).not.toBe(NOBODY);
    await sql`update event_loader set owner = ${NOBODY}`.execute(loader.context.store.db);
    await loader.send([{ type: 'page', messageId: 'a', userId: 'u' }]);
    await expect.poll(waiting, { timeout: 20_000 }).toBe(0);
    expect(await owner()).not.toBe(NOBODY);
  } finally {
    await stop();
  }
});

it('begins anew after a round that failed, and loses nothing of it', async () => {
  const { warehouse, log } = loader.context;
  const told = vi.spyOn(log, 'error');
  await warehouse.command('rename table event to event_away');
  const stop = startLoader(loader.context);
  try {
    await expect.poll(owner, { timeout: 10_000 }).not.toBe(NOBODY);
    await loader.send([{ type: 'page', messageId: 'a', userId: 'u' }]);
    await expect.poll(() => told.mock.calls.length, { timeout: 20_000 }).toBeGreaterThan(0);
    expect(await waiting()).toBe(1);
    await warehouse.command('rename table event_away to event');
    await expect.poll(waiting, { timeout: 20_000 }).toBe(0);
    expect((await loader.events()).size).toBe(1);
  } finally {
    await warehouse.command('rename table if exists event_away to event');
    await stop();
    told.mockRestore();
  }
});

it('ten thousand events of a shop are each there once, under whoever they are of', async () => {
  const random = mulberry(7);
  const shop = { people: 800, devices: 2_000, identify: 0.02, orders: 0.02 };
  const sent: { type: string; messageId: string; userId?: string; event?: string }[] = [];
  for (let n = 0; n < 10_000; n += 100) {
    const batch = traffic(n, 100, random, shop) as typeof sent;
    sent.push(...batch);
    await loader.send(batch, { sentAt: new Date().toISOString() });
  }
  const stop = startLoader(loader.context);
  try {
    await expect.poll(waiting, { timeout: 120_000, interval: 200 }).toBe(0);
  } finally {
    await stop();
  }
  const [kept] = await loader.context.warehouse.rows<{ events: number; ids: number; named: number; calls: number; orders: number }>(
    `select count() as events, uniqExact(event_id) as ids, countIf(anonymous = 0) as named,
            (select count() from identification final) as calls, (select uniqExact(order_key) from purchase final) as orders from event final`,
  );
  const visits = sent.filter(({ type }) => type !== 'identify');
  expect(kept).toEqual({
    events: visits.length,
    ids: visits.length,
    named: visits.filter(({ userId }) => userId !== undefined).length,
    calls: sent.length - visits.length,
    orders: sent.filter(({ event }) => event === 'Order Completed').length,
  });
});
