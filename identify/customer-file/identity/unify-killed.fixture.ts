// A process that unifies and dies in the middle, as a power cut would have it. Arguments: configuration as JSON, phase to die in.
import type { Config } from '@vinculo/config';
import { openPostgres } from '@vinculo/postgres';
import { openWarehouse } from '@vinculo/warehouse';
import { contextOver } from '@vinculo/testing';
import { unify } from './unify.ts';

const [config, phase] = [JSON.parse(process.argv[2]!) as Config, process.argv[3]];
const context = contextOver({ config, store: await openPostgres(config), warehouse: await openWarehouse(config) });
await unify(
  context,
  { scope: 'new' },
  {
    signal: new AbortController().signal,
    progress: async (at) => {
      if (at.phase === phase) process.kill(process.pid, 'SIGKILL');
    },
  },
);
