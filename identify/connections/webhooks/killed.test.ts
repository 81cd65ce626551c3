// A power cut while messages are on their way: none is lost, and one that comes twice comes under the same id with the same words.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { SYSTEM } from '@vinculo/postgres';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sendDue } from './send-due.ts';
import { type Receiver, receiver, testHooks, type TestHooks } from './webhooks.fixture.ts';

let world: TestHooks;
let there: Receiver;
beforeAll(async () => {
  world = await testHooks();
  there = await receiver();
});
afterAll(async () => {
  await there?.close();
  await world?.close();
});

const MESSAGES = 120;

it('killed three times in the middle of sending', async () => {
  const { body } = await world.ask('ana', 'POST', '/webhooks', {
    name: 'ERP',
    url: there.url,
    events: ['customer.created'],
    private: true,
    details: 'contact',
  });
  for (let n = 0; n < MESSAGES; n++) {
    const id = await world.customer(`Cliente ${n}`, `c${n}@correo.example`);
    await world.context.store.transaction(SYSTEM, (tx) => tx.emit('customer.created', { kind: 'customer', id }, {}));
  }
  await world.tell('customer.created', { kind: 'customer', id: await world.customer('La última') });

  const script = fileURLToPath(new URL('./killed.fixture.ts', import.meta.url));
  for (const after of [17, 43, 71]) {
    const child = spawn(process.execPath, ['--import', 'tsx', script, JSON.stringify(world.context.config)], { stdio: 'inherit' });
    there.answer = (reply) => {
      // Some have arrived and were never answered, some are answered and nobody wrote that down.
      if (there.got.length >= after) child.kill('SIGKILL');
      setTimeout(() => reply.end(), there.got.length % 3 ? 0 : 20);
    };
    const [, signal] = await once(child, 'exit');
    expect(signal).toBe('SIGKILL');
    expect(there.got.length).toBeGreaterThanOrEqual(after);
  }
  there.answer = (reply) => void reply.end();
  const beforeRest = there.got.length;
  expect(beforeRest).toBeLessThan(MESSAGES);
  // What the dead held is free half a minute later.
  await sql`update webhook_delivery set claimed_until = now() - interval '1 second' where state = 'waiting' and claimed_until is not null`.execute(
    world.context.store.db,
  );
  await sendDue(world.context, {}, new AbortController().signal, true);

  const bodies = new Map<string, Set<string>>();
  for (const { headers, body: said } of there.got) {
    const id = String(headers['webhook-id']);
    bodies.set(id, (bodies.get(id) ?? new Set()).add(said));
  }
  expect(bodies.size).toBe(MESSAGES + 1);
  expect([...bodies.values()].filter((said) => said.size > 1)).toEqual([]);
  // No more comes twice than was on its way when the power went: four at a time, three times.
  expect(there.got.length - bodies.size).toBeLessThanOrEqual(12);
  expect((await world.ask('ana', 'GET', `/webhooks/${body.id}`)).body).toMatchObject({ waiting: 0, dead: 0, deliveredToday: MESSAGES + 1 });
});
