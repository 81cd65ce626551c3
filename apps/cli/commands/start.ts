import type { Config } from '@vinculo/config';
import { type RunningServer, startServer } from '@vinculo/server';
import { ensureConsole } from '../ensure-console.ts';

/** `vinculo start`: the server until somebody stops it. */
export async function startCommand(config: Config): Promise<RunningServer> {
  await ensureConsole();
  return startServer({ config });
}
