// The rule of recognition, a condition at a time: a visitor who meets all of them, and then all but one.
import { addSource, feature as customerFile } from '@vinculo/customer-file';
import { feature as http } from '@vinculo/http';
import { newId, recordId, SYSTEM } from '@vinculo/postgres';
import { contextOver, serve, type Served, testStores } from '@vinculo/testing';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Context } from '@vinculo/http';
import { addWriteKey } from '../collect/add-write-key.ts';
import { givenNameTold, noteNames } from './device-names.ts';
import { part } from './part.ts';

const DEVICE = '5b8e4c1a-9f0d-4e6b-8a7c-2d3e4f5a6b7c';
const STRANGER = { known: false };
const ANA = { known: true, givenName: 'Ana' };
const hours = (ago: number) => Date.now() - ago * 3_600_000;

let context: Context;
let served: Served;
let url: string;
let source: string;
let writeKey: string;

beforeAll(async () => {
  const stores = await testStores({
    migrations: [
      { name: 'http', folder: http.migrations! },
      { name: 'customer-file', folder: customerFile.migrations! },
      { name: 'events', folder: new URL('../migrations/', import.meta.url) },
    ],
  });
  context = contextOver(stores);
  served = await serve({ context, close: () => stores.close() }, [part], { may: {} });
  url = await served.app.listen({ port: 0, host: '127.0.0.1' });
});
afterAll(() => served?.close());

/** A visitor of a source of their own, whom the page may greet. */
beforeEach(async () => {
  source = (await addSource(context.store, SYSTEM, { name: `tienda ${newId()}`, label: 'Tienda', country: 'ES', trust: 50 })).id;
  writeKey = (await addWriteKey(context.store, SYSTEM, source, { name: 'web', origins: ['https://tienda.example'] })).key;
  await sql`insert into event_source (source_id, recognise, updated_by) values (${source}, true, 'test')`.execute(context.store.db);
  await turns([hours(2), 'u1']);
  await says('u1', true, hours(2));
  await names([{ person: 'u1', givenName: 'Ana', at: hours(2) }]);
});

const device = () => recordId(source, `device:${DEVICE}`);
const record = (person: string) => recordId(source, person);

/** Whose the device is from when on. */
async function turns(...given: [number, string | null][]): Promise<void> {
  const told = JSON.stringify(given.map(([at, person]) => [at, person === null ? null : record(person)]));
  const people = new Set(given.flatMap(([, person]) => person ?? [])).size;
  await sql`insert into event_device (device_id, source_id, anonymous_id, turns, people) values (${device()}, ${source}, ${DEVICE}, ${told}, ${people})
            on conflict (device_id) do update set turns = excluded.turns`.execute(context.store.db);
}
async function says(person: string, granted: boolean, at: number, channel = 'web', purpose = 'personalise'): Promise<void> {
  await sql`insert into consent (id, record_id, purpose, channel, granted, occurred_at, recorded_by)
            values (${newId()}, ${record(person)}, ${purpose}, ${channel}, ${granted}, ${new Date(at)}, 'test')`.execute(context.store.db);
}
const names = (told: { person: string; givenName: string; at: number }[]) =>
  context.store.transaction(SYSTEM, (tx) =>
    noteNames(
      tx,
      told.map(({ person, givenName, at }) => ({ device: device(), record: record(person), givenName, at: new Date(at) })),
    ),
  );
/** Makes two records one customer. */
async function tie(...people: string[]): Promise<void> {
  const customer = newId();
  for (const person of people) {
    await sql`insert into link (id, record_id, customer_id, reason, evidence) values (${newId()}, ${record(person)}, ${customer}, 'rule', '{}')`.execute(
      context.store.db,
    );
  }
}

