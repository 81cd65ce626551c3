// Power cuts under load: whatever a sender was told is kept is in the warehouse, once, and so are the orders among it.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { setTimeout as pause } from 'node:timers/promises';
import { type TestStores, testStores } from '@vinculo/testing';
import { openWarehouse } from '@vinculo/warehouse';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { OWNER, visitor } from './test-server.ts';

const CUTS = 5;
const SENDERS = 8;

let stores: TestStores;
let child: ChildProcess;
let url = '';
beforeAll(async () => {
  stores = await testStores();
  // The server has the folder now.
  await stores.warehouse.close();
  await start();
});
afterAll(async () => {
  child?.kill('SIGKILL');
  await stores.close();
});

async function start(): Promise<void> {
  const script = fileURLToPath(new URL('./events-killed.fixture.ts', import.meta.url));
  child = fork(script, [JSON.stringify(stores.config)], { execArgv: ['--import', 'tsx'] });
  const [told] = (await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(([code]) => Promise.reject(new Error(`the server ended with ${code}`))),
  ])) as [string];
  url = told;
}

async function cut(): Promise<void> {
  url = '';
  child.kill('SIGKILL');
  const [, signal] = (await once(child, 'exit')) as [number | null, string];
  expect(signal).toBe('SIGKILL');
}

async function writeKey(): Promise<string> {
  const owner = visitor(url);
  await owner.send('POST', '/setup', OWNER);
  const source = await owner.send('POST', '/sources', { name: 'tienda', label: 'Tienda', kind: 'api' });
  return (await owner.send('POST', `/sources/${source.body.id}/write-keys`, { name: 'web' })).body.key as string;
}

/** Of visitors with a device each, who look at things, say who they are, and buy. */
function event(n: number): { facts: number; orders: number; event: object } {
  const visitor = n % 40;
  const who = { anonymousId: `d${visitor}`, messageId: `message-${n}` };
  if (n % 23 === 0) {
    const identify = { type: 'identify', ...who, userId: `u${visitor}`, traits: { email: `u${visitor}@example.com`, firstName: 'Ana' } };
    return { facts: 0, orders: 0, event: identify };
  }
  if (n % 7 === 0) {
    const properties = { n, order_id: `o${n}`, revenue: 10, currency: 'EUR', products: [{ product_id: 'p1', price: 10, quantity: 1 }] };
    return { facts: 1, orders: 1, event: { type: 'track', event: 'Order Completed', ...who, properties } };
  }
  return { facts: 1, orders: 0, event: { type: 'track', event: 'Product Viewed', ...who, properties: { n, product_id: `p${n % 5}` } } };
}

it('none lost, none doubled', async () => {
  const key = await writeKey();
  const acknowledged = new Set<number>();
  const orders = new Set<number>();
  let next = 0;
  const ending = new AbortController();
  const ended = () => ending.signal.aborted;

  async function post(numbers: readonly number[]): Promise<boolean> {
    if (url === '') return false;
    const batch = numbers.map((n) => event(n).event);
    // Now and then one by one, to the path of its call.
    const [path, body] = batch.length === 1 ? [(batch[0] as { type: string }).type, batch[0]] : ['batch', { batch }];
    try {
      const reply = await fetch(`${url}/v1/${path}`, {
        method: 'POST',
        body: JSON.stringify({ writeKey: key, sentAt: new Date().toISOString(), ...body }),
      });
      await reply.text();
      return reply.status === 200;
    } catch {
      return false;
    }
  }

  async function insist(numbers: readonly number[]): Promise<boolean> {
    while (!(await post(numbers))) {
      if (ended()) return false;
      await pause(50);
    }
    return true;
  }

  async function send(sender: number): Promise<void> {
    while (!ended()) {
      const numbers = Array.from({ length: sender % 2 === 0 ? 1 : 25 }, () => next++);
      // Half of the senders try again what they were not told of, as the libraries do; the others never learn.
      const kept = sender < SENDERS / 2 ? await insist(numbers) : await post(numbers);
      if (!kept) await pause(50);
      else {
        for (const n of numbers) {
          if (event(n).facts > 0) acknowledged.add(n);
          if (event(n).orders > 0) orders.add(n);
        }
      }
    }
  }

  const sending = Array.from({ length: SENDERS }, (_, sender) => send(sender));
  for (let n = 0; n < CUTS; n++) {
    await pause(300 + Math.random() * 1_500);
    await cut();
    await start();
  }
  await pause(500);
  ending.abort();
  await Promise.all(sending);

  const waiting = async () => (await stores.store.pool.query<{ n: number }>('select count(*)::int as n from inbox')).rows[0]!.n;
  await expect.poll(waiting, { timeout: 60_000, interval: 100 }).toBe(0);
  const [, [code]] = [child.kill('SIGTERM'), (await once(child, 'exit')) as [number]];
  expect(code).toBe(0);

  const warehouse = await openWarehouse(stores.config);
  try {
    const facts = await warehouse.rows<{ n: number; times: string }>(
      "select JSONExtractInt(properties, 'n') as n, count() as times from event final group by n",
    );
    const kept = new Map(facts.map(({ n, times }) => [Number(n), Number(times)]));
    expect([...acknowledged].filter((n) => !kept.has(n))).toEqual([]);
    expect([...kept].filter(([, times]) => times !== 1)).toEqual([]);
    // Nothing that nobody sent, and enough that the cuts fell among it.
    expect([...kept.keys()].filter((n) => n >= next || event(n).facts === 0)).toEqual([]);
    expect(acknowledged.size).toBeGreaterThan(500);

    const bought = await warehouse.rows<{ order_key: string; times: string }>(
      'select order_key, count() as times from purchase final group by order_key',
    );
    const lines = new Map(bought.map(({ order_key, times }) => [order_key, Number(times)]));
    expect([...orders].filter((n) => !lines.has(`o${n}`))).toEqual([]);
    expect([...lines].filter(([, times]) => times !== 1)).toEqual([]);
    const { rows } = await stores.store.pool.query<{ n: number }>('select count(*)::int as n from event_error');
    expect(rows[0]!.n).toBe(0);
  } finally {
    await warehouse.close();
  }
});
