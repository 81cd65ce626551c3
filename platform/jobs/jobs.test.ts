import { fail } from '@vinculo/errors';
import { type Actor, SYSTEM } from '@vinculo/postgres';
import { testStores, type TestStores } from '@vinculo/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { JobDefinition } from './job-definition.ts';
import { createJobs, type Jobs } from './jobs.ts';

let stores: TestStores;
let started: Jobs[];
beforeEach(async () => {
  stores = await testStores();
  started = [];
});
afterEach(async () => {
  for (const jobs of started) await jobs.stop();
  await stores.close();
});

const ANA: Actor = { kind: 'user', id: 'u1', name: 'Ana', permissions: new Set(['import.run']), language: 'es' };
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function start(definitions: Partial<JobDefinition<never>>[], roles: ('api' | 'worker')[] = ['api', 'worker']): Promise<Jobs> {
  const jobs = createJobs({ roles, timeZone: 'Europe/Madrid' }, stores.store);
  for (const definition of definitions) jobs.define({ name: 'test.job', run: async () => undefined, ...definition });
  await jobs.start();
  started.push(jobs);
  return jobs;
}

/** Works until it is told to stop. */
const endless: Partial<JobDefinition<never>> = {
  run: (_input, { signal }) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
};

describe('a job', () => {
  it('runs at once, with its input and in the name of who asked for it, and keeps what it returns', async () => {
    const jobs = await start([
      {
        async run(input: { n: number }, job) {
          await job.progress({ done: 3, total: 3, phase: 'count', detail: 'three' });
          return { twice: input.n * 2, actor: job.actor.name, mayImport: job.actor.permissions.has('import.run'), attempt: job.attempt };
        },
      } as Partial<JobDefinition<never>>,
    ]);
    const asked = performance.now();
    const run = await jobs.wait(await jobs.enqueue('test.job', { n: 21 }, { actor: ANA }), 5_000);
    expect(performance.now() - asked).toBeLessThan(500);
    expect(run).toMatchObject({
      state: 'done',
      done: 3,
      total: 3,
      phase: 'count',
      detail: 'three',
      attempt: 1,
      error: null,
      output: { twice: 42, actor: 'Ana', mayImport: true, attempt: 1 },
      actor: { kind: 'user', id: 'u1', name: 'Ana' },
    });
  });

  it('is tried again after an error that may pass', async () => {
    let attempts = 0;
    const jobs = await start([
      {
        retries: 1,
        async run() {
          if (++attempts < 2) throw new Error('the network is down');
          return { attempts };
        },
      },
    ]);
    const run = await jobs.wait(await jobs.enqueue('test.job', {}), 20_000);
    expect(run).toMatchObject({ state: 'done', attempt: 2, output: { attempts: 2 }, error: null });
  });

  it('fails when it has been tried often enough, and can then be asked for again', async () => {
    let broken = true;
    const jobs = await start([
      {
        async run() {
          if (broken) throw new Error('disk full');
        },
      },
    ]);
    const id = await jobs.enqueue('test.job', {});
    expect(await jobs.wait(id, 5_000)).toMatchObject({ state: 'failed', error: { code: 'VIN_JOB_FAILED', message: 'disk full' } });
    broken = false;
    await jobs.retry(id, ANA);
    expect(await jobs.wait(id, 5_000)).toMatchObject({ id, state: 'done', attempt: 2, error: null });
    await expect(jobs.retry(id, ANA)).rejects.toMatchObject({ code: 'VIN_JOB_NOT_FAILED' });
  });

  it('fails at once when the mistake is the person’s', async () => {
    const jobs = await start([
      {
        retries: 5,
        async run() {
          throw fail('VIN_IMPORT_EMPTY', { file: 'a.csv' });
        },
      },
    ]);
    const run = await jobs.wait(await jobs.enqueue('test.job', {}), 5_000);
    expect(run).toMatchObject({ state: 'failed', attempt: 1, error: { code: 'VIN_IMPORT_EMPTY', params: { file: 'a.csv' } } });
  });

  it('is asked for only if the transaction is committed', async () => {
    const jobs = await start([{}]);
    const attempt = stores.store.transaction(ANA, async (tx) => {
      await jobs.enqueue('test.job', {}, { tx });
      throw new Error('changed my mind');
    });
    await expect(attempt).rejects.toThrow('changed my mind');
    expect((await jobs.list({ limit: 10 })).items).toEqual([]);
    const id = await stores.store.transaction(ANA, (tx) => jobs.enqueue('test.job', {}, { tx, actor: ANA }));
    expect(await jobs.wait(id, 5_000)).toMatchObject({ state: 'done' });
  });

  it('waits only once under one key', async () => {
    const jobs = await start([{}], ['api']);
    const ids = await Promise.all([1, 2, 3].map(() => jobs.enqueue('test.job', {}, { key: 'scores' })));
    expect(new Set(ids).size).toBe(1);
    expect(await jobs.enqueue('test.job', {}, { key: 'other' })).not.toBe(ids[0]);
  });

  it('of an unknown name, or an unknown id, is an error', async () => {
    const jobs = await start([{}]);
    await expect(jobs.enqueue('no.such', {})).rejects.toMatchObject({ code: 'VIN_JOB_UNKNOWN' });
    for (const id of ['x', '01890000-0000-7000-8000-000000000000']) {
      await expect(jobs.get(id)).rejects.toMatchObject({ code: 'VIN_JOB_NOT_FOUND' });
      await expect(jobs.cancel(id, ANA)).rejects.toMatchObject({ code: 'VIN_JOB_NOT_FOUND' });
    }
  });
});

