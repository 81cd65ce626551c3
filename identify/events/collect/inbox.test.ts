// Acknowledged means committed; many requests share a commit; too many are told to come later.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { inboxArrived } from './arrivals.ts';
import { type TestDoor, testDoor } from './door.fixture.ts';

let door: TestDoor;
beforeAll(async () => {
  door = await testDoor({ held: { requests: 300, bytes: 200_000 }, waiting: { requests: 1_000, bytes: 2 ** 30, events: 5_000 } });
});
afterEach(() => door.empty());
afterAll(() => door.close());

const track = (n: number) => ({ writeKey: door.key.key, event: 'Visto', anonymousId: 'a1', messageId: `m${n}` });
const many = (count: number) => Array.from({ length: count }, (_, n) => door.send('track', track(n)));
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Nobody can write to the inbox meanwhile. */
async function whileLocked<T>(work: () => Promise<T>): Promise<T> {
  const client = await door.context.store.pool.connect();
  try {
    await client.query('begin');
    await client.query('lock table inbox in share mode');
    return await work();
  } finally {
    await client.query('rollback');
    client.release();
  }
}

describe('an answer of success', () => {
  it('waits for the commit', async () => {
    let answered = false;
    const sent = await whileLocked(async () => {
      const sending = door.send('track', track(1)).then((reply) => {
        answered = true;
        return reply;
      });
      await pause(300);
      expect(answered).toBe(false);
      return { sending };
    });
    expect((await sent.sending).status).toBe(200);
    expect(await door.inbox()).toHaveLength(1);
  });

  it('is not given when nothing could be kept, and the door opens again by itself', async () => {
    const { pool } = door.context.store;
    await pool.query('alter table inbox rename to elsewhere');
    const refused = await Promise.all(many(20));
    expect(refused.map(({ status, body }) => [status, body.code])).toEqual(refused.map(() => [503, 'VIN_POSTGRES_UNAVAILABLE']));
    await pool.query('alter table elsewhere rename to inbox');
    expect((await door.send('track', track(1))).status).toBe(200);
    expect(await door.inbox()).toHaveLength(1);
  });
});

describe('requests at the same time', () => {
  it('share commits, and each keeps its own body', async () => {
    const replies = await Promise.all(many(200));
    expect(replies.every(({ status }) => status === 200)).toBe(true);
    const { rows } = await door.context.store.pool.query<{ commits: number }>(
      'select count(distinct xmin::text)::int as commits from inbox',
    );
    expect(rows[0]!.commits).toBeLessThan(100);
    const kept = (await door.inbox()).map(({ body }) => (JSON.parse(body.toString()) as { messageId: string }).messageId);
    expect(kept.toSorted()).toEqual(Array.from({ length: 200 }, (_, n) => `m${n}`).toSorted());
  });

  it('tell the loader of this process and those of others', async () => {
    let here = 0;
    const stop = inboxArrived(() => here++);
    const client = await door.context.store.pool.connect();
    const elsewhere = new Promise((resolve) => client.once('notification', resolve));
    await client.query('listen vinculo_inbox');
    await door.send('track', track(1));
    expect(await elsewhere).toMatchObject({ channel: 'vinculo_inbox' });
    expect(here).toBe(1);
    stop();
    await door.send('track', track(2));
    expect(here).toBe(1);
    await client.query('unlisten *');
    client.release();
  });
});

describe('too much', () => {
  it('in this process: 429 with Retry-After, nothing of it kept, and what was taken in is still kept', async () => {
    const [replies, more] = await whileLocked(async () => {
      const replies = many(300);
      await pause(1_000);
      return [replies, await Promise.all(many(50))] as const;
    });
    for (const { status, headers, body } of more) {
      expect({ status, code: body.code, after: headers.get('retry-after') }).toEqual({
        status: 429,
        code: 'VIN_EVENT_OVERLOAD',
        after: '1',
      });
    }
    expect((await Promise.all(replies)).every(({ status }) => status === 200)).toBe(true);
    expect(await door.inbox()).toHaveLength(300);
  });

  it('in bytes, before they are all read', async () => {
    const big = { writeKey: door.key.key, batch: Array.from({ length: 10 }, () => ({ pad: 'x'.repeat(9_000) })) };
    const statuses = await whileLocked(async () => {
      const first = [door.send('batch', big), door.send('batch', big)];
      await pause(500);
      const third = await door.send('batch', big);
      return { first, third };
    });
    expect(statuses.third).toMatchObject({ status: 429, body: { code: 'VIN_EVENT_OVERLOAD' } });
    expect((await Promise.all(statuses.first)).map(({ status }) => status)).toEqual([200, 200]);
    // What they held is free again.
    expect((await door.send('batch', big)).status).toBe(200);
  });

  it('in the inbox: until the loader has caught up', async () => {
    const full = { writeKey: door.key.key, batch: Array.from({ length: 2_500 }, () => ({})) };
    expect((await door.send('batch', full)).status).toBe(200);
    expect((await door.send('batch', full)).status).toBe(200);
    const refused = await door.send('track', track(1));
    expect({ status: refused.status, after: refused.headers.get('retry-after') }).toEqual({ status: 429, after: '10' });
    const state = await door.ask('luis', 'GET', '/events/door');
    expect(state.body).toMatchObject({ waitingEvents: 5_000, refused: { overload: expect.any(Number) } });
    expect(state.body.waitingBytes).toBeGreaterThan(10_000);
    await door.empty();
    // It looks by itself about once a second.
    await expect.poll(async () => (await door.send('track', track(2))).status, { timeout: 10_000 }).toBe(200);
  });
});

it('many who look at the door do not make it seem full', async () => {
  for (let round = 0; round < 12; round++) {
    const looks = Array.from({ length: 6 }, () => door.ask('luis', 'GET', '/events/door'));
    expect((await Promise.all(many(20))).map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 200));
    await Promise.all(looks);
  }
  expect((await door.ask('luis', 'GET', '/events/door')).body.waitingEvents).toBe(240);
});

it('figures for whoever watches the server', async () => {
  const { pool } = door.context.store;
  await pool.query(
    `insert into inbox (source_id, type, received_at, events, body) values ($1, 'batch', now() - interval '90 seconds', 7, 'x')`,
    [door.source.id],
  );
  const text = await (await fetch(`${door.url}/metrics`)).text();
  const figure = (name: string) => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]);
  expect(figure('vinculo_inbox_events')).toBe(7);
  expect(figure('vinculo_inbox_oldest_seconds')).toBeGreaterThanOrEqual(90);
  expect(figure('vinculo_events_accepted')).toBeGreaterThan(5_000);
  expect(figure('vinculo_event_requests_refused{reason="overload"}')).toBeGreaterThan(0);
});
