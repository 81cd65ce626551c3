import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { feature as access } from '@vinculo/access';
import { feature as audit } from '@vinculo/audit';
import { type Feature, feature as http } from '@vinculo/http';
import { readLock } from '@vinculo/postgres';
import { testConfig, testStores } from '@vinculo/testing';
import { afterAll, describe, expect, it } from 'vitest';
import { type RunningServer, startServer } from './start.ts';
import { visitor } from './test-server.ts';

const heard: string[] = [];
const listening: Feature = {
  name: 'listening',
  handlers: () => ({
    'installation.set_up': async (event) => {
      heard.push(event.subject.id);
    },
  }),
};
const features = [http, access, audit, listening];

describe('the server', () => {
  let server: RunningServer;
  const config = testConfig();
  afterAll(() => server?.stop());

  it('starts from nothing on the embedded stores, says where it is, and hands events to who listens', async () => {
    server = await startServer({ config, quiet: true, features });
    expect(await readLock(config)).toEqual({ pid: process.pid, url: server.url });
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
    await visitor(server.url).send('POST', '/setup', { name: 'Ana', email: 'ana@example.com', password: 'una contraseña larga' });
    await expect.poll(() => heard.length, { timeout: 15_000 }).toBe(1);
  });

  it('lets the command line of this machine in, and nobody with a made-up key', async () => {
    const file = join(config.dataFolder, 'cli.key');
    expect((await stat(file)).mode & 0o077).toBe(0);
    const key = (await readFile(file, 'utf8')).trim();
    expect((await visitor(server.url, { authorization: `Bearer ${key}` }).get('/people')).status).toBe(200);
    expect((await visitor(server.url, { authorization: `Bearer ${key}x` }).get('/people')).status).toBe(401);
    const forwarded = visitor(server.url, { authorization: `Bearer ${key}`, 'x-forwarded-for': '203.0.113.1' });
    expect((await forwarded.get('/people')).status).toBe(401);
  });

  it('says where both stores are while it has them open, as `vinculo migrate --status` asks', async () => {
    const key = (await readFile(join(config.dataFolder, 'cli.key'), 'utf8')).trim();
    const { body } = await visitor(server.url, { authorization: `Bearer ${key}` }).get('/migrations');
    const { items } = body as { items: { store: string; name: string; state: string }[] };
    expect(items.find(({ name }) => name === 'access/0001_access.sql')).toEqual({
      store: 'postgres',
      name: 'access/0001_access.sql',
      state: 'applied',
    });
    expect(items.every(({ state }) => state === 'applied')).toBe(true);
  });

  it('stops whole and starts again on the same data, with the same people', async () => {
    await server.stop();
    await server.stop();
    expect(existsSync(join(config.dataFolder, 'server.lock'))).toBe(false);
    server = await startServer({ config, quiet: true, features });
    expect((await visitor(server.url).get('/setup')).body).toEqual({ needed: false });
    await server.stop();
  });
});

describe('a port that is taken', () => {
  it('stops the start with the variable to change, and leaves nothing open', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const stores = await testStores();
    const port = (other.address() as AddressInfo).port;
    await expect(startServer({ config: { ...stores.config, port }, quiet: true, features, stores })).rejects.toMatchObject({
      code: 'VIN_CONFIG_INVALID',
      problems: [{ variable: 'VINCULO_PORT' }],
    });
    expect(existsSync(join(stores.config.dataFolder, 'cli.key'))).toBe(true);
    await stores.close();
    other.close();
  });
});