describe('cancelling', () => {
  it('stops a running job', async () => {
    const jobs = await start([endless]);
    const id = await jobs.enqueue('test.job', {});
    await vi.waitFor(async () => expect((await jobs.get(id)).state).toBe('running'));
    await jobs.cancel(id, ANA);
    expect(await jobs.wait(id, 5_000)).toMatchObject({ state: 'cancelled', error: { code: 'VIN_JOB_CANCELLED' } });
    await expect(jobs.cancel(id, ANA)).rejects.toMatchObject({ code: 'VIN_JOB_FINISHED', params: { state: 'cancelled' } });
  });

  it('reaches a job that runs in another process', async () => {
    const worker = await start([endless]);
    const api = await start([endless], ['api']);
    const id = await api.enqueue('test.job', {});
    await vi.waitFor(async () => expect((await api.get(id)).state).toBe('running'), 5_000);
    expect(await api.cancel(id, ANA)).toMatchObject({ state: 'running', cancelling: true });
    expect(await worker.wait(id, 10_000)).toMatchObject({ state: 'cancelled' });
  });

  it('of a job that waits means it never runs', async () => {
    const ran = vi.fn();
    const api = await start([{ run: ran }], ['api']);
    const id = await api.enqueue('test.job', {});
    expect(await api.cancel(id, ANA)).toMatchObject({ state: 'cancelled' });
    const worker = await start([{ run: ran }]);
    await worker.wait(await worker.enqueue('test.job', {}), 5_000);
    expect(ran).toHaveBeenCalledTimes(1);
  });
});

