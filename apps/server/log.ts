import { join } from 'node:path';
import type { Config } from '@vinculo/config';
import { type Logger, pino } from 'pino';

/**
 * Structured logs without personal data. Errors keep what finds a bug and drop what may repeat a customer: Postgres says the
 * offending values in `detail` and `where`, so those never get here.
 *
 * @param quiet To the file `server.log` of the data folder instead of standard output, for a terminal that shows something else.
 */
export function createLog(config: Pick<Config, 'logLevel' | 'dataFolder'>, quiet: boolean): Logger {
  return pino(
    {
      level: config.logLevel,
      base: { pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (level) => ({ level }) },
      serializers: { err: told, error: told },
      redact: { paths: ['email', 'phone', 'name', 'body', 'headers', 'req', '*.email', '*.phone', '*.password', '*.token'], remove: true },
    },
    quiet ? pino.destination({ dest: join(config.dataFolder, 'server.log'), mkdir: true, sync: true, append: true }) : pino.destination(1),
  );
}

function told(error: unknown): unknown {
  if (!(error instanceof Error)) return typeof error === 'string' ? error : undefined;
  const { code, cause } = error as { code?: unknown; cause?: unknown };
  return {
    type: error.name,
    code,
    message: error.message,
    stack: error.stack,
    ...(cause instanceof Error && { cause: told(cause) }),
  };
}
