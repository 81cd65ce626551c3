// Connections that bring rows by themselves, as the API says them.
import { ColumnMapping, FileOptions, ImportKind } from '@vinculo/customer-file/api/imports';
import { z } from 'zod';

const host = z.string().trim().min(1).max(253);
const port = z.number().int().min(1).max(65_535);
const words = (max: number) => z.string().trim().min(1).max(max);

/** A query, or a table to take whole, and the column that tells what is new. */
const Reading = z.object({
  query: words(20_000),
  /** Column of the query that only grows: rows are read from its last value on. Without it everything is read each time. */
  cursor: z.string().max(200).optional(),
  /** Read again what came in the last seconds before the cursor: rows that were written late are met then. */
  overlapSeconds: z.number().int().min(0).max(604_800).default(300),
});
const Server = z.object({
  host,
  port: port.optional(),
  database: words(200),
  user: words(200),
  /** `verify`: encrypted and the certificate is checked. `unchecked`: encrypted, whoever answers. `off`: neither. */
  tls: z.enum(['verify', 'unchecked', 'off']).default('verify'),
});
/** Which files, and what becomes of those that were taken. */
const Files = z.object({
  folder: words(1_000),
  /** `ventas-*.csv`: one name, with * for anything and ? for one character. */
  pattern: words(200).default('*'),
  after: z.enum(['keep', 'move']).default('keep'),
  /** Where they are moved to, inside the folder. */
  moveTo: z
    .string()
    .trim()
    .regex(/^[^/\\]+$/)
    .refine((name) => !name.startsWith('.'))
    .default('importados'),
});

export const PullSettings = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('postgres'), ...Server.shape, ...Reading.shape }),
  z.object({ kind: z.literal('mysql'), ...Server.shape, ...Reading.shape }),
  z.object({ kind: z.literal('sqlserver'), ...Server.shape, ...Reading.shape }),
  z.object({ kind: z.literal('folder'), ...Files.shape }),
  z.object({
    kind: z.literal('sftp'),
    host,
    port: port.optional(),
    user: words(200),
    /** SHA-256 of the server's key, base64: `SHA256:…`. Seen at the first test, then demanded. */
    hostKey: z.string().max(200).optional(),
    ...Files.shape,
  }),
  z.object({
    kind: z.literal('http'),
    url: z.url({ protocol: /^https?$/ }).max(2_000),
    /** Names of the headers that go along; their values are secrets. */
    headers: z
      .array(z.string().regex(/^[A-Za-z0-9-]{1,100}$/))
      .max(20)
      .default([]),
    tls: z.enum(['verify', 'unchecked']).default('verify'),
    /** Where the rows are in the answer: `data.items`; empty where the answer is the list itself. */
    rows: z.string().trim().max(200).default(''),
    paging: z
      .discriminatedUnion('by', [
        z.object({ by: z.literal('none') }),
        /** Where the address of the next page is: `links.next`; empty: the Link header. */
        z.object({ by: z.literal('link'), path: z.string().trim().max(200).default('') }),
        /** Where the cursor of the next page is, and the parameter that takes it. */
        z.object({ by: z.literal('cursor'), path: words(200), parameter: words(100) }),
        /** Pages counted from 1 until one is empty. */
        z.object({ by: z.literal('page'), parameter: words(100) }),
      ])
      .default({ by: 'none' }),
    /** Column of the rows that only grows, and the parameter that takes its last value. */
    cursor: z.string().max(200).optional(),
    since: z.string().trim().max(100).optional(),
  }),
]);
export type PullSettings = z.infer<typeof PullSettings>;
export const PullKind = z.enum(['postgres', 'mysql', 'sqlserver', 'folder', 'sftp', 'http']);

/** Secrets by name: `password`, `privateKey`, `passphrase`, `bearer`, `header.<name>`. They go in and never come out. */
export const PullSecrets = z.record(
  z.string().regex(/^(password|privateKey|passphrase|bearer|header\.[A-Za-z0-9-]{1,100})$/),
  z.string().max(20_000),
);

const minute = z.number().int().min(0).max(59);
const hour = z.number().int().min(0).max(23);
export const Schedule = z.discriminatedUnion('every', [
  z.object({ every: z.literal('minutes'), minutes: z.number().int().min(1).max(720) }),
  z.object({ every: z.literal('hour'), minute }),
  z.object({ every: z.literal('day'), hour, minute }),
  /** 1 is Monday. */
  z.object({ every: z.literal('week'), day: z.number().int().min(1).max(7), hour, minute }),
  /** Five fields, in the time zone of the business. */
  z.object({ every: z.literal('cron'), cron: words(100) }),
  z.object({ every: z.literal('never') }),
]);

