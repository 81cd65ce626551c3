import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { type TestDoor, testDoor } from './door.fixture.ts';

let door: TestDoor;
beforeAll(async () => {
  door = await testDoor();
});
afterEach(() => vi.useRealTimers());
afterAll(() => door.close());

const path = (more = '') => `/sources/${door.source.id}/write-keys${more}`;
const status = async (writeKey: string) => {
  const { status, body } = await door.send('track', { writeKey, event: 'x', userId: 'u' });
  return body.code ?? status;
};
const told = async (type: string, id: string) =>
  (await door.context.store.pool.query<{ data: object }>('select data from outbox where type = $1 and subject_id = $2', [type, id])).rows;
/** A moment later, by the clock of this process. */
const later = (ms: number) => vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + ms });

describe('write keys', () => {
  it('are made, named anew and listed, those that work first', async () => {
    const made = await door.ask('ana', 'POST', path(), {
      name: ' Tienda ',
      origins: ['https://Tienda.example/', 'https://tienda.example'],
    });
    expect(made).toMatchObject({
      status: 201,
      body: { name: 'Tienda', origins: ['https://tienda.example'], state: 'active', createdBy: 'ana', lastUsedAt: null, revokedAt: null },
    });
    expect(made.body.key).toMatch(/^vk_[0-9A-Za-z]{32}$/);
    expect(await told('write_key.added', made.body.id)).toHaveLength(1);

    const changed = await door.ask('ana', 'PATCH', path(`/${made.body.id}`), { name: 'Tienda web' });
    expect(changed.body).toMatchObject({ name: 'Tienda web', origins: ['https://tienda.example'], key: made.body.key });
    await door.ask('ana', 'POST', path(`/${made.body.id}/revoke`));
    const { body } = await door.ask<{ items: { id: string; state: string }[] }>('luis', 'GET', path());
    expect(body.items.map(({ state }) => state)).toEqual(['active', 'revoked']);
    expect(body.items.at(-1)!.id).toBe(made.body.id);
  });

  it('are made once under the same Idempotency-Key', async () => {
    const send = () => door.ask('ana', 'POST', path(), { name: 'Caja' }, { 'idempotency-key': 'once' });
    expect((await send()).body.id).toBe((await send()).body.id);
  });

  it('take sites as an address bar shows them, and nothing else', async () => {
    const withOrigins = (origins: string[]) => door.ask('ana', 'POST', path(), { name: 'x', origins });
    expect((await withOrigins(['http://localhost:3000', 'https://*.tienda.example'])).status).toBe(201);
    for (const wrong of ['tienda.example', 'https://tienda.example/carrito', 'https://*', 'ftp://tienda.example', 'null'])
      expect({ wrong, status: (await withOrigins([wrong])).status }).toEqual({ wrong, status: 400 });
  });

  it('belong to who may change sources, and to a source', async () => {
    expect((await door.ask('luis', 'POST', path(), { name: 'x' })).status).toBe(403);
    expect((await door.ask('luis', 'POST', path(`/${door.key.id}/revoke`))).status).toBe(403);
    expect((await door.ask('nobody', 'GET', path())).status).toBe(401);
    const other = '018f0000-0000-7000-8000-000000000000';
    expect((await door.ask('luis', 'GET', `/sources/${other}/write-keys`)).body.code).toBe('VIN_SOURCE_NOT_FOUND');
    expect((await door.ask('ana', 'POST', `/sources/${other}/write-keys/${door.key.id}/revoke`)).body.code).toBe('VIN_WRITE_KEY_NOT_FOUND');
    expect(await status(door.key.key)).toBe(200);
  });
});

