import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { TestStores } from '@vinculo/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { migrateWarehouse, warehouseMigrationStatus } from './migrate.ts';

/** What migrations promise, whichever engine the tables are in. */
export function migrationSuite(open: () => Promise<TestStores>): void {
  let stores: TestStores;
  let folder: string;
  beforeAll(async () => {
    stores = await open();
  });
  afterAll(() => stores.close());
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vinculo-test-'));
    await writeFile(
      join(folder, '0001_animal.sql'),
      "create table if not exists animal (name String) engine = MergeTree order by name;\ninsert into animal values ('perro;');\n",
    );
  });
  afterEach(async () => {
    for (const table of ['animal', 'migration']) await stores.warehouse.command(`drop table if exists ${table}`);
    await rm(folder, { recursive: true });
  });

  const set = () => ({ name: 'zoo', folder: pathToFileURL(folder) });
  const migrate = () => migrateWarehouse(stores.warehouse, [set()]);

  describe('migrations of the warehouse', () => {
    it('run statement by statement, once', async () => {
      expect(await warehouseMigrationStatus(stores.warehouse, [set()])).toEqual([{ set: 'zoo', file: '0001_animal.sql', appliedAt: null }]);
      expect(await migrate()).toEqual([{ set: 'zoo', file: '0001_animal.sql', milliseconds: expect.any(Number) }]);
      expect(await migrate()).toEqual([]);
      expect(await stores.warehouse.rows('select name from animal')).toEqual([{ name: 'perro;' }]);
      expect((await warehouseMigrationStatus(stores.warehouse, [set()]))[0]!.appliedAt).toBeInstanceOf(Date);
    });

    it('go on with the statement at which they were cut off', async () => {
      const good =
        "create table if not exists animal (name String) engine = MergeTree order by name;\ninsert into animal values ('uno');\n";
      await writeFile(join(folder, '0001_animal.sql'), `${good}insert into cage values ('dos');`);
      await expect(migrate()).rejects.toMatchObject({ code: 'VIN_MIGRATION_FAILED', params: { name: 'zoo/0001_animal.sql' } });
      await stores.warehouse.command('create table cage (name String) engine = MergeTree order by name');
      await migrate();
      expect(
        await stores.warehouse.rows('select name from (select name from animal union all select name from cage) order by name'),
      ).toEqual([{ name: 'dos' }, { name: 'uno' }]);
      await stores.warehouse.command('drop table cage');
    });

    it('stop at a file that was changed after it was applied', async () => {
      await migrate();
      await writeFile(join(folder, '0001_animal.sql'), 'select 1');
      await expect(migrate()).rejects.toMatchObject({ code: 'VIN_MIGRATION_CHANGED' });
    });
  });
}
