// Outgoing webhooks against real receivers, which refuse, are slow, ask for peace, and die.
import { Webhook } from 'standardwebhooks';
import { newId } from '@vinculo/postgres';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { attempt, claim } from './attempt.ts';
import { RETRIES, secondsToNext } from './retries.ts';
import { sendDue } from './send-due.ts';
import { type Receiver, receiver, testHooks, type TestHooks } from './webhooks.fixture.ts';
import { findRow, receiverOf } from './webhook-row.ts';

let world: TestHooks;
let there: Receiver;
const never = new AbortController().signal;
const send = () => sendDue(world.context, world.sources, never, true);
const moves = Array.from({ length: 2_500 }, () => newId()).toSorted();
beforeAll(async () => {
  world = await testHooks({
    audience: {
      nameOf: async () => 'Segmento',
      async *members() {},
      moved: async (_, { after, limit }) => moves.filter((id) => id > after).slice(0, limit),
    },
  });
});
afterAll(() => world?.close());
beforeEach(async () => {
  there = await receiver();
});
afterEach(async () => {
  await there.close();
  await sql`update webhook set deleted_at = now()`.execute(world.context.store.db);
});

const make = async (more: object = {}) => {
  const { status, body } = await world.ask('ana', 'POST', '/webhooks', {
    name: 'Tienda',
    url: there.url,
    events: ['customer.created', 'customer.updated', 'customer.merged', 'customer.split', 'segment.entered', 'segment.left'],
    private: true,
    ...more,
  });
  expect(status, JSON.stringify(body)).toBe(201);
  return body as { id: string; secret: string };
};
const deliveries = async (id: string) => (await world.ask('ana', 'GET', `/webhooks/${id}/deliveries?limit=200`)).body.items;
const makeDue = (webhook: string) =>
  sql`update webhook_delivery set next_at = now() where webhook_id = ${webhook} and state = 'waiting'`
    .execute(world.context.store.db)
    .then(() => sql`update webhook set resume_at = null where id = ${webhook}`.execute(world.context.store.db));

