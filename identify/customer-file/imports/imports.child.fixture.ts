// A server of its own for one import, to be killed: `node --import tsx imports.child.fixture.ts FILE KIND`. Its stores are those of the environment.
import { loadConfig, silent } from '@vinculo/config';
import { type Context, createSettings } from '@vinculo/http';
import { createJobs } from '@vinculo/jobs';
import { openPostgres, SYSTEM } from '@vinculo/postgres';
import { openWarehouse } from '@vinculo/warehouse';
import { importFile } from './import-file.ts';
import type { Kind } from './import-run.ts';
import { part } from './part.ts';

const [path, kind] = process.argv.slice(2) as [string, Kind];
const config = loadConfig();
const store = await openPostgres(config);
const warehouse = await openWarehouse(config);
const jobs = createJobs(config, store);
const context = { config, store, warehouse, jobs, settings: createSettings(store, config), log: silent } as unknown as Context;
for (const job of part.jobs!(context)) jobs.define(job);
await jobs.start();
await importFile(context, { path, kind, source: { name: 'matado' }, actor: SYSTEM });
