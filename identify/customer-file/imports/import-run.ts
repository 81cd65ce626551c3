// The rows of table `import`, in the words of the code.
import { notFound, sentence } from '@vinculo/errors';
import type { FileOptions as Options } from '@vinculo/files';
import type { Transaction } from '@vinculo/postgres';
import { type Kysely, sql } from 'kysely';
import type { z } from 'zod';
import type { Import, ImportKind } from '../api/imports.ts';

export type Kind = z.infer<typeof ImportKind>;
export type ImportState = 'waiting' | 'checking' | 'committing' | 'done' | 'failed' | 'cancelled';
export type ColumnMapping = Record<string, string | null>;

/** How far an import has got, so that a killed one goes on from there. */
export interface Position {
  /** Records of the file that have been checked, the header among them. */
  records?: number;
  /** Bytes of the text they take. */
  byte?: number;
  /** Milliseconds since 1970 when it first began: the version of every row it writes. */
  began?: number;
  /** The rows are in the stores, or about to be: it can no longer be cancelled. */
  committed?: boolean;
  /** Figures of the commit, kept before facts are written, because afterwards every row looks like one that was there. */
  counted?: boolean;
  /** Facts that the file replaces by leaving them out; they are no rows of it. */
  removed?: number;
}

export interface ImportRow {
  id: string;
  source_id: string;
  source_label: string;
  country: string;
  kind: Kind;
  state: ImportState;
  file_name: string;
  /** Relative to the data folder. */
  file_path: string;
  file_size: number;
  columns: ColumnMapping;
  options: Options;
  rows_read: number;
  rows_new: number;
  rows_changed: number;
  rows_same: number;
  rows_rejected: number;
  position: Position;
  corrects: string | null;
  customers_of: string | null;
  adds_only: boolean;
  job_id: string | null;
  error: { code: string; params: Record<string, unknown> } | null;
  created_by: string;
  created_at: Date;
  started_at: Date | null;
  ended_at: Date | null;
}

type Db = Kysely<unknown> | Transaction;

const SELECT = sql`
  select i.id, i.source_id, s.label as source_label, s.country, i.kind, i.state, i.file_name, i.file_path, i.file_size, i.columns, i.options,
         i.rows_read, i.rows_new, i.rows_changed, i.rows_same, i.rows_rejected, i.position, i.corrects, i.customers_of, i.adds_only, i.job_id, i.error,
         i.created_by, i.created_at, i.started_at, i.ended_at
    from import i join source s on s.id = i.source_id`;

/** @throws VIN_IMPORT_NOT_FOUND */
export async function findImport(db: Db, id: string): Promise<ImportRow> {
  const { rows } = await sql<ImportRow>`${SELECT} where i.id = ${id}`.execute(db);
  if (!rows[0]) throw notFound('import', id);
  return rows[0];
}

/** Newest first. */
export async function listImports(
  db: Db,
  query: { limit: number; before?: [Date, string]; source?: string; open?: boolean },
): Promise<ImportRow[]> {
  const { limit, before, source, open } = query;
  const { rows } = await sql<ImportRow>`
    ${SELECT}
     where ${source ? sql`i.source_id = ${source}` : sql`true`}
       and ${open ? sql`i.state in ('waiting', 'checking', 'committing')` : sql`true`}
       and ${before ? sql`(i.created_at, i.id) < (${before[0]}, ${before[1]}::uuid)` : sql`true`}
     order by i.created_at desc, i.id desc
     limit ${limit}`.execute(db);
  return rows;
}

/** The import of the very same file that ended well, the latest. */
export async function importOfSameFile(db: Db, fileHash: string): Promise<{ id: string; ended_at: Date } | undefined> {
  const { rows } = await sql<{ id: string; ended_at: Date }>`
    select id, ended_at from import where file_hash = ${fileHash} and state = 'done' order by created_at desc limit 1`.execute(db);
  return rows[0];
}

export interface NewImportRow {
  id: string;
  sourceId: string;
  kind: Kind;
  fileName: string;
  filePath: string;
  fileSize: number;
  fileHash: string;
  columns: ColumnMapping;
  options: Options;
  corrects?: string;
  customersOf: string | null;
  addsOnly: boolean;
  createdBy: string;
}

