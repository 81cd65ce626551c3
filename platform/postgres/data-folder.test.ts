import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { acquireDataFolder, readLock } from './data-folder.ts';

let config: { dataFolder: string };
beforeEach(async () => {
  config = { dataFolder: await mkdtemp(join(tmpdir(), 'vinculo-test-')) };
});
afterEach(() => rm(config.dataFolder, { recursive: true }));

const leave = (owner: object | string) =>
  writeFile(join(config.dataFolder, 'server.lock'), typeof owner === 'string' ? owner : JSON.stringify(owner));

describe('the lock of the data folder', () => {
  it('says who owns it and where that one answers', async () => {
    expect(await readLock(config)).toBeUndefined();
    const lock = await acquireDataFolder(config);
    expect(await readLock(config)).toEqual({ pid: process.pid, url: undefined });
    await lock.publish('http://localhost:4600');
    expect(await readLock(config)).toEqual({ pid: process.pid, url: 'http://localhost:4600' });
    await lock.release();
    expect(await readLock(config)).toBeUndefined();
  });

  it('is shared within a process and freed by the last', async () => {
    const [one, two] = await Promise.all([acquireDataFolder(config), acquireDataFolder(config)]);
    await one.release();
    await one.release();
    expect(await readLock(config)).toMatchObject({ pid: process.pid });
    await two.release();
    expect(await readLock(config)).toBeUndefined();
  });

  it('keeps out another living process', async () => {
    const { processIdentity } = await import('./embedded/processes.ts');
    await leave({ pid: process.ppid, identity: await processIdentity(process.ppid), url: 'http://localhost:1' });
    await expect(acquireDataFolder(config)).rejects.toMatchObject({ code: 'VIN_DATA_FOLDER_BUSY', params: { pid: process.ppid } });
    expect(await readLock(config)).toEqual({ pid: process.ppid, url: 'http://localhost:1' });
  });

  it.each([
    ['a process that is gone', { pid: 2 ** 22 + 1, identity: 'x' }],
    ['an earlier process with the pid of one that runs', { pid: process.ppid, identity: 'another start' }],
    ['a process that was killed while it wrote', '{"pid":'],
  ])('does not count for %s', async (_, owner) => {
    await leave(owner);
    expect(await readLock(config)).toBeUndefined();
    const lock = await acquireDataFolder(config);
    expect(await readLock(config)).toMatchObject({ pid: process.pid });
    await lock.release();
  });
});
