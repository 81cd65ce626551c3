// Segment's own library for Node, unchanged, from npm: all its calls, in batches, and its patience.
import { Analytics } from '@segment/analytics-node';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { type TestDoor, testDoor } from './door.fixture.ts';

let door: TestDoor;
beforeAll(async () => {
  door = await testDoor();
});
afterEach(() => door.empty());
afterAll(() => door.close());

interface Sent {
  type: string;
  messageId: string;
  event?: string;
  userId?: string;
}

async function inInbox(): Promise<{ events: Sent[]; requests: number }> {
  const rows = await door.inbox();
  const bodies = rows.map(({ body }) => JSON.parse(body.toString()) as { batch: Sent[]; sentAt: string });
  expect(bodies.every(({ sentAt }) => Math.abs(Date.now() - Date.parse(sentAt)) < 60_000)).toBe(true);
  expect(rows.map(({ events }) => events)).toEqual(bodies.map(({ batch }) => batch.length));
  return { events: bodies.flatMap(({ batch }) => batch), requests: rows.length };
}

it('sends every call', async () => {
  const analytics = new Analytics({ writeKey: door.key.key, host: door.url });
  const errors: unknown[] = [];
  analytics.on('error', (error) => errors.push(error));
  analytics.identify({ userId: 'u1', traits: { email: 'ana@example.com', firstName: 'Ana' } });
  analytics.track({ userId: 'u1', event: 'Order Completed', properties: { order_id: '7', revenue: 12.5, currency: 'EUR' } });
  analytics.page({ anonymousId: 'a1', name: 'Inicio', properties: { url: 'https://tienda.example/' } });
  analytics.screen({ userId: 'u1', name: 'Cesta' });
  analytics.group({ userId: 'u1', groupId: 'g1', traits: { name: 'Ferretería Núñez' } });
  analytics.alias({ userId: 'u1', previousId: 'u0' });
  await analytics.closeAndFlush();
  expect(errors).toEqual([]);
  const { events, requests } = await inInbox();
  expect(events.map(({ type }) => type)).toEqual(['identify', 'track', 'page', 'screen', 'group', 'alias']);
  expect(requests).toBe(1);
});

it('sends a thousand in batches, each once', async () => {
  const analytics = new Analytics({ writeKey: door.key.key, host: door.url, flushAt: 100, flushInterval: 500 });
  for (let n = 0; n < 1_000; n++) analytics.track({ userId: `u${n % 50}`, event: `Evento ${n}` });
  await analytics.closeAndFlush();
  const { events, requests } = await inInbox();
  expect(events.map(({ event }) => event).toSorted()).toEqual(Array.from({ length: 1_000 }, (_, n) => `Evento ${n}`).toSorted());
  expect(new Set(events.map(({ messageId }) => messageId)).size).toBe(1_000);
  expect(requests).toBe(10);
});

it('hears that a key does not work, and does not try again for ever', async () => {
  const analytics = new Analytics({ writeKey: `vk_${'0'.repeat(32)}`, host: door.url, maxRetries: 2 });
  const errors: unknown[] = [];
  analytics.on('error', (error) => errors.push(error));
  analytics.track({ userId: 'u1', event: 'Visto' });
  await analytics.closeAndFlush();
  expect(errors).toHaveLength(1);
  expect(await door.inbox()).toEqual([]);
});
