import { createHash } from 'node:crypto';
import { Client } from 'pg';
import type { Store } from './store.ts';

/**
 * Runs `work` while no other process runs work under the same name; waits for its turn. The lock is an advisory
 * one of Postgres, held by a connection of its own, so it goes away with the process however that ends.
 */
export async function withLock<T>(store: Store, name: string, work: () => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: store.url, application_name: `vinculo lock ${name}` });
  client.on('error', () => {});
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [lockKey(name)]);
    return await work();
  } finally {
    await client.end();
  }
}

/** The name as the 64-bit key advisory locks want. */
export function lockKey(name: string): string {
  return createHash('sha256').update(`vinculo:${name}`).digest().readBigInt64BE(0).toString();
}