export async function addImport(tx: Transaction, row: NewImportRow): Promise<void> {
  await sql`
    insert into import (id, source_id, kind, state, file_name, file_path, file_size, file_hash, columns, options, corrects, customers_of, adds_only, created_by)
    values (${row.id}, ${row.sourceId}, ${row.kind}, 'waiting', ${row.fileName}, ${row.filePath}, ${row.fileSize}, ${row.fileHash},
            ${JSON.stringify(row.columns)}, ${JSON.stringify(row.options)}, ${row.corrects ?? null}, ${row.customersOf}, ${row.addsOnly}, ${row.createdBy})`.execute(
    tx,
  );
}

/** Says that a job has taken the import up; an import that failed or waited begins, one that was killed goes on. */
export async function beginImport(db: Db, id: string): Promise<boolean> {
  const { rows } = await sql`
    update import
       set state = case when state = 'committing' then state else 'checking' end, started_at = coalesce(started_at, now()), ended_at = null, error = null,
           position = position || jsonb_build_object('began', coalesce((position ->> 'began')::bigint, (extract(epoch from clock_timestamp()) * 1000)::bigint))
     where id = ${id} and state in ('waiting', 'checking', 'committing', 'failed')
    returning id`.execute(db);
  return rows.length > 0;
}

/** Keeps how far the check has got. False when somebody cancelled the import meanwhile. */
export async function savePosition(
  db: Db,
  id: string,
  at: { records: number; byte: number; read: number; rejected: number },
): Promise<boolean> {
  const { rows } = await sql`
    update import
       set position = position || ${JSON.stringify({ records: at.records, byte: at.byte })}::jsonb, rows_read = ${at.read}, rows_rejected = ${at.rejected}
     where id = ${id} and state = 'checking' returning id`.execute(db);
  return rows.length > 0;
}

export interface CommitFigures {
  added: number;
  changed: number;
  same: number;
  /** Facts of before that the file no longer has. */
  removed?: number;
}

/** From here on the import cannot be cancelled any more. False when it was just before. */
export async function markCommitted(db: Db, id: string, figures: CommitFigures): Promise<boolean> {
  const { rows } = await sql`
    update import
       set position = position || ${JSON.stringify({ committed: true, removed: figures.removed ?? 0 })}::jsonb, rows_new = ${figures.added}, rows_changed = ${figures.changed}, rows_same = ${figures.same}
     where id = ${id} and state = 'committing' returning id`.execute(db);
  return rows.length > 0;
}

export async function setCommitting(db: Db, id: string, rejected: number): Promise<boolean> {
  const { rows } = await sql`
    update import set state = 'committing', rows_rejected = ${rejected} where id = ${id} and state in ('checking', 'committing') returning id`.execute(
    db,
  );
  return rows.length > 0;
}

export async function setDone(tx: Transaction, id: string): Promise<void> {
  await sql`update import set state = 'done', ended_at = now(), position = '{}' where id = ${id}`.execute(tx);
}

export async function setFailed(db: Db, id: string, error: { code: string; params: Record<string, unknown> }): Promise<void> {
  await sql`
    update import set state = 'failed', ended_at = now(), error = ${JSON.stringify(error)}
     where id = ${id} and state in ('waiting', 'checking', 'committing')`.execute(db);
}

/** False when it has ended or its rows are already being written. */
export async function setCancelled(db: Db, id: string): Promise<boolean> {
  const { rows } = await sql`
    update import
       set state = 'cancelled', ended_at = now(), rows_read = 0, rows_rejected = 0, rows_new = 0, rows_changed = 0, rows_same = 0, position = '{}'
     where id = ${id} and state in ('waiting', 'checking', 'committing', 'failed') and not position ? 'committed'
    returning id`.execute(db);
  return rows.length > 0;
}

export function asImport(row: ImportRow, language: 'es' | 'en'): z.infer<typeof Import> {
  return {
    id: row.id,
    sourceId: row.source_id,
    sourceLabel: row.source_label,
    kind: row.kind,
    state: row.state,
    fileName: row.file_name,
    fileSize: row.file_size,
    rowsRead: row.rows_read,
    rowsNew: row.rows_new,
    rowsChanged: row.rows_changed,
    rowsSame: row.rows_same,
    rowsRejected: row.rows_rejected,
    jobId: row.job_id,
    error: row.error && { code: row.error.code, message: sentence(row.error.code, row.error.params, language) },
    createdBy: row.created_by,
    createdAt: row.created_at.toISOString(),
    startedAt: row.started_at?.toISOString() ?? null,
    endedAt: row.ended_at?.toISOString() ?? null,
  };
}
