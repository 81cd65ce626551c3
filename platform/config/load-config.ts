import { z } from 'zod';
import { VARIABLES } from './variables.ts';

export interface Config {
  /** Absolute path. */
  dataFolder: string;
  /** Your own PostgreSQL; the embedded one when absent. */
  databaseUrl?: string;
  /** Your own ClickHouse; the embedded one when absent. */
  clickhouseUrl?: string;
  /** MiB. */
  warehouseMemoryMb: number;
  host: string;
  port: number;
  /** Without a slash at the end. */
  publicUrl: string;
  /** Absent when it has to be generated: see `ensureSecret`. */
  secret?: string;
  roles: ('api' | 'worker')[];
  logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';
  smtpUrl?: string;
  mailFrom: string;
  /** IANA name. */
  timeZone: string;
  /** ISO 4217. */
  currency: string;
  /** ISO 3166-1 alpha-2. */
  country: string;
  language: 'es' | 'en';
  secureCookies: boolean;
  /** Folders that connections may take files from; the inbox of the data folder when empty. */
  pullFolders: string[];
}

export interface ConfigProblem {
  variable: string;
  /** Reads on from the variable: "is not a whole number from 0 to 65535". */
  problem: string;
  example: string;
}

/** Says every wrong variable at once, so that nobody has to start five times to find five mistakes. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly code = 'VIN_CONFIG_INVALID';
  readonly problems: readonly ConfigProblem[];

  constructor(problems: readonly ConfigProblem[]) {
    super(problems.map(({ variable, problem, example }) => `${variable} ${problem}. For example: ${variable}=${example}`).join('\n'));
    this.problems = problems;
  }
}

type Name = keyof typeof VARIABLES;

const environment = z.object(
  Object.fromEntries(
    Object.entries(VARIABLES).map(([name, { schema, default: value }]) => [
      name,
      value === undefined
        ? schema.optional()
        : z
            .string()
            .default(value)
            .pipe(schema as z.ZodType<unknown, string>),
    ]),
  ) as unknown as {
    [N in Name]: (typeof VARIABLES)[N] extends { default?: undefined }
      ? z.ZodOptional<(typeof VARIABLES)[N]['schema']>
      : (typeof VARIABLES)[N]['schema'];
  },
);

/**
 * Reads the configuration from the environment; nothing else in the product does.
 * An empty variable counts as one that is not set, as in docker-compose files.
 *
 * @throws ConfigError naming every wrong variable, what is wrong and an example.
 */
export function loadConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const given = Object.fromEntries(Object.keys(VARIABLES).flatMap((name) => (env[name]?.trim() ? [[name, env[name].trim()]] : [])));
  const read = environment.safeParse(given);
  if (!read.success) throw new ConfigError(read.error.issues.map((issue) => problem(issue.path[0] as Name, issue.message)));

  const value = read.data as { [N in Name]: z.output<(typeof VARIABLES)[N]['schema']> } & Partial<Record<Name, unknown>>;
  const publicUrl = (value.VINCULO_PUBLIC_URL as string | undefined) ?? `http://localhost:${value.VINCULO_PORT}`;
  const config: Config = {
    dataFolder: value.VINCULO_DATA_FOLDER,
    databaseUrl: value.DATABASE_URL,
    clickhouseUrl: value.CLICKHOUSE_URL,
    warehouseMemoryMb: value.VINCULO_WAREHOUSE_MEMORY_MB,
    host: value.VINCULO_HOST,
    port: value.VINCULO_PORT,
    publicUrl,
    secret: value.VINCULO_SECRET,
    roles: value.VINCULO_ROLES,
    logLevel: value.VINCULO_LOG_LEVEL,
    smtpUrl: value.SMTP_URL,
    mailFrom: value.VINCULO_MAIL_FROM,
    timeZone: value.VINCULO_TIME_ZONE,
    currency: value.VINCULO_CURRENCY,
    country: value.VINCULO_COUNTRY,
    language: value.VINCULO_LANGUAGE,
    pullFolders: (value.VINCULO_PULL_FOLDERS as string[] | undefined) ?? [],
    secureCookies: (value.VINCULO_SECURE_COOKIES as boolean | undefined) ?? publicUrl.startsWith('https:'),
  };
  const clashes = contradictions(config);
  if (clashes.length > 0) throw new ConfigError(clashes);
  return config;
}

/** Values that are right one by one and wrong together. */
function contradictions(config: Config): ConfigProblem[] {
  const found: ConfigProblem[] = [];
  const { protocol, hostname } = new URL(config.publicUrl);
  const local = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  if (config.secureCookies && protocol === 'http:' && !local) {
    found.push(problem('VINCULO_PUBLIC_URL', 'is http, and with VINCULO_SECURE_COOKIES nobody could sign in over http'));
  }
  return found;
}

function problem(variable: Name, text: string): ConfigProblem {
  return { variable, problem: text, example: VARIABLES[variable].example };
}
