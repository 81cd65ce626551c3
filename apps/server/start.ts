import { fileURLToPath } from 'node:url';
import { auditChanges } from '@vinculo/audit';
import { type Config, ConfigError, ensureSecret, loadConfig } from '@vinculo/config';
import { type Context, createApp, createSettings, type Feature } from '@vinculo/http';
import { createJobs } from '@vinculo/jobs';
import { openMail } from '@vinculo/mail';
import { acquireDataFolder, startOutbox } from '@vinculo/postgres';
import { createLog } from './log.ts';
import { migrationFeature } from './migration-routes.ts';
import { allFeatures, migrate, openStores, type Stores } from './stores.ts';

export interface RunningServer {
  /** Where it answers; where it would, for a process that only works. */
  url: string;
  context: Context;
  /** Lets requests and jobs under way come to an end, then closes the stores. Safe to call twice. */
  stop(): Promise<void>;
}

export interface StartServerOptions {
  /** From the environment by default. Port 0 takes a free one. */
  config?: Config;
  /** Prints nothing: the log goes to `server.log` in the data folder. */
  quiet?: boolean;
  /** For tests of some features; all of them by default. */
  features?: readonly Feature[];
  /** Stores already open, which stay open after the stop. */
  stores?: Pick<Stores, 'store' | 'warehouse'>;
}

/**
 * Starts everything: stores, migrations, jobs, then HTTP. What was opened is closed again when a later step fails.
 *
 * @throws VIN_DATA_FOLDER_BUSY while another process has the data folder. ConfigError if the port is taken.
 */
export async function startServer(options: StartServerOptions = {}): Promise<RunningServer> {
  const { config: given, quiet = false, features = await allFeatures() } = options;
  const config = { ...(given ?? loadConfig()) };
  config.secret = await ensureSecret(config);
  const log = createLog(config, quiet);
  const closing: (() => Promise<unknown> | void)[] = [];
  let stopping: Promise<void> | undefined;
  const stop = () =>
    (stopping ??= (async () => {
      for (const close of closing.toReversed()) {
        try {
          await close();
        } catch (error) {
          log.error({ err: error }, 'something did not close well');
        }
      }
      log.info('stopped');
    })());

  try {
    const lock = await acquireDataFolder(config);
    closing.push(() => lock.release());
    const opened = options.stores ? undefined : await openStores(config, log);
    closing.push(() => opened?.close());
    const stores = options.stores ?? opened!;
    const applied = await migrate(stores, features);
    if (applied.length > 0) log.info({ applied: applied.map(({ name }) => name) }, 'migrated');

    const store = auditChanges(stores.store);
    const jobs = createJobs(config, store, log);
    const mail = openMail({ config, store, log, enqueue: (tx, id) => jobs.enqueue('mail.send', { id }, { tx }) });
    closing.push(() => mail.close());
    const context: Context = { config, store, warehouse: stores.warehouse, jobs, mail, log, settings: createSettings(store, config) };

    for (const feature of features) for (const job of feature.jobs?.(context) ?? []) jobs.define(job);
    closing.push(() => jobs.stop());
    await jobs.keepTime((await context.settings.get()).timeZone);
    await jobs.start();
    for (const feature of features) {
      const end = await feature.start?.(context);
      if (end) closing.push(end);
    }
    if (config.roles.includes('worker')) {
      const handlers = Object.fromEntries(
        features.flatMap((feature) => (feature.handlers ? [[feature.name, feature.handlers(context)]] : [])),
      );
      const outbox = startOutbox(store, handlers, log);
      closing.push(() => outbox.stop());
    }

    let url = config.publicUrl;
    if (config.roles.includes('api')) {
      const app = await createApp(context, [...features, migrationFeature(features, stores)], {
        console: fileURLToPath(new URL('../console/dist', import.meta.url)),
      });
      closing.push(() => app.close());
      url = await listen(app, config);
      // A port chosen by the machine is known only now; links in mails must lead to it.
      if (config.port === 0) config.publicUrl = url;
      await lock.publish(url);
    }
    log.info({ url, roles: config.roles }, 'ready');
    if (!quiet) console.log(`Vínculo listo en ${url}`);
    return { url, context, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function listen(app: Awaited<ReturnType<typeof createApp>>, { host, port }: Config): Promise<string> {
  try {
    await app.listen({ host, port });
  } catch (error) {
    if ((error as { code?: string }).code !== 'EADDRINUSE') throw error;
    throw new ConfigError([
      { variable: 'VINCULO_PORT', problem: `is ${port}, and another program has that port`, example: String(port + 1) },
    ]);
  }
  const address = app.server.address();
  const bound = typeof address === 'object' && address ? address.port : port;
  const name = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${bound}`;
}
