// Purchases that come one by one are scored soon, and scoring rests in between.
import { newId, SYSTEM } from '@vinculo/postgres';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestShop, testShop } from '../shop.fixture.ts';
import { followFacts } from './follow-facts.ts';

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
