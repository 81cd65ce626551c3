import { type ClickHouseServer, startClickHouseServer, testConfig, testStores } from '@vinculo/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrationSuite } from './migrate.suite.ts';
import { openWarehouse } from './open-warehouse.ts';
import { warehouseSuite } from './warehouse.suite.ts';

let server: ClickHouseServer;
beforeAll(async () => {
  server = await startClickHouseServer();
  // What `testStores` goes by; this file has a process of its own.
  process.env.VINCULO_TEST_CLICKHOUSE_URL = server.url;
});
afterAll(() => server.stop());

describe('a warehouse that is a server', () => {
  warehouseSuite(() => testStores({ config: { warehouseMemoryMb: 512 } }));
});

describe('a server', () => {
  migrationSuite(() => testStores());
});
