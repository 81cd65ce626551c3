import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findLauncher, type Way, WAYS } from './launcher.ts';
import { startClickHouseServer } from './start-clickhouse-server.ts';

/** Asks as a program without a client would. */
async function ask(url: string, query: string, password?: string): Promise<{ status: number; text: string }> {
  const { origin, username, password: right } = new URL(url);
  const account = `${username}:${password ?? decodeURIComponent(right)}`;
  const headers = { authorization: `Basic ${Buffer.from(account).toString('base64')}` };
  const reply = await fetch(origin, { method: 'POST', body: query, headers });
  return { status: reply.status, text: (await reply.text()).trim() };
}

/** The ways of this machine: one is enough, and a machine without any fails here as in every test that needs a server. */
async function offered(): Promise<Way[]> {
  const folder = await mkdtemp(join(tmpdir(), 'vinculo-test-'));
  await findLauncher(folder);
  const tried = await Promise.allSettled(WAYS.map((way) => way.command(folder)));
  await rm(folder, { recursive: true });
  return WAYS.filter((_, i) => tried[i]!.status === 'fulfilled');
}

describe.each(await offered())('a ClickHouse server started with $name', (way) => {
  it('speaks both protocols, wants a password and is gone after the stop', async () => {
    const server = await startClickHouseServer([way]);
    expect(await ask(server.url, 'select currentUser()')).toEqual({ status: 200, text: 'vinculo' });
    expect(await ask(server.url, 'select 1', 'wrong')).toMatchObject({ status: 403 });
    const socket = connect(server.tcpPort, '127.0.0.1');
    await once(socket, 'connect');
    socket.destroy();
    await server.stop();
    await server.stop();
    await expect(ask(server.url, 'select 1')).rejects.toThrow('fetch failed');
  });
});

it('a machine that can start none is told what to install', async () => {
  const missing = WAYS.map((way) => ({ ...way, command: () => Promise.reject(new Error(`spawn ${way.name} ENOENT`)) }));
  await expect(findLauncher('/', missing)).rejects.toThrow(/apt install gcc libc6-dev.*cc ENOENT\n.*apt install python3.*python3 ENOENT/);
});
