// The rows of table `connection_run`, with what their imports say: a run has no figures of its own that could contradict them.
import { sentence } from '@vinculo/errors';
import type { FileOptions } from '@vinculo/files';
import { newId, type Transaction } from '@vinculo/postgres';
import { type Kysely, sql } from 'kysely';
import type { z } from 'zod';
import type { ConnectionRun, Drift } from '../api/pulls.ts';

/** What is being taken in. Written before its import begins, so that a killed run finds it again. */
export interface Part {
  importId: string;
  uploadId: string;
  fileName: string;
  options: FileOptions;
  /** Mapping of the columns that this file has. */
  columns: Record<string, string | null>;
  /** Where the cursor goes when it is committed. */
  cursor?: string;
  seen?: string[];
  fileHash?: string;
  file?: { name: string; size: number; modifiedAt: string; hash: string };
}

export interface RunRow {
  id: string;
  connection_id: string;
  job_id: string;
  asked_by: string;
  state: 'running' | 'done' | 'failed' | 'cancelled';
  started_at: Date;
  ended_at: Date | null;
  rows_known: number;
  cursor_from: string | null;
  cursor_to: string | null;
  part: Part | null;
  drift: Drift | null;
  error: { code: string; params: Record<string, unknown> } | null;
}
interface RunWithImports extends RunRow {
  read: number;
  added: number;
  changed: number;
  same: number;
  rejected: number;
  imports: z.infer<typeof ConnectionRun>['imports'];
}

type Db = Kysely<unknown> | Transaction;

const SELECT = sql`
  select r.*, i.read, i.added, i.changed, i.same, i.rejected, i.imports
    from connection_run r
    left join lateral (
      select coalesce(sum(i.rows_read), 0)::bigint as read, coalesce(sum(i.rows_new), 0)::bigint as added,
             coalesce(sum(i.rows_changed), 0)::bigint as changed, coalesce(sum(i.rows_same), 0)::bigint as same,
             coalesce(sum(i.rows_rejected), 0)::bigint as rejected,
             coalesce(jsonb_agg(jsonb_build_object('id', i.id, 'fileName', i.file_name, 'state', i.state, 'rowsRejected', i.rows_rejected)
                      order by i.created_at, i.id) filter (where i.id is not null), '[]') as imports
        from connection_import ci join import i on i.id = ci.import_id
       where ci.run_id = r.id
    ) i on true`;

/** Newest first. */
export async function listRuns(
  db: Db,
  connectionId: string,
  { limit, before, state }: { limit: number; before?: [Date, string]; state?: RunRow['state'] },
): Promise<RunWithImports[]> {
  const { rows } = await sql<RunWithImports>`
    ${SELECT}
     where r.connection_id = ${connectionId}
       and ${state ? sql`r.state = ${state}` : sql`true`}
       and ${before ? sql`(r.started_at, r.id) < (${before[0]}, ${before[1]}::uuid)` : sql`true`}
     order by r.started_at desc, r.id desc limit ${limit}`.execute(db);
  return rows;
}

/** The latest run of each connection. */
export async function latestRuns(db: Db, connectionIds: readonly string[]): Promise<Map<string, RunWithImports>> {
  const { rows } = await sql<RunWithImports>`
    ${SELECT}
     where r.id in (select (select l.id from connection_run l where l.connection_id = c.id order by l.started_at desc, l.id desc limit 1)
                      from unnest(${[...connectionIds]}::uuid[]) as c (id))`.execute(db);
  return new Map(rows.map((row) => [row.connection_id, row]));
}

/** How many rows each connection has brought in all. */
export async function rowsBrought(db: Db, connectionIds: readonly string[]): Promise<Map<string, number>> {
  const { rows } = await sql<{ id: string; added: number }>`
    select r.connection_id as id, sum(i.rows_new)::bigint as added
      from connection_run r join connection_import ci on ci.run_id = r.id join import i on i.id = ci.import_id
     where r.connection_id = any(${[...connectionIds]}::uuid[]) group by r.connection_id`.execute(db);
  return new Map(rows.map(({ id, added }) => [id, added]));
}

export async function addRun(
  tx: Transaction,
  run: { connectionId: string; jobId: string; askedBy: string; cursor: string | null },
): Promise<string> {
  const id = newId();
  await sql`
    insert into connection_run (id, connection_id, job_id, asked_by, state, cursor_from)
    values (${id}, ${run.connectionId}, ${run.jobId}, ${run.askedBy}, 'running', ${run.cursor})`.execute(tx);
  return id;
}

export async function findRun(db: Db, id: string): Promise<RunRow> {
  const { rows } = await sql<RunRow>`select * from connection_run where id = ${id}`.execute(db);
  return rows[0]!;
}

/** Keeps what is about to be taken in; null when it was. */
export async function savePart(tx: Transaction, runId: string, part: Part | null): Promise<void> {
  await sql`update connection_run set part = ${part && JSON.stringify(part)} where id = ${runId}`.execute(tx);
  if (part)
    await sql`insert into connection_import (import_id, run_id) values (${part.importId}, ${runId}) on conflict do nothing`.execute(tx);
}

export function asRun(row: RunWithImports, language: 'es' | 'en'): z.infer<typeof ConnectionRun> {
  return {
    id: row.id,
    connectionId: row.connection_id,
    jobId: row.job_id,
    askedBy: row.asked_by,
    state: row.state,
    startedAt: row.started_at.toISOString(),
    endedAt: row.ended_at?.toISOString() ?? null,
    rowsRead: row.read + row.rows_known,
    rowsNew: row.added,
    rowsChanged: row.changed,
    rowsSame: row.same + row.rows_known,
    rowsRejected: row.rejected,
    cursorFrom: row.cursor_from,
    cursorTo: row.cursor_to,
    imports: row.imports,
    drift: row.drift,
    error: row.error && { code: row.error.code, message: sentence(row.error.code, row.error.params, language) },
  };
}
