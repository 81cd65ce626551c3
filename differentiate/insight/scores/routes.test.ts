// Asking for a scoring by hand, as people and programs do.
import { serve, type Served } from '@vinculo/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { testShop } from '../shop.fixture.ts';
import { part } from './part.ts';

let served: Served;
let shop: Awaited<ReturnType<typeof testShop>>;
beforeAll(async () => {
  shop = await testShop();
  served = await serve(shop, [part], { may: { ana: ['value.read', 'job.manage'], eva: ['value.read'] }, idle: ['insight.score'] });
});
afterAll(async () => {
  await shop?.context.jobs.stop();
  await served?.close();
});

it('asks for a run; the same request sent again is answered alike and asks for none', async () => {
  const ask = (key: string) => served.ask('ana', 'POST', '/value/scorings', {}, { 'idempotency-key': key });
  const first = await ask('one');
  expect(first.status).toBe(202);
  await shop.context.jobs.wait(first.body.jobId, 60_000);
  expect(await ask('one')).toEqual(first);
  const other = await ask('two');
  expect(other.body.jobId).not.toBe(first.body.jobId);
  const { items } = await shop.context.jobs.list({ name: 'insight.score', limit: 10 });
  expect(items).toHaveLength(2);
});

it('is for who may manage jobs', async () => {
  expect((await served.ask('eva', 'POST', '/value/scorings', {})).status).toBe(403);
});
