import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chown, mkdir, open, readFile, realpath, rename, rm, stat, statfs, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Logger } from '@vinculo/config';
import { fail } from '@vinculo/errors';
import { Client } from 'pg';
import { type Account, accountFor } from './account.ts';
import { type Binaries, findBinaries } from './binaries.ts';
import { stopOrphan } from './orphan.ts';

export interface EmbeddedServer {
  url: string;
  /** Ends the sessions, writes the checkpoint and resolves when the server is gone. */
  stop(): Promise<void>;
}

interface Place {
  /** PostgreSQL's own data directory. */
  data: string;
  log: string;
  password: string;
  port: string;
}

const START_MS = 120_000;

/**
 * Starts PostgreSQL over `<data folder>/postgres`, making the database on first use. It listens on a free port of
 * 127.0.0.1, the same one at every start while it is free, with a password kept beside it (mode 0600).
 *
 * @throws VIN_POSTGRES_EMBEDDED with the reason and the log to read.
 */
export async function startEmbedded(dataFolder: string, log: Logger): Promise<EmbeddedServer> {
  await mkdir(join(dataFolder, 'postgres'), { recursive: true, mode: 0o700 });
  const folder = await realpath(join(dataFolder, 'postgres'));
  const place: Place = {
    data: join(folder, 'data'),
    log: join(folder, 'log'),
    password: join(folder, 'password'),
    port: join(folder, 'port'),
  };
  try {
    const binaries = await findBinaries();
    const account = await accountFor(binaries.postgres, folder);
    const password = await kept(place.password, async () => randomBytes(24).toString('base64url'));
    await stopOrphan(place.data, log);
    if (!existsSync(join(place.data, 'PG_VERSION'))) await initialise(binaries, account, place);
    return await launch(binaries, account, place, password, log);
  } catch (error) {
    throw fail('VIN_POSTGRES_EMBEDDED', { reason: (error as Error).message, folder, log: place.log }, error);
  }
}

/** Made aside and renamed: a first start that is killed leaves no half database. */
async function initialise({ initdb }: Binaries, account: Account, place: Place): Promise<void> {
  const fresh = `${place.data}.new`;
  await rm(fresh, { recursive: true, force: true });
  const passwordFile = `${place.password}.init`;
  await writeFile(passwordFile, await readFile(place.password), { mode: 0o600 });
  if (account.uid !== undefined) await chown(passwordFile, account.uid, account.gid!);
  const options = ['--username=vinculo', `--pwfile=${passwordFile}`, '--auth=scram-sha-256', '--encoding=UTF8'];
  const locale = ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C', '--text-search-config=simple'];
  const [command, ...rest] = [...account.prefix, initdb, `--pgdata=${fresh}`, ...options, ...locale, '--no-instructions'];
  await promisify(execFile)(command!, rest, { uid: account.uid, gid: account.gid, cwd: '/', env: environment() });
  await rm(passwordFile);
  await rename(fresh, place.data);
}