export const NewConnection = z.object({
  name: words(80),
  settings: PullSettings,
  secrets: PullSecrets.default({}),
  sourceId: z.uuid(),
  importKind: ImportKind,
  columns: ColumnMapping,
  options: FileOptions.partial().default({}),
  customersOf: z.uuid().optional(),
  /** Each read brings whole orders, so that lines that are no longer there go away; when not said: only where everything is read each time. */
  whole: z.boolean().optional(),
  schedule: Schedule,
  enabled: z.boolean().default(true),
  alertAfter: z.number().int().min(0).max(100).default(3),
  alertTo: z.array(z.uuid()).max(50).default([]),
});
/** Secrets that are not given stay; those given as '' go. */
export const ConnectionChange = NewConnection.partial().extend({
  options: FileOptions.partial().optional(),
  secrets: PullSecrets.optional(),
  enabled: z.boolean().optional(),
  alertAfter: z.number().int().min(0).max(100).optional(),
  alertTo: z.array(z.uuid()).max(50).optional(),
});

const CodedError = z.object({ code: z.string(), message: z.string() });
export const Drift = z.object({
  at: z.iso.datetime(),
  appeared: z.array(z.string()),
  vanished: z.array(z.string()),
  changed: z.array(z.object({ column: z.string(), from: z.string(), to: z.string() })),
});
export type Drift = z.infer<typeof Drift>;

export const ConnectionRun = z.object({
  id: z.uuid(),
  connectionId: z.uuid(),
  jobId: z.string(),
  askedBy: z.string(),
  state: z.enum(['running', 'done', 'failed', 'cancelled']),
  startedAt: z.iso.datetime(),
  endedAt: z.iso.datetime().nullable(),
  rowsRead: z.number(),
  rowsNew: z.number(),
  rowsChanged: z.number(),
  rowsSame: z.number(),
  rowsRejected: z.number(),
  cursorFrom: z.string().nullable(),
  cursorTo: z.string().nullable(),
  imports: z.array(z.object({ id: z.uuid(), fileName: z.string(), state: z.string(), rowsRejected: z.number() })),
  drift: Drift.nullable(),
  error: CodedError.nullable(),
});

export const Connection = z.object({
  id: z.uuid(),
  name: z.string(),
  kind: PullKind,
  /** Where it reads from, in one line: `erp.local · tienda`. */
  place: z.string(),
  sourceId: z.uuid(),
  sourceLabel: z.string(),
  importKind: ImportKind,
  schedule: Schedule,
  enabled: z.boolean(),
  nextAt: z.iso.datetime().nullable(),
  /** `paused` and `waiting` have nothing to tell; `failing` failed the last time; `drifted` works, but its columns changed. */
  state: z.enum(['running', 'paused', 'failing', 'drifted', 'waiting', 'fine']),
  failures: z.number(),
  lastRun: ConnectionRun.nullable(),
  /** Of all its runs. */
  rowsNew: z.number(),
});
export const ConnectionDetail = Connection.extend({
  settings: PullSettings,
  /** Which secrets are kept, without what they are. */
  secrets: z.array(z.string()),
  columns: ColumnMapping,
  options: FileOptions.partial(),
  customersOf: z.uuid().nullable(),
  whole: z.boolean(),
  alertAfter: z.number(),
  alertTo: z.array(z.object({ id: z.uuid(), name: z.string() })),
  cursor: z.string().nullable(),
  drift: Drift.nullable(),
  createdAt: z.iso.datetime(),
  createdBy: z.string(),
});

/** Tries a place out. `id`: an existing connection, whose secrets serve where none are given. */
export const TrialRequest = z.object({ id: z.uuid().optional(), settings: PullSettings, secrets: PullSecrets.default({}) });
/** What a trial found: columns and first rows; `upload` goes on in the steps of an import. */
export const Trial = z.object({
  uploadId: z.uuid(),
  columns: z.array(z.object({ name: z.string(), type: z.string(), cursor: z.boolean() })),
  rows: z.array(z.array(z.string())),
  /** Of an SFTP server that was not known yet: its key, to be compared and kept. */
  hostKey: z.string().nullable(),
  /** Files that would be taken now. */
  files: z.array(z.object({ name: z.string(), size: z.number() })),
});
/** Tables and views of a database. The query of a trial is not looked at. */
export const TableList = z.object({ items: z.array(z.object({ name: z.string(), query: z.string() })) });
export const HostKeyRequest = z.object({ host, port: port.optional() });
export const HostKey = z.object({ hostKey: z.string() });
export const FolderList = z.object({ items: z.array(z.string()) });
export const AlertPeople = z.object({ items: z.array(z.object({ id: z.uuid(), name: z.string(), email: z.string() })) });
