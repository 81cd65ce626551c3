import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { loadConfig } from '@vinculo/config';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readLock } from '../data-folder.ts';
import { openPostgres } from '../open-postgres.ts';
import { accountFor } from './account.ts';
import { findBinaries } from './binaries.ts';
import { until } from './orphan.ts';
import { alive, commandLine } from './processes.ts';

const CHILD = fileURLToPath(new URL('./start.child.ts', import.meta.url));

let dataFolder: string;
let children: ChildProcess[];
const config = () => loadConfig({ VINCULO_DATA_FOLDER: dataFolder });

beforeEach(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'vinculo test ñ-'));
  children = [];
});
afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  await rm(dataFolder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
});

/** Another process that owns the data folder and has committed one more row. */
async function owner(): Promise<{ child: ChildProcess; pid: number; postmaster: number }> {
  const child = spawn(process.execPath, ['--import', 'tsx', CHILD, dataFolder], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  const [line] = (await once(createInterface({ input: child.stdout! }), 'line')) as [string];
  return { child, ...JSON.parse(line) };
}

async function killed(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL');
  await once(child, 'exit');
}

async function rowsFound(): Promise<number> {
  const store = await openPostgres(config());
  try {
    const { rows } = await sql<{ n: number }>`select count(*) as n from kept`.execute(store.db);
    return rows[0]!.n;
  } finally {
    await store.close();
  }
}

describe('the embedded PostgreSQL', () => {
  it('keeps what was committed when the process that owns it is killed, and ends by itself', async () => {
    const { child, postmaster } = await owner();
    await killed(child);
    expect(await until(async () => !alive(postmaster), 10_000)).toBe(true);
    expect(await rowsFound()).toBe(1);
  });

  it('can be opened again at once after that, over a server still on its way out', async () => {
    for (let n = 1; n <= 3; n++) {
      const { child } = await owner();
      await killed(child);
      expect(await rowsFound()).toBe(n);
    }
  });

  it('stops a server left behind whose owner can no longer tell it to', async () => {
    const { child, postmaster } = await owner();
    // Its watchdog is killed with the owner, so nothing stops it.
    const watchdog = Number((await readFile(`/proc/${postmaster}/stat`, 'utf8')).split(') ')[1]!.split(' ')[1]);
    process.kill(watchdog, 'SIGKILL');
    await killed(child);
    const watcher = await stillWatching(postmaster);
    if (watcher) process.kill(watcher, 'SIGKILL');
    expect(alive(postmaster)).toBe(true);
    expect(await rowsFound()).toBe(1);
    expect(await commandLine(postmaster)).toBeUndefined();
  });

  it('recovers when the server itself is killed', async () => {
    const { child, postmaster } = await owner();
    process.kill(postmaster, 'SIGKILL');
    await killed(child);
    expect(await rowsFound()).toBe(1);
  });

  it('is not stopped by a pid file whose pid now belongs to another program', async () => {
    await killed((await owner()).child);
    await rowsFound();
    const file = join(dataFolder, 'postgres', 'data', 'postmaster.pid');
    await writeFile(file, `${process.pid}\n${join(dataFolder, 'postgres', 'data')}\n1700000000\n5432\n\n127.0.0.1\n`);
    expect(await rowsFound()).toBe(1);
  });

  it('takes another port when somebody has taken its own', async () => {
    await killed((await owner()).child);
    await rowsFound();
    const port = Number(await readFile(join(dataFolder, 'postgres', 'port'), 'utf8'));
    const squatter = createServer().listen(port, '127.0.0.1');
    await once(squatter, 'listening');
    expect(await rowsFound()).toBe(1);
    expect(Number(await readFile(join(dataFolder, 'postgres', 'port'), 'utf8'))).not.toBe(port);
    squatter.close();
  });

  it('starts again after a first start that was killed halfway', async () => {
    const half = join(dataFolder, 'postgres', 'data.new');
    const store = await openPostgres(config());
    await store.close();
    await rm(join(dataFolder, 'postgres', 'data'), { recursive: true });
    await writeFile(half, 'rubbish of a killed initdb');
    const again = await openPostgres(config());
    await again.close();
    expect(await readdir(join(dataFolder, 'postgres'))).not.toContain('data.new');
  });

  it('belongs to one process at a time', async () => {
    const { pid } = await owner();
    await expect(openPostgres(config())).rejects.toMatchObject({ code: 'VIN_DATA_FOLDER_BUSY', params: { pid } });
    expect(await readLock(config())).toMatchObject({ pid });
  });

  it('is durable, speaks UTF-8, has trigrams, and lets nobody else read its password', async () => {
    const store = await openPostgres(config());
    await sql`create extension pg_trgm`.execute(store.db);
    const { rows } = await sql`
      select current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit, lower('ÑANDÚ') as lower,
             similarity('garcia', 'garzia') > 0.3 as similar, current_setting('timezone') as zone`.execute(store.db);
    await store.close();
    expect(rows).toEqual([{ fsync: 'on', commit: 'on', lower: 'ñandú', similar: true, zone: 'UTC' }]);
    expect((await stat(join(dataFolder, 'postgres', 'password'))).mode & 0o777).toBe(0o600);
  });

  it('says what to read when it cannot start', async () => {
    await (await openPostgres(config())).close();
    await rm(join(dataFolder, 'postgres', 'data', 'global'), { recursive: true });
    await expect(openPostgres(config())).rejects.toMatchObject({
      code: 'VIN_POSTGRES_EMBEDDED',
      params: { log: join(dataFolder, 'postgres', 'log') },
    });
    expect(await readLock(config())).toBeUndefined();
  });
});

describe('the account PostgreSQL runs as', () => {
  const root = process.getuid?.() === 0;

  it('is one that it accepts, root or not', async () => {
    const { postgres } = await findBinaries();
    const account = await accountFor(postgres, dataFolder);
    expect(account.prefix.length > 0 || account.uid !== undefined).toBe(root);
  });

  it('is a plain user where root may have no namespace, who is then given the folder', async () => {
    const { postgres } = await findBinaries();
    const folder = join(dataFolder, 'postgres');
    await mkdir(folder, { mode: 0o700 });
    const account = await accountFor(postgres, folder, { namespaces: false }).catch((error: Error) => error);
    if (account instanceof Error) expect(account.message).toContain('refuses to run as root');
    else expect((await stat(folder)).uid).toBe(account.uid ?? process.getuid!());
  });
});

/** The part of the watchdog that waits for its owner's end, if it outlived the shell. */
async function stillWatching(postmaster: number): Promise<number | undefined> {
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    if (command.includes(dataFolder) && command.startsWith('/bin/sh') && Number(pid) !== postmaster) return Number(pid);
  }
  return undefined;
}
