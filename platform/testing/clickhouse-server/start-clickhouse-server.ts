import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import { USER, writeConfiguration } from './configuration.ts';
import { findLauncher, type Way, WAYS } from './launcher.ts';
import { freePorts } from '../ports.ts';

export interface ClickHouseServer {
  /** For CLICKHOUSE_URL: over HTTP, with a user and a password, without a database. */
  url: string;
  /** Where ClickHouse's own protocol is spoken. */
  tcpPort: number;
  /** Ends this server, and no other, and removes its data. */
  stop(): Promise<void>;
}

const START_MS = 60_000;

/** Opens the ports and keeps the command line from coming to its end. */
const SERVE = `SYSTEM START LISTEN TCP;
SYSTEM START LISTEN HTTP;
SELECT sleepEachRow(1) FROM numbers(100000)
SETTINGS max_block_size = 1, function_sleep_max_microseconds_per_block = 1000000000000 FORMAT Null`;

/**
 * A real ClickHouse server on free ports of 127.0.0.1 over an empty temporary folder, without downloading one: the
 * library that npm installed for the embedded warehouse is the whole of ClickHouse. It ends with this process.
 *
 * Unlike a server of somebody's it has no Keeper, so neither `ON CLUSTER` nor Replicated engines.
 *
 * @throws Error that says what to install when this machine can start neither way, see `launcher.ts`.
 */
export async function startClickHouseServer(ways: readonly Way[] = WAYS): Promise<ClickHouseServer> {
  const folder = await mkdtemp(join(tmpdir(), 'vinculo-clickhouse-'));
  let child: ChildProcess | undefined;
  const stop = async () => {
    if (child) await ended(child);
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const [launcher, ...before] = await findLauncher(folder, ways);
    const configuration = await writeConfiguration(folder);
    const [http, tcp] = (await freePorts(2)) as [number, number];
    const output = await open(join(folder, 'output'), 'w');
    child = spawn(
      launcher!,
      [
        ...before,
        findLibrary(),
        `--path=${join(folder, 'data')}`,
        `--config-file=${configuration}`,
        '--listen_host=127.0.0.1',
        `--http_port=${http}`,
        `--tcp_port=${tcp}`,
        '--multiquery',
        `--query=${SERVE}`,
      ],
      { stdio: ['ignore', output.fd, output.fd, 'pipe'], cwd: folder },
    );
    await output.close();
    const url = new URL(`http://127.0.0.1:${http}`);
    await answering(child, new URL('/ping', url), join(folder, 'output'));
    url.username = USER.name;
    url.password = encodeURIComponent(USER.password);
    return { url: url.toString(), tcpPort: tcp, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Through the package that opens it in the product; which of its packages holds the library depends on the machine. */
function findLibrary(): string {
  const require = createRequire(createRequire(import.meta.url).resolve('@vinculo/warehouse'));
  return (require('chdb/libchdb') as { libchdbPath(): string }).libchdbPath();
}

async function answering(child: ChildProcess, ping: URL, output: string): Promise<void> {
  const end = Date.now() + START_MS;
  while (!(await fetch(ping).catch(() => undefined))?.ok) {
    if (child.exitCode !== null || child.signalCode !== null || Date.now() > end) {
      const words = (await readFile(output, 'utf8')).trim().split('\n').slice(-3).join(' / ');
      throw new Error(`The ClickHouse server does not answer at ${ping}; its last words: ${words}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  const impatient = setTimeout(() => child.kill('SIGKILL'), 5_000);
  (child.stdio[3] as Writable).destroy();
  await gone;
  clearTimeout(impatient);
}
