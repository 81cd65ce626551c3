import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chown, mkdtemp, open, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { openPostgres } from '@vinculo/postgres';
import { Client } from 'pg';
import { testConfig } from '../test-config.ts';
import { freePort } from '../ports.ts';

export interface PostgresServer {
  /** For DATABASE_URL: over TCP, with a password, to an empty database whose owner is no superuser. */
  url: string;
  /** 15, 18 … */
  version: number;
  /** Ends this server, and no other, and removes its data. */
  stop(): Promise<void>;
}

const OLDEST = 15;
const OWNER = { name: 'tienda', password: 'contraseña de la tienda: 100% @suya' };

/**
 * A PostgreSQL as somebody else would run one: the oldest that Debian's packages have put on this machine, because the
 * oldest promise breaks first, otherwise the one that npm installed. It ends with this process.
 */
export async function startPostgresServer(): Promise<PostgresServer> {
  const programs = await debianPrograms();
  const { url: admin, stop } = programs ? await startPrograms(programs) : await startEmbedded();
  try {
    const client = new Client({ connectionString: admin });
    await client.connect();
    await client.query(`create role ${OWNER.name} login nosuperuser password '${OWNER.password}'`);
    await client.query(`create database crm owner ${OWNER.name}`);
    const { rows } = await client.query<{ server_version_num: string }>('show server_version_num');
    await client.end();
    const url = new URL(admin);
    url.username = OWNER.name;
    url.password = encodeURIComponent(OWNER.password);
    url.pathname = '/crm';
    return { url: url.toString(), version: Math.floor(Number(rows[0]!.server_version_num) / 10_000), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

type Started = Pick<PostgresServer, 'url' | 'stop'>;

async function startEmbedded(): Promise<Started> {
  const { databaseUrl: _, ...config } = testConfig();
  const store = await openPostgres(config);
  return {
    url: store.url,
    async stop() {
      await store.close();
      await rm(config.dataFolder, { recursive: true, force: true });
    },
  };
}

/** Where the programs of the oldest PostgreSQL that we support are, if Debian's packages have put one here. */
async function debianPrograms(): Promise<string | undefined> {
  const root = '/usr/lib/postgresql';
  const versions = (await readdir(root).catch(() => [])).map(Number).filter((version) => version >= OLDEST);
  return versions
    .toSorted((a, b) => a - b)
    .map((version) => join(root, String(version), 'bin'))
    .find((programs) => existsSync(join(programs, 'initdb')));
}

async function startPrograms(programs: string): Promise<Started> {
  const account = await plainAccount();
  const folder = await mkdtemp(join(tmpdir(), 'vinculo-postgres-'));
  const data = join(folder, 'data');
  const password = randomBytes(16).toString('hex');
  const passwordFile = join(folder, 'password');
  await writeFile(passwordFile, password);
  if (account) for (const path of [folder, passwordFile]) await chown(path, account.uid, account.gid);
  const initdb = [
    `--pgdata=${data}`,
    '--username=postgres',
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--no-sync',
  ];
  await promisify(execFile)(join(programs, 'initdb'), initdb, { ...account, cwd: '/' });

  const port = await freePort();
  const output = await open(join(folder, 'log'), 'w');
  const settings = { port, listen_addresses: '127.0.0.1', unix_socket_directories: '', fsync: 'off' };
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const child = spawn('/bin/sh', ['-c', UNTIL_INPUT_ENDS, 'sh', join(programs, 'postgres'), '-D', data, ...options], {
    ...account,
    stdio: ['pipe', output.fd, output.fd],
    cwd: '/',
  });
  await output.close();
  const url = `postgres://postgres:${password}@127.0.0.1:${port}/postgres`;
  const stop = async () => {
    if (child.exitCode === null) {
      const gone = once(child, 'exit');
      child.stdin!.destroy();
      await gone;
    }
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await answering(url, () => child.exitCode === null);
    return { url, stop };
  } catch (error) {
    const words = (await readFile(join(folder, 'log'), 'utf8')).trim().split('\n').slice(-3).join(' / ');
    await stop();
    throw new Error(`${programs}/postgres does not start; its last words: ${words}`, { cause: error });
  }
}

/** The server ends when this process closes its input, which happens however this process ends. */
const UNTIL_INPUT_ENDS =
  'exec 3<&0; "$@" 3<&- </dev/null & server=$!; (read -r _ <&3; kill -INT $server) & wait $server; kill $! 2>/dev/null';

/** PostgreSQL refuses to run as root; Debian's packages bring a user for it. */
async function plainAccount(): Promise<{ uid: number; gid: number } | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const lines = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'));
  const [, , uid, gid] = lines.find(([name]) => name === 'postgres') ?? [];
  return { uid: Number(uid), gid: Number(gid) };
}

async function answering(url: string, running: () => boolean): Promise<void> {
  const end = Date.now() + 60_000;
  for (;;) {
    const client = new Client({ connectionString: url });
    client.on('error', () => {});
    try {
      await client.connect();
      return;
    } catch (error) {
      if (!running() || Date.now() > end) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    } finally {
      await client.end().catch(() => {});
    }
  }
}
