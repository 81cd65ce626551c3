// For the tests of this folder: connections and imports over real stores, with whatever they read from beside them.
import { feature as customerFile } from '@vinculo/customer-file';
import { type Context, feature as http } from '@vinculo/http';
import { createJobs, type JobDefinition, type JobRun } from '@vinculo/jobs';
import { mailMigrations, openMail } from '@vinculo/mail';
import { newId, SYSTEM } from '@vinculo/postgres';
import { contextOver, testStores, type TestStores } from '@vinculo/testing';
import { pino } from 'pino';
import type { z } from 'zod';
import type { ConnectionRun, NewConnection, PullSettings } from '../api/pulls.ts';
import { findConnection } from './connection-row.ts';
import { part } from './part.ts';
import { asRun, latestRuns } from './run-row.ts';
import { addConnection } from './save-connection.ts';

type Given = z.output<typeof NewConnection>;

export interface PullBench {
  context: Context;
  stores: TestStores;
  /** Every line the log got. */
  logged: string[];
  sourceId: string;
  /** Adds a connection that is started by hand. */
  add(settings: PullSettings, rest: Pick<Given, 'columns' | 'importKind'> & Partial<Given>): Promise<string>;
  /** Runs it to its end; the run and how its job ended. */
  run(id: string): Promise<z.infer<typeof ConnectionRun> & { job: JobRun }>;
  connection(id: string): ReturnType<typeof findConnection>;
  desk<T>(sql: string, values?: unknown[]): Promise<T[]>;
  person(name: string): Promise<string>;
  mails(): Promise<{ recipient: string; template: string; data: Record<string, unknown> }[]>;
  restart(): Promise<void>;
  close(): Promise<void>;
}

const folder = (path: string) => new URL(path, import.meta.url);
export const migrations = [
  { name: 'http', folder: http.migrations! },
  mailMigrations,
  { name: 'access', folder: folder('../../../protect/access/migrations/') },
  { name: 'customer-file', folder: customerFile.migrations! },
  { name: 'connections', folder: folder('../migrations/') },
];
export const warehouseMigrations = [{ name: 'customer-file', folder: customerFile.warehouse! }];

/** The jobs that a connection sets off; unifying and scoring are others' matter. */
export function defineJobs(context: Context): void {
  const needed = customerFile.jobs!(context).filter(({ name }) => name.startsWith('import.'));
  for (const job of [...needed, ...part.jobs!(context)] as JobDefinition<never>[]) context.jobs.define(job);
  for (const name of ['identity.unify', 'insight.score', 'mail.send']) context.jobs.define({ name, run: async () => {} });
}

export async function pullBench(): Promise<PullBench> {
  const stores = await testStores({ migrations, warehouseMigrations });
  const { config, store } = stores;
  const logged: string[] = [];
  const log = pino({ level: 'debug' }, { write: (line: string) => void logged.push(line) });
  const context = contextOver(stores, log);
  const restart = async () => {
    context.jobs = createJobs(config, store, log);
    context.mail = openMail({ config, store, log, enqueue: (tx, id) => context.jobs.enqueue('mail.send', { id }, { tx }) });
    defineJobs(context);
    await context.jobs.start();
  };
  await restart();
  const sourceId = newId();
  await store.pool.query(`insert into source (id, name, label, country) values ($1, 'erp', 'ERP', 'ES')`, [sourceId]);
  const desk = async <T>(sql: string, values: unknown[] = []) => (await store.pool.query(sql, values)).rows as T[];
  let made = 0;
  return {
    context,
    stores,
    logged,
    sourceId,
    desk,
    restart,
    add: (settings, rest) =>
      addConnection(context, SYSTEM, {
        name: `Conexión ${++made}`,
        settings,
        secrets: {},
        sourceId,
        options: {},
        schedule: { every: 'never' },
        enabled: true,
        alertAfter: 3,
        alertTo: [],
        ...rest,
      }),
    async run(id) {
      const job = await context.jobs.wait(await context.jobs.enqueue('connection.run', { connectionId: id }), 60_000);
      const run = (await latestRuns(store.db, [id])).get(id)!;
      return { ...asRun(run, 'en'), job };
    },
    connection: (id) => findConnection(store.db, id),
    async person(name) {
      const id = newId();
      await desk(`insert into person (id, name, email, role) values ($1, $2, $3, 'admin')`, [
        id,
        name,
        `${name.toLowerCase()}@example.com`,
      ]);
      return id;
    },
    mails: () => desk('select recipient, template, data from mail order by created_at, id'),
    async close() {
      await context.jobs.stop();
      context.mail.close();
      await stores.close();
    },
  };
}
