// For the tests of this folder: the feature over real stores, and files to import.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Context, feature as http } from '@vinculo/http';
import { createJobs } from '@vinculo/jobs';
import { SYSTEM } from '@vinculo/postgres';
import { contextOver, testStores, type TestStores } from '@vinculo/testing';
import { pino } from 'pino';
import { importFile, type ImportFile } from './import-file.ts';
import { part } from './part.ts';

export interface ImportBench {
  context: Context;
  stores: TestStores;
  /** Writes a file into the data folder and returns its path. */
  file(name: string, content: string | Buffer): Promise<string>;
  /** Imports a file into a source, from beginning to end. */
  load(path: string, request?: Partial<ImportFile>): ReturnType<typeof importFile>;
  desk<T>(sql: string, values?: unknown[]): Promise<T[]>;
  /** As when a server starts again over these stores: other jobs, which take up what a dead process left. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** The migrations of the customer file, which is all that imports need beside the platform. */
export const migrations = [
  { name: 'http', folder: http.migrations! },
  { name: 'customer-file', folder: new URL('../migrations/', import.meta.url) },
];
export const warehouseMigrations = [{ name: 'customer-file', folder: new URL('../warehouse/', import.meta.url) }];

export async function importBench(): Promise<ImportBench> {
  const stores = await testStores({ migrations, warehouseMigrations });
  const { config, store, warehouse } = stores;
  // A job that fails says why, or a failing test would only say that it did.
  const context = contextOver(stores, pino({ level: 'error' }));
  const restart = async () => {
    context.jobs = createJobs(config, store, context.log);
    for (const job of part.jobs!(context)) context.jobs.define(job);
    await context.jobs.start();
  };
  await restart();
  return {
    context,
    stores,
    restart,
    async file(name, content) {
      const path = join(config.dataFolder, name);
      await writeFile(path, content);
      return path;
    },
    load: (path, request = {}) => importFile(context, { path, source: { name: 'tarjeta' }, actor: SYSTEM, ...request }),
    desk: async <T>(sql: string, values: unknown[] = []) => (await store.pool.query(sql, values)).rows as T[],
    async close() {
      await context.jobs.stop();
      if (context.warehouse !== warehouse) await context.warehouse.close();
      await stores.close();
    },
  };
}
