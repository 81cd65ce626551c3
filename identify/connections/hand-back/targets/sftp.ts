import { fail } from '@vinculo/errors';
import Client from 'ssh2-sftp-client';
import type { Secrets } from '../../credentials/credentials.ts';
import { fingerprint } from '../../pulls/places/sftp.ts';
import type { Target } from './target.ts';

const CONNECT_MS = 15_000;

/** A connection to the folder of a target. A server whose key is known must show that very key. @throws VIN_CONNECTION_HOST_KEY */
export async function openSftp(
  { host, port = 22, user, hostKey, folder }: Extract<Target, { kind: 'sftp' }>,
  secrets: Secrets,
): Promise<{ client: Client; hostKey: string; end(): Promise<void> }> {
  let shown = '';
  const client = new Client('vinculo', { error: () => {}, end: () => {}, close: () => {} });
  const end = async () => {
    await client.end().catch(() => {});
  };
  try {
    await client.connect({
      host,
      port,
      username: user,
      ...(secrets.password ? { password: secrets.password, tryKeyboard: true } : {}),
      ...(secrets.privateKey ? { privateKey: secrets.privateKey, passphrase: secrets.passphrase } : {}),
      readyTimeout: CONNECT_MS,
      hostVerifier: (key: Buffer) => {
        shown = fingerprint(key);
        return hostKey === undefined || shown === hostKey;
      },
    });
    if ((await client.exists(folder)) !== 'd') throw fail('VIN_CONNECTION_FOLDER_MISSING', { folder });
  } catch (error) {
    await end();
    if (hostKey !== undefined && shown !== '' && shown !== hostKey) throw fail('VIN_CONNECTION_HOST_KEY', { host, shown });
    throw error;
  }
  return { client, hostKey: shown, end };
}
