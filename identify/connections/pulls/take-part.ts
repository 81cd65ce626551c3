// A stretch or a file on its way into the customer file. It is written down before its import begins and crossed out in the transaction
// that moves the cursor, so that wherever the process is killed nothing is read twice and nothing is left out.
import { takeIn } from '@vinculo/customer-file';
import { VinculoError } from '@vinculo/errors';
import type { Context } from '@vinculo/http';
import type { JobHandle } from '@vinculo/jobs';
import { SYSTEM } from '@vinculo/postgres';
import { sql } from 'kysely';
import type { ConnectionRow } from './connection-row.ts';
import { findRun, type Part, savePart } from './run-row.ts';

export interface RunAtWork {
  context: Context;
  connection: ConnectionRow;
  runId: string;
  job: JobHandle;
}

/** @throws what the import failed with; then the cursor stays where it was. */
export async function takePart(work: RunAtWork, part: Part): Promise<void> {
  await work.context.store.transaction(SYSTEM, (tx) => savePart(tx, work.runId, part));
  await finishPart(work, part);
}

/** Goes on with what a killed process was at. */
export async function finishOpenPart(work: RunAtWork): Promise<void> {
  const { part } = await findRun(work.context.store.db, work.runId);
  if (!part) return;
  try {
    await finishPart(work, part);
  } catch (error) {
    // Its file went with the data folder, or nobody ever began its import: it is read again.
    if (!(error instanceof VinculoError && error.code === 'VIN_UPLOAD_NOT_FOUND')) throw error;
    await work.context.store.transaction(SYSTEM, (tx) => savePart(tx, work.runId, null));
  }
}

async function finishPart({ context, connection, runId, job }: RunAtWork, part: Part): Promise<void> {
  const { store } = context;
  try {
    await takeIn(
      context,
      {
        id: part.importId,
        uploadId: part.uploadId,
        sourceId: connection.source_id,
        kind: connection.import_kind,
        columns: part.columns,
        options: part.options,
        addsOnly: !connection.whole,
        ...(connection.customers_of ? { customersOf: connection.customers_of } : {}),
      },
      {
        actor: job.actor,
        signal: job.signal,
        onProgress: ({ done, total, phase }) =>
          void job.progress({ done, ...(total === null ? {} : { total }), ...(phase === null ? {} : { phase }), detail: connection.name }),
      },
    );
  } catch (error) {
    // A server that stops leaves the part where it is; any other end of the import is the end of the part.
    if (!job.signal.aborted || (job.signal.reason as { why?: string }).why === 'cancelled') {
      await store.transaction(SYSTEM, (tx) => savePart(tx, runId, null));
    }
    throw error;
  }
  await store.transaction(SYSTEM, async (tx) => {
    if (part.cursor !== undefined || part.fileHash !== undefined) {
      await sql`
        update connection set cursor = coalesce(${part.cursor ?? null}, cursor), seen = ${part.seen ?? []}::text[], file_hash = ${part.fileHash ?? null}
         where id = ${connection.id}`.execute(tx);
      await sql`update connection_run set cursor_to = coalesce(${part.cursor ?? null}, cursor_to) where id = ${runId}`.execute(tx);
    }
    if (part.file) {
      const { name, size, modifiedAt, hash } = part.file;
      await sql`
        insert into connection_file (connection_id, name, size, modified_at, hash, import_id)
        values (${connection.id}, ${name}, ${size}, ${modifiedAt}::timestamptz, ${hash}, ${part.importId}) on conflict do nothing`.execute(
        tx,
      );
    }
    await sql`update connection_import set taken_at = now() where import_id = ${part.importId}`.execute(tx);
    await savePart(tx, runId, null);
  });
}
