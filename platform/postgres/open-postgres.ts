import { type Config, type Logger, maskUrl, silent } from '@vinculo/config';
import { fail } from '@vinculo/errors';
import { acquireDataFolder } from './data-folder.ts';
import { startEmbedded } from './embedded/start.ts';
import { connect, type Store } from './store.ts';

const OLDEST = 15;

/**
 * Opens the desk: your own server when `databaseUrl` is given, otherwise the embedded one under
 * `<data folder>/postgres`, which this process then owns until {@link Store.close}.
 *
 * @throws VIN_DATA_FOLDER_BUSY another server owns the data folder.
 * @throws VIN_POSTGRES_EMBEDDED the embedded server does not start.
 * @throws VIN_POSTGRES_UNAVAILABLE, VIN_POSTGRES_VERSION your own server does not answer or is older than 15.
 */
export async function openPostgres(config: Config, log: Logger = silent): Promise<Store> {
  const onIdleError = (error: Error) => log.warn({ error: error.message }, 'An idle connection to Postgres was lost');
  if (config.databaseUrl) {
    const store = connect({ url: config.databaseUrl, embedded: false, onIdleError, onClose: async () => {} });
    return checked(store, config.databaseUrl);
  }

  const lock = await acquireDataFolder(config);
  try {
    const server = await startEmbedded(config.dataFolder, log);
    const onClose = async () => {
      await server.stop();
      await lock.release();
    };
    return connect({ url: server.url, embedded: true, onIdleError, onClose });
  } catch (error) {
    await lock.release();
    throw error;
  }
}

/**
 * More connections to a desk that this process has open: for a thread, which cannot share those of another.
 *
 * @param url of the open store.
 */
export function connectAgain(url: string, connections: number): Store {
  // The next query opens another connection, or says why not.
  return connect({ url, embedded: false, connections, onIdleError: () => {}, onClose: async () => {} });
}

async function checked(store: Store, url: string): Promise<Store> {
  try {
    const { rows } = await store.pool.query<{ server_version_num: string }>('show server_version_num');
    requireVersion(Number(rows[0]!.server_version_num));
    return store;
  } catch (error) {
    await store.close().catch(() => {});
    if ((error as { code?: string }).code?.startsWith('VIN_')) throw error;
    throw fail(
      'VIN_POSTGRES_UNAVAILABLE',
      { reason: `${maskUrl(url)}: ${(error as Error).message || (error as { code?: string }).code}` },
      error,
    );
  }
}

/**
 * @param number `server_version_num`: 150004 is 15.4.
 * @throws VIN_POSTGRES_VERSION below 15.
 */
export function requireVersion(number: number): void {
  const version = Math.floor(number / 10_000);
  if (version < OLDEST) throw fail('VIN_POSTGRES_VERSION', { version });
}