describe('what is told', () => {
  it('is signed as Standard Webhooks says, once for each event, with ids only', async () => {
    const { id, secret } = await make();
    const customer = await world.customer('Ana Ruiz', 'ana@correo.example');
    await world.tell('customer.created', { kind: 'customer', id: customer }, { kind: 'person' });
    expect(await send()).toBe(1);
    const [message] = there.got;
    const read = new Webhook(secret).verify(message!.body, message!.headers as Record<string, string>);
    expect(read).toMatchObject({ type: 'customer.created', data: { customer: { id: customer } } });
    expect(message!.body).not.toContain('correo.example');
    expect(message!.headers['webhook-id']).toBe(`msg_${(await deliveries(id))[0].id}`);
    expect(await send()).toBe(0);
    expect((await deliveries(id))[0]).toMatchObject({ state: 'delivered', attempts: 1, status: 200 });
    await expect(async () => new Webhook(secret).verify(`${message!.body} `, message!.headers as Record<string, string>)).rejects.toThrow();
  });

  it('with contact data only where whoever made it may see that', async () => {
    const refused = await world.ask('writer', 'POST', '/webhooks', {
      name: 'x',
      url: there.url,
      events: ['customer.created'],
      private: true,
      details: 'contact',
    });
    expect(refused.status).toBe(403);
    const { id } = await make({ details: 'contact' });
    expect((await world.ask('writer', 'PATCH', `/webhooks/${id}`, { url: `${there.url}2` })).status).toBe(403);
    const customer = await world.customer('Ana Ruiz', 'ana@correo.example');
    await world.tell('customer.edited', { kind: 'customer', id: customer }, { fields: ['email'] });
    await send();
    expect(there.got[0]!.json).toMatchObject({
      type: 'customer.updated',
      data: {
        customer: { id: customer, name: 'Ana Ruiz', email: 'ana@correo.example', fields: { email: 'ana@correo.example' } },
        fields: ['email'],
      },
    });
    const [{ id: delivery }] = await deliveries(id);
    const seen = await world.ask('ana', 'GET', `/webhook-deliveries/${delivery}`);
    expect(seen.body.payload).toContain('ana@correo.example');
    const masked = await world.ask('reader', 'GET', `/webhook-deliveries/${delivery}`);
    expect(masked.body.masked).toBe(true);
    expect(masked.body.payload).not.toMatch(/correo|Ruiz/);
    expect(masked.body.payload).toContain(customer);
  });

  it('of merges, splits, and what undoes them', async () => {
    await make();
    const [a, b] = [await world.customer('A'), await world.customer('B')];
    const change = newId();
    await sql`
      insert into identity_change (id, kind, customer_id, other_id, records, actor, detail) values (${change}, 'merged', ${a}, ${b}, '{}', '{}', '{}')`.execute(
      world.context.store.db,
    );
    const undo = newId();
    await sql`
      insert into identity_change (id, kind, customer_id, other_id, records, actor, detail, undoes) values (${undo}, 'undone', ${a}, ${b}, '{}', '{}', '{}', ${change})`.execute(
      world.context.store.db,
    );
    await world.tell('customer.merged', { kind: 'customer', id: a }, { kept: a, gone: b, change });
    await world.tell('customer.identity_undone', { kind: 'customer', id: a }, { change: undo, undoes: change, customer: a, other: b });
    await send();
    expect(there.got.map(({ json }) => [json.type, json.data.gone ?? json.data.made])).toEqual([
      ['customer.merged', b],
      ['customer.split', b],
    ]);
  });

  it('of segments: only those chosen, and thousands who moved at once page by page', async () => {
    const [mine, other] = [newId(), newId()];
    const { id } = await make({ segments: [mine] });
    const some = await world.customer('C');
    await world.tell('segment.entered', { kind: 'segment', id: other }, { name: 'Otro', customers: [some] });
    await world.tell('segment.entered', { kind: 'segment', id: mine }, { name: 'Mío', customers: [some] });
    expect(await send()).toBe(1);
    expect(there.got[0]!.json.data).toEqual({ customer: { id: some }, segment: { id: mine, name: 'Mío' } });
    await world.tell('segment.left', { kind: 'segment', id: mine }, { name: 'Mío', batch: newId(), count: 2_500, customers: null });
    await send();
    const left = there.got.filter(({ json }) => json.type === 'segment.left').map(({ json }) => json.data.customer.id);
    expect(left.toSorted()).toEqual(moves);
    expect((await world.ask('ana', 'GET', `/webhooks/${id}`)).body.waiting).toBe(0);
  });

  it('of a unification: whoever it made or changed, once', async () => {
    await make();
    const before = await world.customer('Antes');
    await sql`update customer set changed_at = now() - interval '1 hour', first_seen = now() - interval '1 hour'`.execute(
      world.context.store.db,
    );
    const run = newId();
    const [fresh, changed] = [await world.customer('Nueva'), await world.customer('Cambiada')];
    await sql`update customer set first_seen = now() - interval '1 day' where id = ${changed}`.execute(world.context.store.db);
    await sql`
      insert into unification (id, scope, figures, started_at, linked_at) values (${run}, 'new', '{}', now() - interval '1 minute', now() + interval '1 minute')`.execute(
      world.context.store.db,
    );
    await world.tell('customer.created', { kind: 'customer', id: fresh }, {});
    await world.tell('customers.unified', { kind: 'unification', id: run }, {});
    await send();
    // Of two customers either may come first.
    expect(there.got.map(({ json }) => [json.type, json.data.customer.id]).toSorted()).toEqual([
      ['customer.created', fresh],
      ['customer.updated', changed],
    ]);
    expect(there.got.map(({ json }) => json.data.customer.id)).not.toContain(before);
  });
});

