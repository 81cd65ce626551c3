import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTestVariable, testVariable } from '@vinculo/config';
import { openPostgres, type Store } from '@vinculo/postgres';
import { testConfig } from './test-config.ts';

/**
 * One Postgres for all test files of a run, started when the first of them asks: tests of pure packages start in
 * no time. With VINCULO_TEST_DATABASE_URL the tests use that server instead, whose user must be allowed to create databases.
 */
export default async function setup(): Promise<() => Promise<void>> {
  const { databaseUrl: _, ...config } = testConfig();
  const given = testVariable('VINCULO_TEST_DATABASE_URL');
  let store: Promise<Store> | undefined;

  const server = createServer((_request, response) => {
    store ??= openPostgres({ ...config, databaseUrl: given });
    store.then(
      ({ url }) => response.end(url),
      (error: Error) => response.writeHead(500).end(error.message),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  setTestVariable('VINCULO_TEST_SETUP', `http://127.0.0.1:${(server.address() as AddressInfo).port}`);

  return async () => {
    server.close();
    server.closeAllConnections();
    await (await store?.catch(() => undefined))?.close();
    await rm(config.dataFolder, { recursive: true, force: true });
  };
}
