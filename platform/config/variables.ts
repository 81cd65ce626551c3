import { resolve } from 'node:path';
import { z } from 'zod';

/** One variable of the environment: how it is read, and what a person is told about it. */
export interface Variable<S extends z.ZodType = z.ZodType> {
  schema: S;
  /** Shown next to a wrong value; always a value that would be accepted. */
  example: string;
  /** As one would write it in the environment; absent when there is none or when it follows from another variable. */
  default?: string;
  description: string;
  secret?: 'whole' | 'password';
}

const variable = <S extends z.ZodType>(definition: Variable<S>): Variable<S> => definition;

const url = (protocols: readonly string[]) =>
  z.string().refine(
    (text) => {
      const parsed = URL.parse?.(text) ?? parse(text);
      return parsed !== null && protocols.includes(parsed.protocol) && (parsed.hostname !== '' || parsed.searchParams.has('host'));
    },
    { error: `is not a URL that starts with ${protocols.map((p) => `${p}//`).join(' or ')}` },
  );

const wholeNumber = (min: number, max: number) =>
  z
    .string()
    .refine((text) => /^\d+$/.test(text) && Number(text) >= min && Number(text) <= max, {
      error: `is not a whole number from ${min} to ${max}`,
    })
    .transform(Number);

const oneOf = <const T extends readonly [string, ...string[]]>(...values: T) =>
  z.enum(values, { error: `is none of ${values.join(', ')}` });

const yesOrNo = z
  .string()
  .toLowerCase()
  .refine((text) => ['true', 'false', '1', '0', 'yes', 'no'].includes(text), { error: 'is neither true nor false' })
  .transform((text) => ['true', '1', 'yes'].includes(text));

/** Everything the product reads from the environment, in the order it is printed. */
export const VARIABLES = {
  VINCULO_DATA_FOLDER: variable({
    schema: z.string().transform((path) => resolve(path)),
    default: './.vinculo',
    example: '/var/lib/vinculo',
    description: 'Folder of the embedded stores, uploaded files and the generated secret. Back this up.',
  }),
  DATABASE_URL: variable({
    schema: url(['postgres:', 'postgresql:']),
    example: 'postgres://vinculo:password@db.example.com:5432/vinculo',
    description: 'Your own PostgreSQL, 15 or newer. Without it an embedded one runs under the data folder.',
    secret: 'password',
  }),
  CLICKHOUSE_URL: variable({
    schema: url(['http:', 'https:']),
    example: 'http://vinculo:password@clickhouse.example.com:8123/vinculo',
    description: 'Your own ClickHouse, one server. Without it an embedded one runs inside Vínculo.',
    secret: 'password',
  }),
  VINCULO_WAREHOUSE_MEMORY_MB: variable({
    schema: wholeNumber(256, 1_048_576),
    default: '2048',
    example: '4096',
    description: 'Most memory the warehouse may use, in MiB.',
  }),
  VINCULO_HOST: variable({
    schema: z.string(),
    default: '127.0.0.1',
    example: '0.0.0.0',
    description: 'Address the server listens on.',
  }),
  VINCULO_PORT: variable({
    schema: wholeNumber(0, 65_535),
    default: '4600',
    example: '8080',
    description: 'Port the server listens on; 0 takes a free one.',
  }),
  VINCULO_PUBLIC_URL: variable({
    schema: url(['http:', 'https:']).transform((text) => text.replace(/\/+$/, '')),
    example: 'https://crm.example.com',
    description: 'Address people type to reach the console; used in mails and for sign-in. Follows the port when not set.',
  }),
  VINCULO_SECRET: variable({
    schema: z.string().min(32, { error: 'is shorter than 32 characters' }),
    example: 'the 64 characters that `openssl rand -hex 32` prints',
    description: 'Key that signs sessions. Generated and kept in the data folder when not set; set it when several servers run.',
    secret: 'whole',
  }),
  VINCULO_ROLES: variable({
    schema: z
      .string()
      .transform((text) => text.split(',').map((role) => role.trim()))
      .refine((roles): roles is ('api' | 'worker')[] => roles.every((role) => role === 'api' || role === 'worker'), {
        error: 'is not a comma-separated list of api and worker',
      })
      .transform((roles) => [...new Set(roles)]),
    default: 'api,worker',
    example: 'worker',
    description: 'What this process does: answer requests (api), run jobs (worker), or both.',
  }),
  VINCULO_LOG_LEVEL: variable({
    schema: oneOf('fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'),
    default: 'info',
    example: 'debug',
    description: 'How much the server writes to its log.',
  }),
  SMTP_URL: variable({
    schema: url(['smtp:', 'smtps:']),
    example: 'smtps://user:password@smtp.example.com:465',
    description: 'Mail server for invitations and password resets. Without it mails are written to the log and the data folder.',
    secret: 'password',
  }),
  VINCULO_MAIL_FROM: variable({
    schema: z.string().regex(/^[^<>@\s]+@[^<>@\s]+$|^[^<>]+<[^<>@\s]+@[^<>@\s]+>$/, { error: 'is not an e-mail address' }),
    default: 'Vínculo <vinculo@localhost>',
    example: 'Vínculo <crm@example.com>',
    description: 'Sender of the mails.',
  }),
  VINCULO_TIME_ZONE: variable({
    schema: z.string().refine(isTimeZone, { error: 'is not a time zone of the IANA list' }),
    default: 'Europe/Madrid',
    example: 'America/Bogota',
    description: 'Time zone of the business: where a day begins. Times are stored in UTC.',
  }),
  VINCULO_CURRENCY: variable({
    schema: z.string().refine((code) => Intl.supportedValuesOf('currency').includes(code), { error: 'is not an ISO 4217 currency code' }),
    default: 'EUR',
    example: 'COP',
    description: 'Currency of amounts that come without one.',
  }),
  VINCULO_COUNTRY: variable({
    schema: z.string().refine(isCountry, { error: 'is not an ISO 3166 country code of two letters' }),
    default: 'ES',
    example: 'CO',
    description: 'Country of phones, addresses and national ids that come without one.',
  }),
  VINCULO_LANGUAGE: variable({
    schema: oneOf('es', 'en'),
    default: 'es',
    example: 'en',
    description: 'Language of the console and the mails for people who have not chosen one.',
  }),
  VINCULO_PULL_FOLDERS: variable({
    schema: z
      .string()
      .refine((text) => text.split(':').every((path) => path.startsWith('/') && path.length > 1), {
        error: 'is not a list of absolute folders, separated by colons',
      })
      .transform((text) => text.split(':').map((path) => resolve(path))),
    example: '/srv/erp/exports:/srv/tills',
    description: 'Folders of this machine that connections may take files from. Without it: inbox, in the data folder.',
  }),
  VINCULO_SECURE_COOKIES: variable({
    schema: yesOrNo,
    example: 'true',
    description: 'Send session cookies over https only. True when the public URL is https.',
  }),
} as const;

function parse(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

function isCountry(code: string): boolean {
  return /^[A-Z]{2}$/.test(code) && new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' }).of(code) !== undefined;
}
