import type { Config } from '@vinculo/config';
import { readLock } from '@vinculo/postgres';
import { startServer } from '@vinculo/server';
import { type Client, createClient } from './client.ts';

/**
 * The running server of this data folder; where none runs, one of its own for as long as the command takes. The embedded
 * warehouse belongs to one process, so the stores are never opened beside a server.
 */
export async function withServer<T>(config: Config, work: (client: Client) => Promise<T>): Promise<T> {
  const running = await readLock(config);
  if (running?.url) return work(await createClient(config, running.url));
  const server = await startServer({ config: { ...config, port: 0 }, quiet: true });
  try {
    return await work(await createClient(config, server.url));
  } finally {
    await server.stop();
  }
}
