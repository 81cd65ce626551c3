import type { Config } from '@vinculo/config';
import { type RunningServer, startServer } from '@vinculo/server';

/** `vinculo start`: the server until somebody stops it. */
export function startCommand(config: Config): Promise<RunningServer> {
  return startServer({ config });
}
