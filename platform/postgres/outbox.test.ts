import { silent } from '@vinculo/config';
import { testStores, type TestStores } from '@vinculo/testing';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SYSTEM } from './actor.ts';
import { type EventHandler, type Outbox, type OutboxEvent, startOutbox } from './outbox.ts';

let stores: TestStores;
let outboxes: Outbox[];
beforeEach(async () => {
  stores = await testStores();
  outboxes = [];
});
afterEach(async () => {
  for (const outbox of outboxes) await outbox.stop();
  await stores.close();
});

const start = (handlers: Record<string, Record<string, EventHandler>>) => {
  const outbox = startOutbox(stores.store, handlers, silent);
  outboxes.push(outbox);
  return outbox;
};
const emit = (id: string, n: number, type = 'customer.changed') =>
  stores.store.transaction({ ...SYSTEM, id: 'ana', name: 'Ana' }, (tx) => tx.emit(type, { kind: 'customer', id }, { n }));
const soon = (check: () => void) => vi.waitFor(check, { timeout: 10_000, interval: 20 });

describe('the outbox', () => {
  it('hands an event on as soon as its transaction is committed', async () => {
    const got: OutboxEvent[] = [];
    start({ value: { 'customer.changed': async (event) => void got.push(event) } });
    await emit('c1', 1);
    await soon(() => expect(got).toHaveLength(1));
    expect(got[0]).toMatchObject({
      type: 'customer.changed',
      subject: { kind: 'customer', id: 'c1' },
      actor: { kind: 'system', id: 'ana', name: 'Ana' },
      data: { n: 1 },
    });
  });

  it('says nothing of a transaction that was rolled back', async () => {
    const got: OutboxEvent[] = [];
    const outbox = start({ value: { 'customer.changed': async (event) => void got.push(event) } });
    const attempt = stores.store.transaction(SYSTEM, async (tx) => {
      await tx.emit('customer.changed', { kind: 'customer', id: 'c1' }, {});
      throw new Error('no');
    });
    await expect(attempt).rejects.toThrow('no');
    await outbox.drain();
    expect(got).toEqual([]);
  });

  it('keeps the order of a subject while an event of it fails, and goes on with the other subjects and handlers', async () => {
    const seen: Record<string, string[]> = { flaky: [], steady: [] };
    start({
      flaky: {
        'customer.changed': async ({ subject, data }) => {
          if (subject.id === 'c1' && data.n === 1 && !seen.flaky!.includes('c2:1')) throw new Error('not now');
          seen.flaky!.push(`${subject.id}:${data.n}`);
        },
      },
      steady: { 'customer.changed': async ({ subject, data }) => void seen.steady!.push(`${subject.id}:${data.n}`) },
    });
    await emit('c1', 1);
    await emit('c1', 2);
    await emit('c2', 1);
    await soon(() => expect(seen.steady!.filter((one) => one.startsWith('c1'))).toEqual(['c1:1', 'c1:2']));
    await soon(() => expect(seen.flaky).toEqual(['c2:1', 'c1:1', 'c1:2']));
    expect(seen.steady).toHaveLength(3);
  });

  it('of many at once that are written together, one that fails takes none of the others with it', async () => {
    const { store } = stores;
    await sql`create table effect (n integer)`.execute(store.db);
    const tried: number[] = [];
    const outbox = start({
      value: {
        'customer.changed': async ({ data }, tx) => {
          tried.push(data.n as number);
          await sql`insert into effect values (${data.n})`.execute(tx);
          if (data.n === 7) throw new Error('not this one');
        },
      },
    });
    await store.transaction(SYSTEM, async (tx) => {
      for (let n = 0; n < 30; n++) await tx.emit('customer.changed', { kind: 'customer', id: `c${n}` }, { n });
    });
    await outbox.drain();
    const effects = async () => (await sql<{ n: number }>`select n from effect order by n`.execute(store.db)).rows.map(({ n }) => n);
    await expect.poll(effects).toEqual(Array.from({ length: 30 }, (_, n) => n).filter((n) => n !== 7));
    const { rows } = await sql<{ n: number; attempts: number; error: string | null }>`
      select (data ->> 'n')::int as n, attempts, error from outbox join outbox_delivery on event_id = id where error is not null`.execute(
      store.db,
    );
    expect(rows).toEqual([expect.objectContaining({ n: 7, error: 'not this one' })]);
    expect(tried.length).toBeGreaterThan(30);
  });

  it('commits what a handler writes together with the delivery', async () => {
    await sql`create table effect (n integer)`.execute(stores.store.db);
    let calls = 0;
    start({
      value: {
        'customer.changed': async (_event, tx) => {
          await sql`insert into effect values (1)`.execute(tx);
          if (calls++ === 0) throw new Error('after the write');
        },
      },
    });
    await emit('c1', 1);
    await soon(() => expect(calls).toBe(2));
    await expect.poll(async () => (await sql`select n from effect`.execute(stores.store.db)).rows.length).toBe(1);
  });

  it('delivers each event to a handler once when two processes run it', async () => {
    const got: number[] = [];
    const handlers = { value: { 'customer.changed': async ({ data }: OutboxEvent) => void got.push(data.n as number) } };
    start(handlers);
    start(handlers);
    await Promise.all(Array.from({ length: 40 }, (_, n) => emit(`c${n}`, n)));
    await soon(() => expect(got).toHaveLength(40));
    expect(new Set(got).size).toBe(40);
  });

  it('closes what every handler has had, and what nobody waits for', async () => {
    const outbox = start({ value: { 'customer.changed': async () => {} } });
    await emit('c1', 1);
    await emit('c1', 2, 'nobody.cares');
    await outbox.drain();
    await expect
      .poll(
        async () =>
          (await sql<{ n: number }>`select count(*) as n from outbox where handled_at is null`.execute(stores.store.db)).rows[0]!.n,
      )
      .toBe(0);
  });
});
