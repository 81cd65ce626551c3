import { randomBytes, timingSafeEqual } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Actor } from '@vinculo/postgres';
import type { FastifyRequest } from 'fastify';
import { hashOf } from './hash.ts';
import { PERMISSIONS } from './roles.ts';

const LOOPBACK = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);
export const LOCAL_KEY_START = 'vin_local_';

/** Whoever may read the data folder may do everything anyway: this is how `vinculo import` does it through the running server. */
const CLI: Actor = { kind: 'system', id: 'cli', name: 'vinculo', permissions: new Set<string>(PERMISSIONS) };

/**
 * Writes a new key for the command line to `cli.key` in the data folder, readable by its owner only. It holds until the server
 * stops, and only from this machine.
 */
export async function makeLocalKey(dataFolder: string): Promise<(request: FastifyRequest, key: string) => Actor | undefined> {
  const key = `${LOCAL_KEY_START}${randomBytes(32).toString('base64url')}`;
  const file = join(dataFolder, 'cli.key');
  await mkdir(dataFolder, { recursive: true, mode: 0o700 });
  await writeFile(`${file}.next`, `${key}\n`, { mode: 0o600 });
  await rename(`${file}.next`, file);
  const expected = Buffer.from(hashOf(key));
  return (request, given) => {
    const near = LOOPBACK.has(request.socket.remoteAddress ?? '') && request.headers['x-forwarded-for'] === undefined;
    return near && timingSafeEqual(expected, Buffer.from(hashOf(given))) ? CLI : undefined;
  };
}
