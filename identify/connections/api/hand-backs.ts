// What the API says about hand-back: lists of customers that other systems get. Shared with the console as types; zod only.
import { CustomerFilter } from '@vinculo/customer-file/api/customers';
import { z } from 'zod';
import { Schedule } from './pulls.ts';

export const HandBackList = z.discriminatedUnion('kind', [
  /** The words of the list of customers: empty is everybody. */
  // A segment is handed back as one.
  z.object({ kind: z.literal('filter'), filter: CustomerFilter.extend({ segment: z.undefined().optional() }) }),
  z.object({ kind: z.literal('segment'), id: z.uuid() }),
]);

/** `{date}` and `{time}` become the day and the time of the run; a name without them is replaced each time. */
const FileName = z
  .string()
  .trim()
  .max(120)
  .regex(/^[\p{L}\p{N}_-]([\p{L}\p{N} ._-]|\{date\}|\{time\})*$|^(\{date\}|\{time\})([\p{L}\p{N} ._-]|\{date\}|\{time\})*$/u);
export const FileFormat = z.enum(['csv', 'jsonl', 'parquet']);
const Identifier = z
  .string()
  .trim()
  .regex(/^[A-Za-z_][A-Za-z0-9_]{0,40}(\.[A-Za-z_][A-Za-z0-9_]{0,40})?$/);

export const HandBackTarget = z.discriminatedUnion('kind', [
  /** A folder of the server. Without a slash in front it is inside the data folder, under `hand-back`. */
  z.object({ kind: z.literal('folder'), folder: z.string().trim().min(1).max(1_000), fileName: FileName, format: FileFormat }),
  z.object({
    kind: z.literal('sftp'),
    host: z.string().trim().min(1).max(253),
    port: z.number().int().min(1).max(65_535).optional(),
    user: z.string().trim().min(1).max(200),
    /** `SHA256:…` of the server's key: seen at the first test, then demanded. */
    hostKey: z.string().max(200).optional(),
    folder: z.string().trim().min(1).max(1_000),
    fileName: FileName,
    format: FileFormat,
  }),
  z.object({
    kind: z.literal('database'),
    engine: z.enum(['postgres', 'mysql']),
    host: z.string().trim().min(1).max(253),
    port: z.number().int().min(1).max(65_535).optional(),
    database: z.string().trim().min(1).max(200),
    user: z.string().trim().min(1).max(200),
    tls: z.enum(['verify', 'unchecked', 'off']).default('verify'),
    /** `clientes`, or `crm.clientes`. Made if it is not there; one that somebody else made is left alone. */
    table: Identifier,
    /** `replace`: the table is exchanged whole. `upsert`: rows are changed, added and taken out by customer_id. */
    write: z.enum(['replace', 'upsert']).default('replace'),
  }),
]);

export const HandBackMode = z.enum(['whole', 'changed']);
export const NewHandBack = z.object({
  name: z.string().trim().min(1).max(120),
  list: HandBackList,
  /** Of the catalogue, or `key:<source>`. The customer's id always goes along. */
  fields: z.array(z.string().max(80)).max(60),
  target: HandBackTarget,
  secrets: z.partialRecord(z.enum(['password', 'privateKey', 'passphrase']), z.string().max(20_000)).default({}),
  mode: HandBackMode.default('whole'),
  schedule: Schedule,
  alertEmail: z.email().max(254).nullable().default(null),
});
/** A secret that is not given stays. */
export const HandBackChange = z.object({
  ...NewHandBack.omit({ secrets: true, mode: true, alertEmail: true }).partial().shape,
  mode: HandBackMode.optional(),
  alertEmail: z.email().max(254).nullable().optional(),
  secrets: z.partialRecord(z.enum(['password', 'privateKey', 'passphrase']), z.string().max(20_000)).optional(),
  state: z.enum(['on', 'paused']).optional(),
});

export const HandBackRun = z.object({
  id: z.uuid(),
  state: z.enum(['running', 'done', 'failed']),
  askedBy: z.string(),
  startedAt: z.iso.datetime(),
  endedAt: z.iso.datetime().nullable(),
  /** In the list. */
  customers: z.number(),
  written: z.number(),
  removed: z.number(),
  bytes: z.number().nullable(),
  fileName: z.string().nullable(),
  /** The sentence is in the reader's language. */
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
});
export const HandBack = z.object({
  id: z.uuid(),
  name: z.string(),
  list: HandBackList,
  /** Of a segment; null when it is gone. */
  listName: z.string().nullable(),
  fields: z.array(z.string()),
  target: HandBackTarget,
  secrets: z.array(z.string()),
  mode: HandBackMode,
  schedule: Schedule,
  nextAt: z.iso.datetime().nullable(),
  state: z.enum(['on', 'paused']),
  alertEmail: z.string().nullable(),
  configuredBy: z.string(),
  createdAt: z.iso.datetime(),
  lastRun: HandBackRun.nullable(),
  /** There is a file to download. */
  hasFile: z.boolean(),
});
export const HandBackQuery = z.object({
  search: z.string().max(200).optional(),
  state: z.enum(['on', 'paused']).optional(),
  cursor: z.string().max(2_000).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export const RunQuery = z.object({
  cursor: z.string().max(2_000).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export const HandBackField = z.object({
  id: z.string(),
  /** Name of the column on the other side. */
  column: z.string(),
  group: z.enum(['contact', 'score', 'key']),
  /** Of a key: the label of its source. */
  label: z.string().nullable(),
  /** Whether this reader may hand it over. */
  allowed: z.boolean(),
});
export const HandBackFields = z.object({ items: z.array(HandBackField) });
export const HandBackPreviewRequest = z.object({ list: HandBackList, fields: z.array(z.string().max(80)).max(60) });
export const HandBackPreview = z.object({
  count: z.number(),
  exact: z.boolean(),
  columns: z.array(z.string()),
  rows: z.array(z.array(z.union([z.string(), z.number(), z.null()]))),
});
export const HandBackTestRequest = z.object({
  target: HandBackTarget,
  secrets: NewHandBack.shape.secrets,
  /** Whose kept secrets to use. */ id: z.uuid().optional(),
});
export const HandBackTest = z.object({ ok: z.boolean(), message: z.string(), hostKey: z.string().nullable() });
export const Asked = z.object({ jobId: z.string() });
