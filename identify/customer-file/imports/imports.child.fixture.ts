// A server of its own for one import, to be killed: `node --import tsx imports.child.fixture.ts FILE KIND`. Its stores are those of the environment.
import { loadConfig } from '@vinculo/config';
import { openPostgres, SYSTEM } from '@vinculo/postgres';
import { openWarehouse } from '@vinculo/warehouse';
import { contextOver } from '@vinculo/testing';
import { importFile } from './import-file.ts';
import type { Kind } from './import-run.ts';
import { part } from './part.ts';

const [path, kind] = process.argv.slice(2) as [string, Kind];
const config = loadConfig();
const context = contextOver({ config, store: await openPostgres(config), warehouse: await openWarehouse(config) });
for (const job of part.jobs!(context)) context.jobs.define(job);
await context.jobs.start();
await importFile(context, { path, kind, source: { name: 'matado' }, actor: SYSTEM });
