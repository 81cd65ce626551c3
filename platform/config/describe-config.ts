import type { Config } from './load-config.ts';
import { VARIABLES } from './variables.ts';

export interface DescribedVariable {
  variable: string;
  /** In force now, secrets masked; empty when not set. */
  value: string;
  default: string;
  description: string;
}

const FIELDS: Record<keyof typeof VARIABLES, keyof Config> = {
  VINCULO_DATA_FOLDER: 'dataFolder',
  DATABASE_URL: 'databaseUrl',
  CLICKHOUSE_URL: 'clickhouseUrl',
  VINCULO_WAREHOUSE_MEMORY_MB: 'warehouseMemoryMb',
  VINCULO_HOST: 'host',
  VINCULO_PORT: 'port',
  VINCULO_PUBLIC_URL: 'publicUrl',
  VINCULO_SECRET: 'secret',
  VINCULO_ROLES: 'roles',
  VINCULO_LOG_LEVEL: 'logLevel',
  SMTP_URL: 'smtpUrl',
  VINCULO_MAIL_FROM: 'mailFrom',
  VINCULO_TIME_ZONE: 'timeZone',
  VINCULO_CURRENCY: 'currency',
  VINCULO_COUNTRY: 'country',
  VINCULO_LANGUAGE: 'language',
  VINCULO_PULL_FOLDERS: 'pullFolders',
  VINCULO_SECURE_COOKIES: 'secureCookies',
};

/** Every variable with the value in force, for `vinculo config` and the log of a start: safe to paste into a ticket. */
export function describeConfig(config: Config): DescribedVariable[] {
  return Object.entries(VARIABLES).map(([variable, definition]) => {
    const value = config[FIELDS[variable as keyof typeof VARIABLES]];
    const text = value === undefined ? '' : String(value);
    const masked = definition.secret === 'whole' ? text && '********' : definition.secret === 'password' ? text && maskUrl(text) : text;
    return { variable, value: masked, default: definition.default ?? '', description: definition.description };
  });
}

/** The URL with its password, and any password among its parameters, replaced by stars. */
export function maskUrl(url: string): string {
  const parsed = new URL(url);
  if (parsed.password) parsed.password = '********';
  for (const name of parsed.searchParams.keys()) {
    if (/pass|secret|token|key/i.test(name)) parsed.searchParams.set(name, '********');
  }
  return parsed.toString();
}
