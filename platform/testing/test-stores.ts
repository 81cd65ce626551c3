import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { type Config, testVariable } from '@vinculo/config';
import { jobMigrations } from '@vinculo/jobs';
import { migratePostgres, type MigrationSet, openPostgres, platformMigrations, type Store } from '@vinculo/postgres';
import { migrateWarehouse, openWarehouse, type Warehouse } from '@vinculo/warehouse';
import { Client } from 'pg';
import { testConfig } from './test-config.ts';

export interface TestStoresOptions {
  /** Applied after those of the platform. */
  migrations?: readonly MigrationSet[];
  warehouseMigrations?: readonly MigrationSet[];
  config?: Partial<Config>;
}

export interface TestStores {
  /** Leads to these very stores: a server started with it uses them too, once they are closed. */
  config: Config;
  store: Store;
  warehouse: Warehouse;
  close(): Promise<void>;
}

/**
 * Real stores, empty and migrated: a new database of the Postgres shared by the whole test run, and a new warehouse
 * in a temporary folder. Call `close` in `afterAll`. The warehouse lives in this process, which can hold one at a time.
 */
export async function testStores({
  migrations = [],
  warehouseMigrations = [],
  config: changes,
}: TestStoresOptions = {}): Promise<TestStores> {
  const server = await sharedServer();
  const database = `test_${randomBytes(8).toString('hex')}`;
  await administer(server, `create database ${database}`);
  const url = new URL(server);
  url.pathname = `/${database}`;

  const config = testConfig({ databaseUrl: url.toString(), clickhouseUrl: clickhouseUrl(database), ...changes });
  const store = await openPostgres(config);
  await migratePostgres(store, [platformMigrations, jobMigrations, ...migrations]);
  const warehouse = await openWarehouse(config);
  await migrateWarehouse(warehouse, warehouseMigrations);
  return {
    config,
    store,
    warehouse,
    async close() {
      if (!warehouse.embedded) await warehouse.command(`drop database ${database} sync`);
      await warehouse.close();
      await store.close();
      await administer(server, `drop database if exists ${database} with (force)`);
      await rm(config.dataFolder, { recursive: true, force: true });
    },
  };
}

/** With VINCULO_TEST_CLICKHOUSE_URL the tests use that server instead of the embedded warehouse. */
function clickhouseUrl(database: string): string | undefined {
  const given = testVariable('VINCULO_TEST_CLICKHOUSE_URL');
  return given && new URL(`/${database}`, given).toString();
}

/** The address global-setup.ts answers at, which starts the server when first asked. */
async function sharedServer(): Promise<string> {
  const address = testVariable('VINCULO_TEST_SETUP');
  if (!address)
    throw new Error('Run this through vitest from the root of the repository: its global setup starts the Postgres that tests share');
  const response = await fetch(address);
  if (!response.ok) throw new Error(await response.text());
  return response.text();
}

async function administer(server: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
