import { createHash, timingSafeEqual } from 'node:crypto';
import { posix } from 'node:path';
import { fail } from '@vinculo/errors';
import Client from 'ssh2-sftp-client';
import type { PullSettings } from '../../api/pulls.ts';
import type { Secrets } from '../../credentials/credentials.ts';
import { matches } from './file-pattern.ts';
import { stamp } from './folder.ts';
import { CONNECT_MS, type FilePlace } from './place.ts';

type Settings = Extract<PullSettings, { kind: 'sftp' }>;

/** As `ssh` shows it. */
export const fingerprint = (key: Buffer): string => `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`;

/**
 * The key that a server shows. Nothing is told to it: the connection ends before anybody signs in.
 *
 * @throws what the network says.
 */
export async function seeHostKey(host: string, port = 22): Promise<string> {
  let shown = '';
  const client = new Client('vinculo', { error: () => {}, end: () => {}, close: () => {} });
  try {
    await client.connect({
      host,
      port,
      username: 'vinculo',
      readyTimeout: CONNECT_MS,
      hostVerifier: (key: Buffer) => {
        shown = fingerprint(key);
        return false;
      },
    });
  } catch (error) {
    if (shown === '') throw error;
  } finally {
    await client.end().catch(() => {});
  }
  return shown;
}

/**
 * A folder of an SFTP server. A server whose key is known must show that very key; of another, the key is given back for a person to keep.
 *
 * @throws VIN_CONNECTION_HOST_KEY when it shows another key, VIN_CONNECTION_FOLDER_MISSING.
 */
export async function openSftp(settings: Settings, secrets: Secrets): Promise<FilePlace> {
  const { host, port = 22, user, hostKey, folder, pattern } = settings;
  let shown = '';
  const client = new Client('vinculo', { error: () => {}, end: () => {}, close: () => {} });
  try {
    await client.connect({
      host,
      port,
      username: user,
      ...(secrets.password ? { password: secrets.password, tryKeyboard: true } : {}),
      ...(secrets.privateKey ? { privateKey: secrets.privateKey, passphrase: secrets.passphrase } : {}),
      readyTimeout: CONNECT_MS,
      keepaliveInterval: 20_000,
      hostVerifier: (key: Buffer) => {
        shown = fingerprint(key);
        return hostKey === undefined || equal(shown, hostKey);
      },
    });
  } catch (error) {
    await client.end().catch(() => {});
    if (hostKey !== undefined && shown !== '' && !equal(shown, hostKey)) throw fail('VIN_CONNECTION_HOST_KEY', { host, shown });
    throw error;
  }
  if ((await client.exists(folder).catch(() => false)) !== 'd') {
    await client.end().catch(() => {});
    throw fail('VIN_CONNECTION_FOLDER_MISSING', { folder });
  }
  return {
    hostKey: shown,
    async list() {
      const found = await client.list(folder, ({ type, name }) => type === '-' && matches(pattern, name));
      return found
        .map(({ name, size, modifyTime }) => ({ name, size, modifiedAt: new Date(modifyTime) }))
        .toSorted((a, b) => a.modifiedAt.getTime() - b.modifiedAt.getTime() || a.name.localeCompare(b.name));
    },
    async open(name) {
      const stream = client.createReadStream(posix.join(folder, name));
      // A file that was read is closed on the server; when the connection ends before that is answered, it is an error nobody listens
      // for any more, and would end the process.
      return stream.on('error', (error: Error) => stream.destroy(error));
    },
    async move(name, to) {
      const beside = posix.join(folder, to);
      if (!(await client.exists(beside))) await client.mkdir(beside);
      const there = posix.join(beside, name);
      await client.rename(posix.join(folder, name), (await client.exists(there)) ? posix.join(beside, `${stamp()}-${name}`) : there);
    },
    async close() {
      await client.end().catch(() => {});
    },
  };
}

const equal = (a: string, b: string) => a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
