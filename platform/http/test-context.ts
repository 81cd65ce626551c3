// For the tests of this package: an app over real stores with the features given.
import { createJobs } from '@vinculo/jobs';
import { mailMigrations, openMail } from '@vinculo/mail';
import type { Actor } from '@vinculo/postgres';
import { type TestStores, testStores } from '@vinculo/testing';
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { createApp } from './create-app.ts';
import type { AuditEntry, Context, Feature } from './feature.ts';
import { feature as own } from './own-feature.ts';
import { createSettings } from './settings.ts';

export interface TestApp {
  app: FastifyInstance;
  context: Context;
  audited: AuditEntry[];
  /** Every line the log got. */
  logged: string[];
  close(): Promise<void>;
}

/** Whoever sends `x-actor: name` is that user with the permissions of `x-may`, comma-separated. */
const identify: Feature = {
  name: 'identify',
  routes(app) {
    app.setAuthenticator(async (request) => {
      const name = request.headers['x-actor'];
      if (typeof name !== 'string') return undefined;
      const language = request.headers['x-speaks'] as Actor['language'];
      return { kind: 'user', id: name, name, permissions: new Set(String(request.headers['x-may'] ?? '').split(',')), language };
    });
  },
};

export async function testApp(features: Feature[] = [], options: { console?: string } = {}): Promise<TestApp> {
  const stores: TestStores = await testStores({ migrations: [{ name: 'http', folder: own.migrations! }, mailMigrations] });
  const { config, store, warehouse } = stores;
  const logged: string[] = [];
  const log = pino({ level: 'debug' }, { write: (line: string) => void logged.push(line) });
  const jobs = createJobs(config, store, log);
  const mail = openMail({ config, store, log, enqueue: (tx, id) => jobs.enqueue('mail.send', { id }, { tx }) });
  const context: Context = { config, store, warehouse, jobs, mail, log, settings: createSettings(store, config) };
  const audited: AuditEntry[] = [];
  const audit: Feature = { name: 'audit', routes: (app) => app.setAuditor(async (entry) => void audited.push(entry)) };
  const all = [own, identify, audit, ...features];
  for (const feature of all) for (const job of feature.jobs?.(context) ?? []) jobs.define(job);
  await jobs.start();
  const app = await createApp(context, all, options);
  return {
    app,
    context,
    audited,
    logged,
    async close() {
      await app.close();
      await jobs.stop();
      mail.close();
      await stores.close();
    },
  };
}