describe('many jobs', () => {
  it('with one exclusive key never run together, in whatever process', async () => {
    let now = 0;
    let most = 0;
    const run = async () => {
      most = Math.max(most, ++now);
      await pause(100);
      now--;
    };
    const definitions = [
      { name: 'one.job', exclusive: 'identity', concurrency: 2, run },
      { name: 'two.job', exclusive: 'identity', concurrency: 2, run },
    ];
    const [here, there] = await Promise.all([start(definitions), start(definitions)]);
    const ids = await Promise.all(['one.job', 'two.job', 'one.job', 'two.job'].map((name, i) => [here, there][i % 2]!.enqueue(name, {})));
    for (const id of ids) expect(await here.wait(id, 20_000)).toMatchObject({ state: 'done' });
    expect(most).toBe(1);
  });

  it('that come after others wait until none of those runs or is due, and then run once', async () => {
    const order: string[] = [];
    const run = (name: string) => async () => {
      await pause(80);
      order.push(name);
    };
    const jobs = await start([
      { name: 'first.job', run: run('first') },
      { name: 'sum.job', after: ['first.job'], run: run('sum') },
    ]);
    const asked = await Promise.all([
      jobs.enqueue('first.job', {}),
      jobs.enqueue('sum.job', {}, { key: 'sum' }),
      jobs.enqueue('first.job', {}),
    ]);
    // Asked for again while it waits, it is the same one.
    expect(await jobs.enqueue('sum.job', {}, { key: 'sum' })).toBe(asked[1]);
    for (const id of asked) expect(await jobs.wait(id, 20_000)).toMatchObject({ state: 'done' });
    expect(order).toEqual(['first', 'first', 'sum']);
  });

  it('that only look whether there is something to do are kept when there was', async () => {
    const found: (string | null)[] = [null, 'post', null];
    const jobs = await start([{ passing: true, run: async () => found.shift()! }]);
    for (let n = 0; n < 3; n++) {
      await jobs.enqueue('test.job', {});
      await vi.waitFor(async () => {
        expect(found).toHaveLength(2 - n);
        expect((await jobs.list({ limit: 1, state: 'running' })).items).toEqual([]);
        expect((await jobs.list({ limit: 1, state: 'waiting' })).items).toEqual([]);
      }, 10_000);
    }
    expect((await jobs.list({ limit: 10 })).items).toMatchObject([{ state: 'done', output: 'post' }]);
  });

  it('are listed by page, newest first, by state and by name', async () => {
    const jobs = await start([{}, { name: 'other.job' }], ['api']);
    const ids: string[] = [];
    for (let i = 0; i < 5; i++) ids.push(await jobs.enqueue('test.job', { i }));
    await jobs.enqueue('other.job', {});
    const first = await jobs.list({ limit: 3, name: 'test.job' });
    const second = await jobs.list({ limit: 3, name: 'test.job', cursor: first.next! });
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(ids.toReversed());
    expect(second.next).toBeNull();
    expect((await jobs.list({ limit: 10, state: 'done' })).items).toEqual([]);
    expect((await jobs.list({ limit: 10, state: 'waiting' })).items).toHaveLength(6);
  });
});

describe('schedules', () => {
  it('run by themselves, in the name of the system', async () => {
    // Cron knows no seconds: the queue is told that the minute has come.
    const jobs = await start([{ name: 'nightly.job', schedule: '* * * * *' }, {}]);
    const { rows } = await stores.store.pool.query('select name, cron, timezone from pgboss.schedule');
    expect(rows).toEqual([{ name: 'nightly.job', cron: '* * * * *', timezone: 'Europe/Madrid' }]);
    await stores.store.pool.query(`insert into pgboss.job (name, data) values ('nightly.job', '{}')`);
    await vi.waitFor(async () => expect((await jobs.list({ limit: 1, name: 'nightly.job', state: 'done' })).items).toHaveLength(1), 20_000);
    expect((await jobs.list({ limit: 1, name: 'nightly.job' })).items[0]).toMatchObject({ actor: { kind: 'system', id: SYSTEM.id } });
  });

  it('follow the clock of another zone as soon as they are told', async () => {
    const jobs = await start([{ name: 'nightly.job', schedule: '0 3 * * *' }]);
    await jobs.keepTime('America/Bogota');
    const { rows } = await stores.store.pool.query('select name, timezone from pgboss.schedule');
    expect(rows).toEqual([{ name: 'nightly.job', timezone: 'America/Bogota' }]);
  });

  it('go away with the definition that had them', async () => {
    await start([{ schedule: '0 3 * * *' }]);
    await start([{}]);
    expect((await stores.store.pool.query('select name from pgboss.schedule')).rows).toEqual([]);
  });
});

describe('stopping', () => {
  it('lets a running job wait for the next start, which takes it up at once', async () => {
    const first = await start([endless]);
    const id = await first.enqueue('test.job', { n: 1 });
    await vi.waitFor(async () => expect((await first.get(id)).state).toBe('running'));
    await first.stop();
    expect(await first.get(id)).toMatchObject({ state: 'waiting', attempt: 1 });
    const second = await start([{ run: async (input) => input }]);
    expect(await second.wait(id, 5_000)).toMatchObject({ state: 'done', attempt: 2, output: { n: 1 } });
  });
});
