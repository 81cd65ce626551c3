import { silent } from '@vinculo/config';
import { type PostgresServer, startPostgresServer, testConfig } from '@vinculo/testing';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SYSTEM } from './actor.ts';
import { copyText } from './copy.ts';
import { platformMigrations } from './index.ts';
import { withLock } from './lock.ts';
import { migratePostgres, migrationStatus } from './migrate.ts';
import { openPostgres, requireVersion } from './open-postgres.ts';
import { startOutbox } from './outbox.ts';
import type { Store } from './store.ts';

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgresServer();
});
afterAll(() => server.stop());

const opened = (change: (url: URL) => void = () => {}) => {
  const url = new URL(server.url);
  change(url);
  return openPostgres(testConfig({ databaseUrl: url.toString() }));
};

async function* lines() {
  for (let n = 0; n < 10_000; n++) yield `${copyText(n)}\t${copyText(n % 2 === 0 ? "Muñoz\t\\'" : null)}\n`;
}

describe("the desk on somebody's own PostgreSQL", () => {
  let store: Store;
  beforeAll(async () => {
    store = await opened();
  });
  afterAll(() => store.close());
  beforeEach(() => migratePostgres(store, [platformMigrations]));
  afterEach(async () => {
    await sql`drop schema public cascade`.execute(store.db);
    await sql`create schema public`.execute(store.db);
  });

  const changed = (andThen: () => Promise<void>) =>
    store.transaction(SYSTEM, async (tx) => {
      await tx.emit('customer.changed', { kind: 'customer', id: 'c1' }, { n: 1 });
      await andThen();
    });
  const events = async () => (await sql<{ n: number }>`select count(*) as n from outbox`.execute(store.db)).rows[0]!.n;

  it('is not embedded and is no superuser there', async () => {
    expect(server.version).toBeGreaterThanOrEqual(15);
    expect(store.embedded).toBe(false);
    expect((await sql`select rolsuper from pg_roles where rolname = current_user`.execute(store.db)).rows).toEqual([{ rolsuper: false }]);
  });

  it('is migrated once, also by two servers at a time', async () => {
    expect((await migrationStatus(store, [platformMigrations])).every(({ appliedAt }) => appliedAt instanceof Date)).toBe(true);
    await sql`drop schema public cascade`.execute(store.db);
    await sql`create schema public`.execute(store.db);
    const other = await opened();
    const both = await Promise.all([store, other].map((each) => migratePostgres(each, [platformMigrations])));
    await other.close();
    expect(both.filter((applied) => applied.length > 0)).toHaveLength(1);
  });

  it('keeps whole transactions and nothing of broken ones', async () => {
    await changed(async () => {});
    await expect(
      changed(async () => {
        throw new Error('changed my mind');
      }),
    ).rejects.toThrow('changed my mind');
    expect(await events()).toBe(1);
  });

  it('takes rows by COPY within a transaction', async () => {
    await sql`create table written (n integer, text text)`.execute(store.db);
    expect(await store.transaction(SYSTEM, (tx) => store.copyIn(tx, 'written', ['n', 'text'], lines()))).toBe(10_000);
    const { rows } = await sql`select count(*) as n, count(text) as named, min(text) as text from written`.execute(store.db);
    expect(rows).toEqual([{ n: 10_000, named: 5_000, text: "Muñoz\t\\'" }]);
  });

  it('hands events on', async () => {
    const got: unknown[] = [];
    const outbox = startOutbox(store, { value: { 'customer.changed': async ({ data }) => void got.push(data) } }, silent);
    await changed(async () => {});
    await expect.poll(() => got, { timeout: 10_000 }).toEqual([{ n: 1 }]);
    await outbox.stop();
  });

  it('lets one at a time through a lock', async () => {
    const other = await opened();
    const order: string[] = [];
    const work = (name: string) => async () => {
      order.push(`${name} in`);
      await new Promise((resolve) => setTimeout(resolve, 50));
      order.push(`${name} out`);
    };
    await Promise.all([withLock(store, 'door', work('a')), withLock(other, 'door', work('b'))]);
    await other.close();
    expect(order.map((step) => step.slice(2))).toEqual(['in', 'out', 'in', 'out']);
  });
});

describe('opening it', () => {
  it.each([
    ['a wrong password', /authentication failed/, (url: URL) => (url.password = 'secreto')],
    ['a port where nobody answers', /ECONNREFUSED/, (url: URL) => (url.port = '1')],
    ['a database that is not there', /does not exist/, (url: URL) => (url.pathname = '/nada')],
  ])('says what is wrong, without the password, with %s', async (_, reason, change) => {
    const error = await opened(change).catch((thrown: Error) => thrown);
    expect(error).toMatchObject({ code: 'VIN_POSTGRES_UNAVAILABLE', params: { reason: expect.stringMatching(reason) } });
    expect(String(error)).not.toMatch(/secreto|contrase/);
  });

  it('refuses a version older than 15', () => {
    expect(() => requireVersion(140_013)).toThrow(expect.objectContaining({ code: 'VIN_POSTGRES_VERSION', params: { version: 14 } }));
    expect(() => requireVersion(90_624)).toThrow(/9/);
    for (const number of [150_000, 150_014, 180_001]) expect(() => requireVersion(number)).not.toThrow();
  });
});
