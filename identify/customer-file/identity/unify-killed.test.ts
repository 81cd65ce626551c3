import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { openWarehouse, type Warehouse } from '@vinculo/warehouse';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { strangers, type TestFile, testFile } from './identity.fixture.ts';
import { unify } from './unify.ts';

const people = strangers(0, 250);
let file: TestFile;
let reopened: Warehouse | undefined;

beforeEach(async () => {
  file = await testFile();
  await file.add(
    'tarjeta',
    people.map(({ card }) => card),
  );
  await file.add(
    'web',
    people.slice(0, 100).map(({ web }) => web),
  );
});
afterEach(async () => {
  await reopened?.close();
  await file.close();
});

/** Lets another process unify and die in that phase; then the stores are ours again. */
async function dieIn(phase: string): Promise<void> {
  await file.context.warehouse.close();
  const script = fileURLToPath(new URL('./unify-killed.fixture.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', script, JSON.stringify(file.context.config), phase], { stdio: 'inherit' });
  const [, signal] = await once(child, 'exit');
  expect(signal).toBe('SIGKILL');
  reopened = await openWarehouse(file.context.config);
  file.context.warehouse = reopened;
}

const count = async (table: string) => (await file.context.store.pool.query(`select count(*)::int as n from ${table}`)).rows[0].n as number;

async function expectWhole(): Promise<void> {
  const owners = await file.customers();
  expect(owners.size).toBe(350);
  expect(new Set(owners.values()).size).toBe(250);
  const published = await file.context.warehouse.rows<{ r: string; c: string }>(
    'select toString(record_id) as r, toString(customer_id) as c from identity final',
  );
  expect(new Map(published.map(({ r, c }) => [r, c]))).toEqual(owners);
  expect(await count('customer')).toBe(250);
  expect(await count('link')).toBe(350);
  const { rows } = await sql<{ n: number }>`select count(*) as n from unification where published_at is null`.execute(
    file.context.store.db,
  );
  expect(rows[0]!.n).toBe(0);
}

describe('a unification that is killed', () => {
  it('while it writes leaves the file as it was, and the next one does it whole', async () => {
    await dieIn('golden');
    expect([await count('customer'), await count('link'), await count('match_model')]).toEqual([0, 0, 0]);
    await unify(file.context, { scope: 'new' });
    await expectWhole();
  });

  it('between the desk and the warehouse is finished by the next one', async () => {
    await dieIn('publish');
    expect([await count('customer'), await count('link')]).toEqual([250, 350]);
    expect(await file.context.warehouse.rows('select 1 from identity')).toEqual([]);
    const before = await file.customers();
    await unify(file.context, { scope: 'new' });
    await expectWhole();
    expect(await file.customers()).toEqual(before);
    expect((await unify(file.context, { scope: 'new' })).pending).toBe(0);
    const { rows } = await sql<{ n: number }>`select count(*) as n from outbox where type = 'customers.unified'`.execute(
      file.context.store.db,
    );
    expect(rows[0]!.n).toBeGreaterThan(0);
  });
});

describe('a unification that is cancelled', () => {
  it('stops at once and leaves the file as it was', async () => {
    const controller = new AbortController();
    const run = unify(
      file.context,
      { scope: 'all' },
      {
        signal: controller.signal,
        progress: async ({ phase }) => {
          if (phase === 'golden') controller.abort(new Error('enough'));
        },
      },
    );
    await expect(run).rejects.toThrow('enough');
    expect([await count('customer'), await count('link')]).toEqual([0, 0]);
    await unify(file.context, { scope: 'all' });
    await expectWhole();
  });
});