async function launch(binaries: Binaries, account: Account, place: Place, password: string, log: Logger): Promise<EmbeddedServer> {
  const port = await freePort(place.port);
  const child = await spawnServer(binaries, account, place, port);
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  let running = true;
  let stopping = false;
  child.once('exit', () => {
    running = false;
    if (!stopping) log.error({ log: place.log }, 'The embedded PostgreSQL ended by itself');
  });

  const stop = async () => {
    stopping = true;
    // The end of its input is the signal to stop, the same that comes when this process is killed.
    child.stdin!.destroy();
    await ended;
  };
  const url = (database: string) => `postgres://vinculo:${password}@127.0.0.1:${port}/${database}`;
  try {
    await answering(url('postgres'), () => running, place.log);
    return { url: url('vinculo'), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * A shell stands between: it stops the server when its input ends, which happens however this process ends.
 * A session of its own keeps Ctrl-C in the terminal from reaching the server before we have finished with it.
 */
const WATCHDOG = 'exec 3<&0; "$@" 3<&- </dev/null & server=$!; (read -r _ <&3; kill -INT $server) & wait $server; kill $! 2>/dev/null';

async function spawnServer({ postgres }: Binaries, account: Account, place: Place, port: number): Promise<ChildProcess> {
  const size = (await stat(place.log).catch(() => undefined))?.size ?? 0;
  if (size > 10_000_000) await rename(place.log, `${place.log}.1`);
  const output = await open(place.log, 'a', 0o600);
  const settings = Object.entries({ ...SETTINGS, ...(await sharedMemory()), port }).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const [command, ...rest] = [...account.prefix, '/bin/sh', '-c', WATCHDOG, 'postgres', postgres, '-D', place.data, ...settings];
  const child = spawn(command!, rest, {
    stdio: ['pipe', output.fd, output.fd],
    detached: true,
    cwd: '/',
    uid: account.uid,
    gid: account.gid,
    env: environment(),
  });
  child.stdin!.on('error', () => {});
  await output.close();
  return child;
}

/** For two cores and a laptop's memory as much as for a small server: the warehouse does the heavy reading. */
const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: 100,
  shared_buffers: '256MB',
  maintenance_work_mem: '256MB',
  work_mem: '16MB',
  effective_cache_size: '1GB',
  max_wal_size: '2GB',
  wal_level: 'minimal',
  max_wal_senders: 0,
  checkpoint_completion_target: 0.9,
  wal_compression: 'on',
  random_page_cost: 1.1,
  jit: 'off',
  fsync: 'on',
  synchronous_commit: 'on',
  timezone: 'UTC',
  log_timezone: 'UTC',
  lc_messages: 'C',
  // Statements and the values in their errors are personal data; the application reports its own errors.
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
};

/** Containers often have 64 MB of shared memory, too little for a parallel join: use files then. */
async function sharedMemory(): Promise<Record<string, string>> {
  if (process.platform !== 'linux') return {};
  const { bsize, blocks } = await statfs('/dev/shm').catch(() => ({ bsize: 0, blocks: 0 }));
  return bsize * blocks < 512 * 1024 * 1024 ? { dynamic_shared_memory_type: 'mmap' } : {};
}

/** Nothing of ours and nothing of libpq's (PGDATA, PGHOST …) may steer the server. */
function environment(): NodeJS.ProcessEnv {
  return { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C' };
}

async function answering(url: string, running: () => boolean, logFile: string): Promise<void> {
  const end = Date.now() + START_MS;
  for (;;) {
    const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
    client.on('error', () => {});
    try {
      await client.connect();
      const { rowCount } = await client.query(`select from pg_database where datname = 'vinculo'`);
      if (rowCount === 0) await client.query('create database vinculo');
      return;
    } catch (error) {
      if (!running()) throw new Error(`it ended at once; its last words: ${await lastWords(logFile)}`, { cause: error });
      if (Date.now() > end) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20));
    } finally {
      await client.end().catch(() => {});
    }
  }
}

async function lastWords(logFile: string): Promise<string> {
  const lines = (await readFile(logFile, 'utf8').catch(() => '')).trim().split('\n');
  return lines.slice(-3).join(' / ');
}

/** The port of last time when nobody else has taken it, otherwise another; kept for next time. */
async function freePort(file: string): Promise<number> {
  const before = Number(await readFile(file, 'utf8').catch(() => '0'));
  const port = (before > 0 ? await bindable(before) : undefined) ?? (await bindable(0))!;
  await writeFile(file, String(port), { mode: 0o600 });
  return port;
}

function bindable(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen({ port, host: '127.0.0.1' }, () => {
      const { port: bound } = server.address() as { port: number };
      server.close(() => resolve(bound));
    });
  });
}

async function kept(file: string, make: () => Promise<string>): Promise<string> {
  const before = await readFile(file, 'utf8').catch(() => '');
  if (before) return before;
  const value = await make();
  await writeFile(file, value, { mode: 0o600 });
  return value;
}
