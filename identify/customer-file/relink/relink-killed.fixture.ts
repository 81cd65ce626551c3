// A process that applies or undoes a change of settings and dies in the middle, as a power cut would have it.
// Arguments: configuration as JSON, what to do, the change, phase to die in.
import type { Config } from '@vinculo/config';
import { openPostgres } from '@vinculo/postgres';
import { openWarehouse } from '@vinculo/warehouse';
import { contextOver } from '@vinculo/testing';
import { applyRelink } from './apply-relink.ts';
import { undoRelink } from './undo-relink.ts';

const [config, what, id, phase] = [JSON.parse(process.argv[2]!) as Config, process.argv[3], process.argv[4]!, process.argv[5]];
const context = contextOver({ config, store: await openPostgres(config), warehouse: await openWarehouse(config) });
await (what === 'apply' ? applyRelink : undoRelink)(context, id, {
  signal: new AbortController().signal,
  progress: async (at) => {
    if (at.phase === phase) process.kill(process.pid, 'SIGKILL');
  },
});
