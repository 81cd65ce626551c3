import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { setTestVariable } from '@vinculo/config';
import { withLock } from '@vinculo/postgres';
import { type ClickHouseServer, startClickHouseServer, testConfig, testStores } from '@vinculo/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrationSuite } from './migrate.suite.ts';
import { migrateWarehouse } from './migrate.ts';
import { openWarehouse } from './open-warehouse.ts';
import { warehouseSuite } from './warehouse.suite.ts';

let server: ClickHouseServer;
beforeAll(async () => {
  server = await startClickHouseServer();
  // What `testStores` goes by; this file has a process of its own.
  setTestVariable('VINCULO_TEST_CLICKHOUSE_URL', server.url);
});
afterAll(() => server.stop());

describe('the warehouse on a server', () => {
  warehouseSuite(() => testStores({ config: { warehouseMemoryMb: 512 } }));
});

describe('on a server, migrations', () => {
  migrationSuite(() => testStores());

  it('are applied once by two processes that start together', async () => {
    const stores = await testStores();
    const other = await openWarehouse(stores.config);
    const folder = stores.config.dataFolder;
    await writeFile(join(folder, '0001_animal.sql'), 'create table animal (name String) engine = MergeTree order by name');
    const sets = [{ name: 'zoo', folder: pathToFileURL(folder) }];
    const both = await Promise.all(
      [stores.warehouse, other].map((warehouse) => migrateWarehouse(warehouse, sets, (work) => withLock(stores.store, 'zoo', work))),
    );
    expect(both.map((applied) => applied.length).toSorted()).toEqual([0, 1]);
    await other.close();
    await stores.close();
  });
});

/** The warehouse at an address a little different from the server's. */
const opened = (change: (url: URL) => void) => {
  const url = new URL(server.url);
  change(url);
  return openWarehouse(testConfig({ clickhouseUrl: url.toString() }));
};

describe('opening a server', () => {
  it('makes the database the address names, and takes `vinculo` when it names none', async () => {
    for (const [path, name] of [
      ['', 'vinculo'],
      ['/test_of_mine', 'test_of_mine'],
    ] as const) {
      const warehouse = await opened((url) => (url.pathname = path));
      expect(warehouse.embedded).toBe(false);
      expect(await warehouse.rows('select currentDatabase() as name')).toEqual([{ name }]);
      await warehouse.close();
    }
  });

  it.each([
    ['a wrong password', /Authentication failed/, (url: URL) => (url.password = 'secreto')],
    ['a port where nobody answers', /ECONNREFUSED/, (url: URL) => (url.port = '1')],
    ['a database it may not have', /Not enough privileges/, (url: URL) => (url.pathname = '/system_of_theirs')],
  ])('says what is wrong, without the password, with %s', async (_, reason, change) => {
    const error = await opened(change).catch((thrown: Error) => thrown);
    expect(error).toMatchObject({ code: 'VIN_WAREHOUSE_UNAVAILABLE', params: { reason: expect.stringMatching(reason) } });
    expect(String(error)).not.toMatch(/secreto|contrase/);
  });
});
