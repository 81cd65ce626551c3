// Sources, mappings and imports as the API says them.
import { z } from 'zod';

export const ImportKind = z.enum([
  'customers',
  'products',
  'purchases',
  'contacts',
  'campaigns',
  'campaign_contacts',
  'coupons',
  'redemptions',
  'consents',
  'account_facts',
]);

export const Source = z.object({
  id: z.uuid(),
  name: z.string(),
  label: z.string(),
  kind: z.enum(['file', 'api', 'form', 'database']),
  country: z.string(),
  trust: z.number(),
  records: z.number(),
  lastImportAt: z.iso.datetime().nullable(),
});
const label = z.string().trim().min(1).max(80);
const country = z.string().length(2);
const trust = z.number().int().min(0).max(100);
export const NewSource = z.object({
  name: z
    .string()
    .trim()
    .regex(/^[a-z0-9][a-z0-9_-]{0,39}$/),
  label,
  /** How it tells what it knows; files where nothing is said. */
  kind: Source.shape.kind.optional(),
  country: country.default('ES'),
  trust: trust.default(50),
});
// Without the defaults of a new one: what is not named stays as it is.
export const SourceChange = z.object({ label, country, trust }).partial();

/** How a file is written. Detected, shown, and changeable by the person. */
export const FileOptions = z.object({
  format: z.enum(['csv', 'xlsx', 'jsonl', 'parquet']),
  compression: z.enum(['none', 'gzip']),
  encoding: z.enum(['utf-8', 'latin1', 'windows-1252']),
  delimiter: z.string().length(1),
  quote: z.string().max(1),
  header: z.boolean(),
  decimal: z.enum([',', '.']),
  dateOrder: z.enum(['dmy', 'mdy', 'ymd']),
  sheet: z.string().optional(),
});

/** Column of the file → field of the vocabulary of @vinculo/normalise, or null to ignore it. */
export const ColumnMapping = z.record(z.string(), z.string().nullable());

export const ProposedColumn = z.object({
  column: z.string(),
  samples: z.array(z.string()),
  field: z.string().nullable(),
  score: z.number(),
  reason: z.string(),
  alternatives: z.array(z.string()),
});

/** What an uploaded file looks like, before anything is taken in. */
export const Upload = z.object({
  id: z.uuid(),
  fileName: z.string(),
  fileSize: z.number(),
  fileHash: z.string(),
  options: FileOptions,
  kind: ImportKind.nullable(),
  columns: z.array(ProposedColumn),
  estimatedRows: z.number(),
  /** The earlier import of the very same file, if there is one. */
  sameAs: z.object({ importId: z.uuid(), at: z.iso.datetime() }).nullable(),
});

export const PreviewRequest = z.object({
  uploadId: z.uuid(),
  sourceId: z.uuid().optional(),
  country: z.string().length(2).default('ES'),
  kind: ImportKind,
  columns: ColumnMapping,
  options: FileOptions,
});
export const Preview = z.object({
  rows: z.array(
    z.object({
      row: z.number(),
      cells: z.array(z.object({ field: z.string(), raw: z.string(), value: z.string(), problem: z.string().nullable() })),
      rejected: z.boolean(),
    }),
  ),
  /** Required fields of the kind that no column gives. */
  missing: z.array(z.string()),
});

export const NewImport = z.object({
  uploadId: z.uuid(),
  sourceId: z.uuid(),
  kind: ImportKind,
  columns: ColumnMapping,
  options: FileOptions,
  /** The source whose customer numbers the file uses, where they are not those of its own. */
  customersOf: z.uuid().optional(),
  corrects: z.uuid().optional(),
});

export const Import = z.object({
  id: z.uuid(),
  sourceId: z.uuid(),
  sourceLabel: z.string(),
  kind: ImportKind,
  state: z.enum(['waiting', 'checking', 'committing', 'done', 'failed', 'cancelled']),
  fileName: z.string(),
  fileSize: z.number(),
  rowsRead: z.number(),
  rowsNew: z.number(),
  rowsChanged: z.number(),
  rowsSame: z.number(),
  rowsRejected: z.number(),
  jobId: z.string().nullable(),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
  createdBy: z.string(),
  createdAt: z.iso.datetime(),
  startedAt: z.iso.datetime().nullable(),
  endedAt: z.iso.datetime().nullable(),
});

/** One rejected value: where it is, what it was, why. `reason` is a key of the imports catalogue (`reason.<key>`). */
export const ImportError = z.object({
  row: z.number(),
  column: z.string(),
  value: z.string(),
  reason: z.string(),
  raw: z.record(z.string(), z.string()),
});

export const FieldInfo = z.object({ field: z.string(), kinds: z.array(ImportKind), required: z.array(ImportKind) });
