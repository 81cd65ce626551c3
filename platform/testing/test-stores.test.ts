import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestStores, testStores } from './test-stores.ts';

describe('the stores of a test', () => {
  let stores: TestStores;
  beforeAll(async () => {
    stores = await testStores();
  });
  afterAll(() => stores.close());

  it('are real, migrated and empty', async () => {
    const { rows } = await sql<{ n: number }>`select count(*) as n from outbox`.execute(stores.store.db);
    expect(rows).toEqual([{ n: 0 }]);
    expect(await stores.warehouse.rows('select count() as n from migration')).toEqual([{ n: 0 }]);
  });

  it('can be opened anew in the same process once they are closed', async () => {
    await stores.warehouse.command('create table mine (a UInt8) engine = MergeTree order by a');
    await stores.close();
    stores = await testStores();
    expect(await stores.warehouse.rows(`select name from system.tables where database = currentDatabase()`)).toEqual([
      { name: 'migration' },
    ]);
  });
});
