// A server of its own for one connection, to be killed: `node --import tsx pulls.child.fixture.ts CONNECTION PART_ROWS`. Its stores are
// those of the environment. Without a connection it only takes up what a killed one left.
import { feature as customerFile } from '@vinculo/customer-file';
import { loadConfig } from '@vinculo/config';
import type { JobDefinition } from '@vinculo/jobs';
import { openPostgres } from '@vinculo/postgres';
import { contextOver } from '@vinculo/testing';
import { openWarehouse } from '@vinculo/warehouse';
import { runConnection } from './run-connection.ts';

const [id, partRows] = process.argv.slice(2) as [string, string];
const config = loadConfig();
const context = contextOver({ config, store: await openPostgres(config), warehouse: await openWarehouse(config) });
for (const job of customerFile.jobs!(context).filter(({ name }) => name.startsWith('import.')) as JobDefinition<never>[])
  context.jobs.define(job);
for (const name of ['identity.unify', 'insight.score']) context.jobs.define({ name, run: async () => {} });
context.jobs.define({
  name: 'connection.run',
  run: ({ connectionId }: { connectionId: string }, job) => runConnection(context, connectionId, job, Number(partRows)),
});
await context.jobs.start();
await context.jobs.enqueue('connection.run', { connectionId: id }, { key: id });
