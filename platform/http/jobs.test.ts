import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Feature } from './feature.ts';
import { type TestApp, testApp } from './test-context.ts';

const work: Feature = {
  name: 'work',
  jobs: () => [
    {
      name: 'work.count',
      run: async (_input: { customer: string }, job) => {
        for (let done = 0; done <= 4; done++) {
          await job.progress({ done, total: 4, phase: 'counting' });
          await sleep(500, undefined, { signal: job.signal });
        }
        return { counted: 4 };
      },
    },
    {
      name: 'work.fail',
      run: async () => {
        throw new Error('boom');
      },
    },
  ],
};

const ana = { 'x-actor': 'ana', 'x-may': 'job.read,job.manage' };
let test: TestApp;
let url: string;
beforeAll(async () => {
  test = await testApp([work]);
  url = await test.app.listen({ port: 0, host: '127.0.0.1' });
});
afterAll(() => test.close());

const call = async (method: 'GET' | 'POST', path: string) => {
  const reply = await test.app.inject({ method, url: `/api/v1/jobs${path}`, headers: ana });
  return { status: reply.statusCode, body: reply.json() };
};

describe('jobs', () => {
  it('are told live, without what they were given, until the reader leaves', async () => {
    const leave = new AbortController();
    const stream = await fetch(`${url}/api/v1/jobs/stream`, { headers: ana, signal: leave.signal });
    expect(stream.headers.get('content-type')).toBe('text/event-stream');
    const id = await test.context.jobs.enqueue('work.count', { customer: 'María Secreta' });
    const events: { id: string; state: string; done: number; total: number | null }[] = [];
    let text = '';
    for await (const chunk of stream.body!) {
      text += Buffer.from(chunk).toString();
      for (const [, data] of text.matchAll(/^data: (.*)$\n\n/gm)) events.push(JSON.parse(data!));
      if (events.some((event) => event.state === 'done')) break;
    }
    leave.abort();
    const own = events.filter((event) => event.id === id);
    expect(own.some(({ state, done, total }) => state === 'running' && done > 0 && total === 4)).toBe(true);
    expect(own.at(-1)).toMatchObject({ state: 'done' });
    expect(text).not.toContain('María');
    expect((await call('GET', `/${id}`)).body).toMatchObject({ state: 'done', output: { counted: 4 } });
    expect((await call('GET', `/${id}`)).body).not.toHaveProperty('input');
  });

  it('are listed page by page, by name and state', async () => {
    for (let i = 0; i < 3; i++) await test.context.jobs.wait(await test.context.jobs.enqueue('work.fail', {}), 20_000);
    const first = await call('GET', '?name=work.fail&state=failed&limit=2');
    expect(first.body.items).toHaveLength(2);
    const second = await call('GET', `?name=work.fail&state=failed&limit=2&cursor=${first.body.next}`);
    expect(second.body).toMatchObject({ items: [{ name: 'work.fail', state: 'failed' }], next: null });
    expect((await call('GET', '?cursor=nope')).body.code).toBe('VIN_REQUEST_CURSOR');
    expect((await call('GET', '/00000000-0000-7000-8000-000000000000')).body.code).toBe('VIN_JOB_NOT_FOUND');
  });

  it('are cancelled and repeated by those who may', async () => {
    const id = await test.context.jobs.enqueue('work.count', { customer: 'x' });
    expect((await call('POST', `/${id}/cancel`)).status).toBe(200);
    expect(await test.context.jobs.wait(id, 20_000)).toMatchObject({ state: 'cancelled' });
    expect((await call('POST', `/${id}/cancel`)).body.code).toBe('VIN_JOB_FINISHED');
    expect((await call('POST', `/${id}/retry`)).status).toBe(200);
    expect(await test.context.jobs.wait(id, 20_000)).toMatchObject({ state: 'done', attempt: expect.any(Number) });
    const denied = await test.app.inject({
      method: 'POST',
      url: `/api/v1/jobs/${id}/cancel`,
      headers: { 'x-actor': 'eva', 'x-may': 'job.read' },
    });
    expect(denied.statusCode).toBe(403);
  });

  it('do not keep a server from stopping, however many watch them', async () => {
    const watching = await Promise.all(Array.from({ length: 5 }, () => fetch(`${url}/api/v1/jobs/stream`, { headers: ana })));
    const began = Date.now();
    await test.app.close();
    await Promise.all(watching.map((reply) => reply.text()));
    expect(Date.now() - began).toBeLessThan(3_000);
  });
});