const send = (body: unknown, headers: Record<string, string> = {}) =>
  fetch(`${url}/v1/recognise`, {
    method: 'POST',
    headers: { 'content-type': 'text/plain;charset=UTF-8', origin: 'https://tienda.example', 'accept-language': 'en', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
const ask = async (anonymousId = DEVICE) => (await send({ writeKey, anonymousId })).json();

it('greets who is signed in, agreed, and told this device their name', async () => {
  const reply = await send({ writeKey, anonymousId: DEVICE });
  expect(await reply.json()).toEqual(ANA);
  expect(reply.headers.get('cache-control')).toBe('no-store');
  expect(reply.headers.get('access-control-allow-origin')).toBe('https://tienda.example');
});

it('1 · not where the source does not say that pages may ask', async () => {
  await sql`update event_source set recognise = false where source_id = ${source}`.execute(context.store.db);
  expect(await ask()).toEqual(STRANGER);
});

it('2 · not another browser, a userId, or an id that can be guessed', async () => {
  expect(await ask('5b8e4c1a-9f0d-4e6b-8a7c-2d3e4f5a6b7d')).toEqual(STRANGER);
  expect(await ask('u1')).toEqual(STRANGER);
  await sql`update event_device set device_id = ${recordId(source, 'device:17')} where device_id = ${device()}`.execute(context.store.db);
  await sql`update event_device_name set device_id = ${recordId(source, 'device:17')} where device_id = ${device()}`.execute(
    context.store.db,
  );
  expect(await ask('17')).toEqual(STRANGER);
});

it('2 · the same id in another source is another browser', async () => {
  const other = (await addSource(context.store, SYSTEM, { name: `otra ${newId()}`, label: 'Otra', country: 'ES', trust: 50 })).id;
  await sql`insert into event_source (source_id, recognise, updated_by) values (${other}, true, 'test')`.execute(context.store.db);
  const theirs = await addWriteKey(context.store, SYSTEM, other, { name: 'web', origins: [] });
  expect(await (await send({ writeKey: theirs.key, anonymousId: DEVICE })).json()).toEqual(STRANGER);
});

it('3 · not after signing out, not who was there before the last, not after 13 months', async () => {
  await turns([hours(2), 'u1'], [hours(1), null]);
  expect(await ask()).toEqual(STRANGER);
  await turns([hours(2), 'u1'], [hours(1), 'u2']);
  expect(await ask()).toEqual(STRANGER);
  await turns([hours(24 * 396), 'u1']);
  expect(await ask()).toEqual(STRANGER);
  await turns([hours(24 * 394), 'u1']);
  expect(await ask()).toEqual(ANA);
});

it('4 · not on a shared device', async () => {
  await sql`update event_device set shared = true where device_id = ${device()}`.execute(context.store.db);
  expect(await ask()).toEqual(STRANGER);
});

it('5 · only while the newest they said on the web, or for all channels, is a yes', async () => {
  await says('u1', false, hours(1));
  expect(await ask()).toEqual(STRANGER);
  await says('u1', true, hours(0.9), 'email');
  await says('u1', true, hours(0.9), 'web', 'analytics');
  expect(await ask()).toEqual(STRANGER);
  await says('u1', true, hours(0.8), 'any');
  expect(await ask()).toEqual(ANA);
});

it('5 · also what they said under another of their records counts', async () => {
  await tie('u1', 'tarjeta-7');
  await says('tarjeta-7', false, hours(1), 'any');
  expect(await ask()).toEqual(STRANGER);
  await says('tarjeta-7', true, hours(0.5), 'any');
  expect(await ask()).toEqual(ANA);
});

it('6 · who claims to be somebody hears no name: only the device that told it does', async () => {
  const claims = crypto.randomUUID();
  const told = JSON.stringify([[hours(1), record('u1')]]);
  await sql`insert into event_device (device_id, source_id, anonymous_id, turns, people)
            values (${recordId(source, `device:${claims}`)}, ${source}, ${claims}, ${told}, 1)`.execute(context.store.db);
  expect(await ask(claims)).toEqual(STRANGER);
});

it('6 · of names told out of order the newest holds', async () => {
  await names([
    { person: 'u1', givenName: 'Anita', at: hours(0.5) },
    { person: 'u1', givenName: 'Ana María', at: hours(0.2) },
    { person: 'u2', givenName: 'Blas', at: hours(0.1) },
  ]);
  await names([{ person: 'u1', givenName: 'Antes', at: hours(3) }]);
  expect(await ask()).toEqual({ known: true, givenName: 'Ana María' });
});

it('answers only pages of the key, and says what is wrong with a question', async () => {
  const problem = async (body: unknown, headers?: Record<string, string>) => {
    const reply = await send(body, headers);
    expect(reply.headers.get('content-type')).toContain('problem+json');
    return [reply.status, ((await reply.json()) as { code: string }).code];
  };
  const question = { writeKey, anonymousId: DEVICE };
  expect(await problem(question, { origin: 'https://otra.example' })).toEqual([400, 'VIN_EVENT_ORIGIN']);
  expect(await problem({ ...question, writeKey: `vk_${'x'.repeat(32)}` })).toEqual([400, 'VIN_EVENT_KEY_UNKNOWN']);
  expect(await problem({ writeKey, userId: 'u1' })).toEqual([400, 'VIN_REQUEST_INVALID']);
  expect(await problem('{')).toEqual([400, 'VIN_EVENT_JSON']);
  expect(await problem({ ...question, more: 'x'.repeat(3_000) })).toEqual([413, 'VIN_REQUEST_TOO_LARGE']);
});

it('is not for trying ids by the thousand', async () => {
  const statuses = new Map<number, number>();
  for (let i = 0; i < 310; i++) {
    const { status } = await send({ writeKey, anonymousId: crypto.randomUUID() });
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
  }
  expect([...statuses.keys()].toSorted()).toEqual([200, 429]);
  expect(statuses.get(200)).toBe(300);
});

it('serves the script compressed, to any site, and not again to who has it', async () => {
  const reply = await fetch(`${url}/v1/vinculo.js`, { headers: { 'accept-encoding': 'gzip', origin: 'https://cualquiera.example' } });
  expect(Object.fromEntries(reply.headers)).toMatchObject({
    'content-type': 'text/javascript; charset=utf-8',
    'content-encoding': 'gzip',
    'cross-origin-resource-policy': 'cross-origin',
    'access-control-allow-origin': '*',
  });
  expect(await reply.text()).toContain('/v1/batch');
  const etag = reply.headers.get('etag')!;
  expect((await fetch(`${url}/v1/vinculo.js`, { headers: { 'accept-encoding': 'gzip', 'if-none-match': etag } })).status).toBe(304);
});

it.each([
  [{ firstName: 'ANA' }, 'Ana'],
  [{ first_name: 'mª jose', lastName: 'García' }, 'María José'],
  [{ name: 'Ana Belén Ruiz Pérez' }, 'Ana Belén'],
  [{ nombre: 'Íñigo' }, 'Íñigo'],
  [{ firstName: '', name: 'Luis Gómez' }, 'Luis'],
  [{ email: 'ana@correo.example' }, undefined],
  [{ firstName: 17 }, undefined],
  [{ firstName: 'ana@correo.example' }, undefined],
  [{ firstName: '<img src=x onerror=alert(1)>' }, undefined],
])('the given name of %j is %s', (traits, name) => {
  expect(givenNameTold(traits)).toBe(name);
});
