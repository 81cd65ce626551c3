// Purchases that come one by one are scored soon, and scoring rests in between.
import { newId, SYSTEM } from '@vinculo/postgres';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestShop, testShop } from '../shop.fixture.ts';
import { followFacts } from './follow-facts.ts';
import { part } from './part.ts';

let shop: TestShop;
beforeAll(async () => {
  shop = await testShop();
  shop.context.jobs.define({ name: 'insight.score', run: () => shop.score() });
  await shop.context.jobs.start();
  await shop.customer('ana');
  await shop.buy({ record: 'ana', order: 'A1', at: '2026-01-10 10:00:00', amount: '60' });
});
afterAll(async () => {
  await shop?.context.jobs.stop();
  await shop?.close();
});

const arrive = () => sql`insert into fresh_purchase (record_id) values (${newId()})`.execute(shop.context.store.db);

it('asks for nothing while nothing came', async () => {
  expect(await followFacts(shop.context)).toBeNull();
});

it('asks once, and again only after a rest of thirty times the last run', async () => {
  const { jobs, store } = shop.context;
  await arrive();
  expect(await followFacts(shop.context)).toEqual({ asked: true });
  expect(await followFacts(shop.context)).toBeNull();
  const [asked] = (await jobs.list({ name: 'insight.score', limit: 1 })).items;
  const run = await jobs.wait(asked!.id, 60_000);
  expect(run.state).toBe('done');
  await arrive();
  const ended = Date.parse(run.endedAt!);
  expect(await followFacts(shop.context, new Date(ended + 30_000))).toBeNull();
  await store.transaction(SYSTEM, async (tx) => {
    await sql`update job_run set started_at = ended_at - interval '20 seconds' where id = ${run.id}`.execute(tx);
  });
  expect(await followFacts(shop.context, new Date(ended + 590_000))).toBeNull();
  expect(await followFacts(shop.context, new Date(ended + 601_000))).toEqual({ asked: true });
});

it('follows customers that were linked as they came, and scores at once what somebody merged by hand', async () => {
  const { jobs, store } = shop.context;
  const merged = part.handlers!(shop.context)['customer.merged']!;
  const by = (kind: 'user' | 'system') => ({
    id: newId(),
    type: 'customer.merged',
    subject: { kind: 'customer', id: newId() },
    actor: { kind, id: 'x', name: 'X' },
    data: {},
    occurredAt: new Date(),
  });
  const lastRun = async () => (await jobs.list({ name: 'insight.score', limit: 1 })).items[0]!;
  const before = await lastRun();
  await jobs.wait(before.id, 60_000);
  const scored = part.handlers!(shop.context)['customers.scored']!;
  await store.transaction(SYSTEM, async (tx) => {
    await sql`delete from fresh_purchase`.execute(tx);
  });
  const tomorrow = new Date(Date.now() + 86_400_000);
  expect(await followFacts(shop.context, tomorrow)).toBeNull();

  await store.transaction(SYSTEM, (tx) => merged(by('system'), tx));
  expect((await lastRun()).id).toBe(before.id);
  expect(await followFacts(shop.context)).toBeNull();
  expect(await followFacts(shop.context, tomorrow)).toEqual({ asked: true });
  const followed = await lastRun();
  await jobs.wait(followed.id, 60_000);
  const done = { ...by('system'), type: 'customers.scored', data: { began: new Date(Date.now() + 1_000).toISOString() } };
  await store.transaction(SYSTEM, (tx) => scored(done, tx));
  expect(await followFacts(shop.context, tomorrow)).toBeNull();

  await store.transaction(SYSTEM, (tx) => merged(by('user'), tx));
  const own = await lastRun();
  expect(own.id).not.toBe(followed.id);
  expect((await jobs.wait(own.id, 60_000)).state).toBe('done');
});
