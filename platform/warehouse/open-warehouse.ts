import { join } from 'node:path';
import { type Config, type Logger, silent } from '@vinculo/config';
import { acquireDataFolder } from '@vinculo/postgres';
import { openServer } from './server-warehouse.ts';
import type { Warehouse } from './warehouse.ts';

/**
 * Opens the warehouse: your own server when `clickhouseUrl` is given, otherwise ClickHouse inside this process
 * over `<data folder>/warehouse`, which this process then owns until {@link Warehouse.close}.
 *
 * @throws VIN_DATA_FOLDER_BUSY another server owns the data folder.
 * @throws VIN_WAREHOUSE_UNAVAILABLE your own server does not answer.
 */
export async function openWarehouse(config: Config, log: Logger = silent): Promise<Warehouse> {
  if (config.clickhouseUrl) return openServer(config.clickhouseUrl, config.warehouseMemoryMb);

  const lock = await acquireDataFolder(config);
  try {
    const started = performance.now();
    // The engine is loaded by whoever opens it, and by no thread that only asks.
    const { openEmbedded } = await import('./embedded/embedded-warehouse.ts');
    const warehouse = await openEmbedded(join(config.dataFolder, 'warehouse'), config.warehouseMemoryMb);
    log.debug({ milliseconds: Math.round(performance.now() - started) }, 'The embedded warehouse is open');
    const close = async () => {
      await warehouse.close();
      await lock.release();
    };
    return { ...warehouse, close };
  } catch (error) {
    await lock.release();
    throw error;
  }
}
