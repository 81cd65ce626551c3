import type { Config } from '@vinculo/config';
import { VinculoError } from '@vinculo/errors';
import type { PullSettings } from '../../api/pulls.ts';
import type { Secrets } from '../../credentials/credentials.ts';
import { openFolder } from './folder.ts';
import { openHttp } from './http.ts';
import { openMysql } from './mysql.ts';
import type { FilePlace, TablePlace } from './place.ts';
import { asPlaceError } from './place-error.ts';
import { openPostgres } from './postgres.ts';
import { openSftp } from './sftp.ts';
import { openSqlServer } from './sqlserver.ts';

export type Place = { table: TablePlace } | { files: FilePlace };
type Openers = {
  [K in PullSettings['kind']]: (settings: Extract<PullSettings, { kind: K }>, secrets: Secrets, config: Config) => Promise<Place>;
};

const OPEN: Openers = {
  postgres: async (settings, secrets) => ({ table: await openPostgres(settings, secrets) }),
  mysql: async (settings, secrets) => ({ table: await openMysql(settings, secrets) }),
  sqlserver: async (settings, secrets) => ({ table: await openSqlServer(settings, secrets) }),
  http: async (settings, secrets) => ({ table: openHttp(settings, secrets) }),
  folder: async (settings, _secrets, config) => ({ files: await openFolder(settings, config) }),
  sftp: async (settings, secrets) => ({ files: await openSftp(settings, secrets) }),
};

/**
 * Opens a place, lets `work` read it and closes it. Whatever goes wrong is told in words of ours, with nothing secret in them.
 *
 * @throws VIN_CONNECTION_…; errors of our own pass as they are.
 */
export async function withPlace<T>(
  settings: PullSettings,
  secrets: Secrets,
  config: Config,
  work: (place: Place) => Promise<T>,
): Promise<T> {
  let place: Place | undefined;
  try {
    place = await (OPEN[settings.kind] as (s: PullSettings, secrets: Secrets, config: Config) => Promise<Place>)(settings, secrets, config);
    return await work(place);
  } catch (error) {
    if (error instanceof VinculoError || (error as Error).name === 'AbortError') throw error;
    throw asPlaceError(error, settings, secrets);
  } finally {
    if (place) await ('table' in place ? place.table : place.files).close();
  }
}