describe('when it fails', () => {
  it('is sent again as the standard says, with the same id and the same words, until it is dead; then on demand', async () => {
    const { id } = await make({ details: 'contact' });
    const customer = await world.customer('Marta', 'marta@correo.example');
    there.answer = (reply) => void reply.writeHead(500).end('no');
    await world.tell('customer.created', { kind: 'customer', id: customer });
    for (let n = 1; n <= RETRIES.length; n++) {
      expect(await send()).toBe(1);
      const [row] = await deliveries(id);
      expect(row).toMatchObject({ state: 'waiting', attempts: n, status: 500, error: 'status' });
      const wait = (Date.parse(row.nextAt) - Date.now()) / 1000;
      expect(wait).toBeGreaterThan(RETRIES[n - 1]! * 0.75 - 2);
      expect(wait).toBeLessThan(RETRIES[n - 1]! * 1.25 + 2);
      // What is said of the customer meanwhile does not change what was said.
      await sql`update customer set display_name = ${`Marta ${n}`} where id = ${customer}`.execute(world.context.store.db);
      await makeDue(id);
    }
    await send();
    expect((await deliveries(id))[0]).toMatchObject({ state: 'dead', attempts: 10 });
    expect(new Set(there.got.map(({ headers, body }) => `${headers['webhook-id']} ${body}`)).size).toBe(1);
    expect(there.got).toHaveLength(10);

    there.answer = (reply) => void reply.end();
    await sql`update webhook set resume_at = null`.execute(world.context.store.db);
    const again = await world.ask('ana', 'POST', `/webhooks/${id}/replay`, { since: new Date(Date.now() - 60_000).toISOString() });
    expect(again.body).toEqual({ replayed: 1 });
    await send();
    expect((await deliveries(id))[0]).toMatchObject({ state: 'delivered', attempts: 1 });
    expect((await world.ask('ana', 'GET', `/webhook-deliveries/${(await deliveries(id))[0].id}`)).body.log).toHaveLength(11);
  });

  it('waits as long as a 429 asks, and so does everything for that address', async () => {
    const { id } = await make();
    there.answer = (reply) => void reply.writeHead(429, { 'retry-after': '120' }).end();
    await world.tell('customer.created', { kind: 'customer', id: await world.customer('Uno') });
    await send();
    await world.tell('customer.created', { kind: 'customer', id: await world.customer('Dos') });
    await send();
    expect(there.got).toHaveLength(1);
    const waits = (await deliveries(id)).map((row: { nextAt: string }) => Date.parse(row.nextAt) - Date.now());
    expect(Math.max(...waits)).toBeGreaterThan(115_000);
    const { resume_at: resume } = await findRow(world.context.store.db, id);
    expect(resume!.getTime() - Date.now()).toBeGreaterThan(115_000);
  });

  it('is switched off by 410, and by days of failure with a mail; what happens then waits', async () => {
    const { id } = await make({ alertEmail: 'ana@empresa.example' });
    const mails: unknown[] = [];
    world.context.mail.send = async (_tx, message) => (mails.push(message), newId());
    there.answer = (reply) => void reply.writeHead(410).end();
    await world.tell('customer.created', { kind: 'customer', id: await world.customer('Uno') });
    await send();
    expect((await world.ask('ana', 'GET', `/webhooks/${id}`)).body).toMatchObject({ state: 'gone', dead: 1 });
    await world.tell('customer.created', { kind: 'customer', id: await world.customer('Dos') });
    expect(await deliveries(id)).toHaveLength(1);

    await world.ask('ana', 'PATCH', `/webhooks/${id}`, { state: 'on' });
    there.answer = (reply) => void reply.writeHead(500).end();
    await sql`update webhook set failing_since = now() - interval '6 days' where id = ${id}`.execute(world.context.store.db);
    await world.tell('customer.created', { kind: 'customer', id: await world.customer('Tres') });
    await send();
    expect((await world.ask('ana', 'GET', `/webhooks/${id}`)).body).toMatchObject({ state: 'failing', waiting: 1 });
    await world.tell('customer.created', { kind: 'customer', id: await world.customer('Cuatro') });
    await makeDue(id);
    expect(await send()).toBe(0);
    expect(mails).toMatchObject([{ to: 'ana@empresa.example', template: 'webhook-off' }, { template: 'webhook-off' }]);

    there.answer = (reply) => void reply.end();
    await world.ask('ana', 'PATCH', `/webhooks/${id}`, { state: 'on' });
    expect(await send()).toBe(2);
  });

  it('follows no redirects, waits no longer than it must, and says what the network said', async () => {
    const { id } = await make();
    there.answer = (reply) => void reply.writeHead(302, { location: 'http://127.0.0.1:1/' }).end();
    const test = await world.ask('ana', 'POST', `/webhooks/${id}/test`);
    expect(test.body).toMatchObject({ ok: false, status: 302 });
    expect((await deliveries(id))[0]).toMatchObject({ type: 'webhook.test', state: 'dead' });

    there.answer = () => {};
    await world.tell('customer.created', { kind: 'customer', id: await world.customer('Lenta') });
    const webhook = await findRow(world.context.store.db, id);
    const claimed = (await claim(world.context, id))!;
    const outcome = await attempt(world.context, webhook, await receiverOf(world.context, webhook), claimed, never, 300);
    expect(outcome.error).toBe('timeout');
    expect(outcome.milliseconds).toBeLessThan(3_000);

    await there.close();
    expect((await world.ask('ana', 'POST', `/webhooks/${id}/test`)).body).toMatchObject({ ok: false, error: 'ECONNREFUSED' });
  });

  it('the answers of a test are in the log with headers but without what own headers say', async () => {
    const { id } = await make({ headers: { 'x-erp-key': 'muy secreto' } });
    expect((await world.ask('ana', 'POST', `/webhooks/${id}/test`)).body.ok).toBe(true);
    expect(there.got[0]!.headers['x-erp-key']).toBe('muy secreto');
    const detail = await world.ask('ana', 'GET', `/webhook-deliveries/${(await deliveries(id))[0].id}`);
    expect(detail.body.log[0].headers['x-erp-key']).toBe('•••');
    expect(JSON.stringify((await world.ask('ana', 'GET', `/webhooks/${id}`)).body)).not.toContain('secreto');
    for (const name of ['Host', 'webhook-id', 'content-length', 'a b']) {
      expect((await world.ask('ana', 'PATCH', `/webhooks/${id}`, { headers: { [name]: 'x' } })).body.code).toBe('VIN_WEBHOOK_HEADER');
    }
    // Sent elsewhere, the secret stays behind.
    const moved = await world.ask('ana', 'PATCH', `/webhooks/${id}`, { url: 'http://127.0.0.1:9/x' });
    expect(moved.body.headers).toEqual([]);
  });
});