describe('a rotation', () => {
  it('leaves the old key working for a while beside the new', async () => {
    const old = await door.addKey({ name: 'Caja 3', origins: ['https://caja.example'] });
    const { status: code, body } = await door.ask('ana', 'POST', path(`/${old.id}/rotate`), { hours: 2 });
    expect(code).toBe(201);
    expect(body.created).toMatchObject({ name: 'Caja 3', origins: ['https://caja.example'], state: 'active', expiresAt: null });
    expect(body.replaced).toMatchObject({ id: old.id, state: 'expiring' });
    expect(Date.parse(body.replaced.expiresAt) - Date.now()).toBeGreaterThan(7_190_000);
    expect([await status(old.key), await status(body.created.key)]).toEqual([200, 200]);
    expect(await told('write_key.rotated', old.id)).toMatchObject([{ data: { hours: 2 } }]);
    later(7_201_000);
    expect([await status(old.key), await status(body.created.key)]).toEqual(['VIN_EVENT_KEY_EXPIRED', 200]);
  });

  it('of no hours ends the old key at once', async () => {
    const old = await door.addKey();
    expect(await status(old.key)).toBe(200);
    const { body } = await door.ask('ana', 'POST', path(`/${old.id}/rotate`), { hours: 0 });
    expect([await status(old.key), await status(body.created.key)]).toEqual(['VIN_EVENT_KEY_EXPIRED', 200]);
  });

  it('is not for a key that was replaced or revoked', async () => {
    const old = await door.addKey();
    await door.ask('ana', 'POST', path(`/${old.id}/rotate`), {});
    expect(await door.ask('ana', 'POST', path(`/${old.id}/rotate`), {})).toMatchObject({
      status: 409,
      body: { code: 'VIN_WRITE_KEY_CONFLICT' },
    });
  });

  it('asked for twice at the same time makes one new key', async () => {
    const old = await door.addKey();
    const rotate = () => door.ask('ana', 'POST', path(`/${old.id}/rotate`), {});
    const both = await Promise.all([rotate(), rotate()]);
    expect(both.map((reply) => reply.status).toSorted()).toEqual([201, 409]);
  });
});

describe('a revocation', () => {
  it('is final, at once, and once only', async () => {
    const key = await door.addKey({ name: 'Perdida' });
    expect(await status(key.key)).toBe(200);
    const first = await door.ask('ana', 'POST', path(`/${key.id}/revoke`));
    expect(first.body).toMatchObject({ state: 'revoked' });
    expect(await status(key.key)).toBe('VIN_EVENT_KEY_REVOKED');
    const again = await door.ask('ana', 'POST', path(`/${key.id}/revoke`));
    expect(again.body.revokedAt).toBe(first.body.revokedAt);
    expect(await told('write_key.revoked', key.id)).toHaveLength(1);
  });

  it('in another process is heard within seconds', async () => {
    const key = await door.addKey();
    expect(await status(key.key)).toBe(200);
    await door.context.store.pool.query('update write_key set revoked_at = now() where id = $1', [key.id]);
    expect(await status(key.key)).toBe(200);
    later(5_001);
    expect(await status(key.key)).toBe('VIN_EVENT_KEY_REVOKED');
  });
});

it('its use is noted, at most once a minute', async () => {
  const key = await door.addKey();
  const used = async () => {
    const { body } = await door.ask<{ items: { id: string; lastUsedAt: string | null }[] }>('luis', 'GET', path());
    return body.items.find(({ id }) => id === key.id)!.lastUsedAt;
  };
  await status(key.key);
  await expect.poll(used).not.toBeNull();
  const first = await used();
  await status(key.key);
  later(59_000);
  await status(key.key);
  expect(await used()).toBe(first);
  // Two processes that note it together write once too.
  later(70_000);
  await status(key.key);
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(await used()).toBe(first);
  await door.context.store.pool.query("update write_key set last_used_at = now() - interval '2 minutes' where id = $1", [key.id]);
  later(61_000);
  await status(key.key);
  await expect.poll(async () => Date.parse((await used())!) >= Date.parse(first!)).toBe(true);
});

it('a source says how many of its keys work', async () => {
  const { body } = await door.ask('luis', 'GET', '/event-sources');
  expect(body.items).toMatchObject([{ sourceId: door.source.id, name: 'tienda', label: 'Tienda web' }]);
  expect(body.items[0].keys).toBeGreaterThan(3);
});

describe('how events of a source are treated', () => {
  const settings = () => `/sources/${door.source.id}/event-settings`;

  it('has defaults, and changes one thing at a time', async () => {
    expect((await door.ask('luis', 'GET', settings())).body).toEqual({
      sourceId: door.source.id,
      consent: 'not_refused',
      consentCategory: 'analytics',
      devicePeople: 3,
      recognise: false,
      updatedAt: null,
      updatedBy: null,
    });
    await door.ask('ana', 'PATCH', settings(), { devicePeople: 5, recognise: true });
    const { body } = await door.ask('ana', 'PATCH', settings(), { consent: 'given' });
    expect(body).toMatchObject({ consent: 'given', consentCategory: 'analytics', devicePeople: 5, recognise: true, updatedBy: 'ana' });
    expect((await door.ask('luis', 'GET', settings())).body).toEqual(body);
    expect(await told('source.events_changed', door.source.id)).toHaveLength(2);
  });

  it('refuses what makes no sense', async () => {
    expect((await door.ask('luis', 'PATCH', settings(), {})).status).toBe(403);
    for (const wrong of [{ consent: 'always' }, { consentCategory: 'dos palabras' }, { devicePeople: 0 }])
      expect((await door.ask('ana', 'PATCH', settings(), wrong)).status).toBe(400);
  });
});
