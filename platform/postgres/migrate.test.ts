import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { testStores, type TestStores } from '@vinculo/testing';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { migratePostgres, migrationStatus } from './migrate.ts';
import { openPostgres } from './open-postgres.ts';

let stores: TestStores;
let folder: string;
beforeEach(async () => {
  stores = await testStores();
  folder = await mkdtemp(join(tmpdir(), 'vinculo-test-'));
  await writeFile(join(folder, '0001_animal.sql'), "create table animal (name text);\ninsert into animal values ('perro');");
  await writeFile(join(folder, '0002_legs.sql'), 'alter table animal add legs integer;\nupdate animal set legs = 4;');
});
afterEach(async () => {
  await stores.close();
  await rm(folder, { recursive: true });
});

const set = (path = folder) => ({ name: 'zoo', folder: pathToFileURL(path) });
const animals = async () => (await sql`select * from animal`.execute(stores.store.db)).rows;

describe('migrations of the desk', () => {
  it('are applied once, in order', async () => {
    const applied = await migratePostgres(stores.store, [set()]);
    expect(applied.map(({ file }) => file)).toEqual(['0001_animal.sql', '0002_legs.sql']);
    expect(await migratePostgres(stores.store, [set()])).toEqual([]);
    expect(await animals()).toEqual([{ name: 'perro', legs: 4 }]);
  });

  it('go on from any earlier version', async () => {
    const before = await mkdtemp(join(tmpdir(), 'vinculo-test-'));
    await cp(join(folder, '0001_animal.sql'), join(before, '0001_animal.sql'));
    await migratePostgres(stores.store, [set(before)]);
    expect((await migratePostgres(stores.store, [set()])).map(({ file }) => file)).toEqual(['0002_legs.sql']);
    await rm(before, { recursive: true });
  });

  it('are applied once by two servers that start together', async () => {
    const other = await openPostgres(stores.config);
    const both = await Promise.all([migratePostgres(stores.store, [set()]), migratePostgres(other, [set()])]);
    await other.close();
    expect(both.map((applied) => applied.length).toSorted()).toEqual([0, 2]);
    expect(await animals()).toHaveLength(1);
  });

  it('follow the order of the sets', async () => {
    const later = await mkdtemp(join(tmpdir(), 'vinculo-test-'));
    await writeFile(join(later, '0001_name.sql'), 'create index animal_by_name on animal (name)');
    const applied = await migratePostgres(stores.store, [set(), { name: 'index', folder: pathToFileURL(later) }]);
    expect(applied.map((each) => `${each.set}/${each.file}`)).toEqual(['zoo/0001_animal.sql', 'zoo/0002_legs.sql', 'index/0001_name.sql']);
    await rm(later, { recursive: true });
  });

  it('stop at a file that was changed after it was applied, but not at other line ends', async () => {
    await migratePostgres(stores.store, [set()]);
    await writeFile(join(folder, '0002_legs.sql'), 'alter table animal add legs integer;\r\nupdate animal set legs = 4;');
    expect(await migratePostgres(stores.store, [set()])).toEqual([]);
    await writeFile(join(folder, '0001_animal.sql'), 'create table animal (name text not null);');
    await expect(migratePostgres(stores.store, [set()])).rejects.toMatchObject({
      code: 'VIN_MIGRATION_CHANGED',
      params: { name: 'zoo/0001_animal.sql' },
    });
  });

  it('stop when a newer version has been here', async () => {
    await migratePostgres(stores.store, [set()]);
    await rm(join(folder, '0002_legs.sql'));
    await expect(migratePostgres(stores.store, [set()])).rejects.toMatchObject({ code: 'VIN_MIGRATION_UNKNOWN' });
  });

  it('stop at a new file with an old number', async () => {
    await rm(join(folder, '0001_animal.sql'));
    await writeFile(join(folder, '0002_legs.sql'), 'create table animal (name text)');
    await migratePostgres(stores.store, [set()]);
    await writeFile(join(folder, '0001_late.sql'), 'select 1');
    await expect(migratePostgres(stores.store, [set()])).rejects.toMatchObject({ code: 'VIN_MIGRATION_ORDER' });
  });

  it('leave nothing of one that fails, and keep those before it', async () => {
    await writeFile(join(folder, '0003_bad.sql'), 'drop table animal; select no_such_function()');
    await expect(migratePostgres(stores.store, [set()])).rejects.toMatchObject({
      code: 'VIN_MIGRATION_FAILED',
      params: { name: 'zoo/0003_bad.sql', reason: expect.stringContaining('no_such_function') },
    });
    expect(await animals()).toHaveLength(1);
    const status = await migrationStatus(stores.store, [set()]);
    expect(status.map(({ appliedAt }) => appliedAt instanceof Date)).toEqual([true, true, false]);
  });
});