describe('order and number', () => {
  it('messages about one customer go in order; one that waits for another attempt lets others pass', async () => {
    const { id } = await make();
    const customer = await world.customer('Ordenada');
    for (let n = 0; n < 30; n++) await world.tell('customer.edited', { kind: 'customer', id: customer }, { fields: [`f${n}`] });
    let underway = 0;
    let most = 0;
    there.answer = (reply) => {
      most = Math.max(most, ++underway);
      setTimeout(() => (underway--, reply.end()), 5);
    };
    await send();
    expect(there.got.map(({ json }) => (json.data.fields as string[])[0])).toEqual(Array.from({ length: 30 }, (_, n) => `f${n}`));
    expect(most).toBe(1);
    expect((await world.ask('ana', 'GET', `/webhooks/${id}`)).body).toMatchObject({ waiting: 0, deliveredToday: 30 });
  });

  it('while a secret is replaced both sign, and afterwards the new one alone', async () => {
    const { id, secret: former } = await make();
    const { body } = await world.ask('ana', 'POST', `/webhooks/${id}/secret`, { overlapHours: 1 });
    await world.ask('ana', 'POST', `/webhooks/${id}/test`);
    const both = there.got.at(-1)!;
    for (const secret of [former, body.secret]) new Webhook(secret).verify(both.body, both.headers as Record<string, string>);
    await sql`update webhook set former_until = now() - interval '1 second' where id = ${id}`.execute(world.context.store.db);
    await world.ask('ana', 'POST', `/webhooks/${id}/test`);
    const one = there.got.at(-1)!;
    new Webhook(body.secret).verify(one.body, one.headers as Record<string, string>);
    expect(() => new Webhook(former).verify(one.body, one.headers as Record<string, string>)).toThrow();
  });

  it('paused it waits; taken away it hears nothing; brought back it goes on', async () => {
    const { id } = await make();
    await world.ask('ana', 'PATCH', `/webhooks/${id}`, { state: 'paused' });
    await world.tell('customer.created', { kind: 'customer', id: await world.customer('Uno') });
    expect(await send()).toBe(0);
    await world.ask('ana', 'PATCH', `/webhooks/${id}`, { state: 'on' });
    expect(await send()).toBe(1);
    expect((await world.ask('ana', 'DELETE', `/webhooks/${id}`)).status).toBe(204);
    expect((await world.ask('ana', 'GET', `/webhooks/${id}`)).body.code).toBe('VIN_WEBHOOK_NOT_FOUND');
    await world.tell('customer.created', { kind: 'customer', id: await world.customer('Dos') });
    expect((await world.ask('ana', 'POST', `/webhooks/${id}/restore`)).status).toBe(200);
    expect(await send()).toBe(0);
  });

  it('the log is forgotten after thirty days', async () => {
    const { id } = await make();
    await world.tell('customer.created', { kind: 'customer', id: await world.customer('Vieja') });
    await send();
    await sql`update webhook_delivery set occurred_at = now() - interval '31 days' where webhook_id = ${id}`.execute(
      world.context.store.db,
    );
    await world.context.jobs.wait(await world.context.jobs.enqueue('webhook.forget', {}), 20_000).catch(() => {});
    expect(await deliveries(id)).toEqual([]);
  });
});

it('the rights: readers read, nobody else', async () => {
  expect((await world.ask('reader', 'GET', '/webhooks')).status).toBe(200);
  expect((await world.ask('reader', 'POST', '/webhooks', {})).status).toBe(403);
  expect((await world.ask('nobody', 'GET', '/webhooks')).status).toBe(401);
});

it('the wait between attempts grows and is never the same twice', () => {
  expect([1, 2, 3].map((n) => secondsToNext(n, 0.5))).toEqual([5, 300, 1_800]);
  expect(secondsToNext(1, 0)).toBeCloseTo(4);
  expect(secondsToNext(1, 1)).toBeCloseTo(6);
  expect(secondsToNext(10)).toBeUndefined();
});
