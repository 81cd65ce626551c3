import { VinculoError } from '@vinculo/errors';
import type { Context } from '@vinculo/http';
import type { JobHandle } from '@vinculo/jobs';
import { SYSTEM } from '@vinculo/postgres';
import { sql } from 'kysely';
import { openCredential } from '../credentials/credentials.ts';
import { asStored, tellFailing, tellRecovered } from './alerts.ts';
import { type ConnectionRow, findConnection } from './connection-row.ts';
import { withPlace } from './places/open-place.ts';
import { readFiles } from './read-files.ts';
import { PART_ROWS, readTable } from './read-table.ts';
import { addRun, latestRuns } from './run-row.ts';
import { finishOpenPart, type RunAtWork } from './take-part.ts';

/**
 * The job of a connection: brings what is new, through the imports, and says in its history how it went. Killed at any moment and run again,
 * it goes on where it was; two of one connection never run together.
 */
export async function runConnection(context: Context, connectionId: string, job: JobHandle, partRows = PART_ROWS): Promise<object> {
  const connection = await findConnection(context.store.db, connectionId).catch(() => undefined);
  if (!connection) return { gone: true };
  const runId = await beginRun(context, connection, job);
  if (!runId) return { alreadyRunning: true };
  const work: RunAtWork = { context, connection, runId, job };
  try {
    await finishOpenPart(work);
    // Where it stands may just have changed.
    Object.assign(connection, await findConnection(context.store.db, connectionId));
    const secrets = connection.credential_id ? await openCredential(context, connection.credential_id) : {};
    await withPlace(connection.settings, secrets, context.config, (place) =>
      'table' in place ? readTable(work, place.table, partRows) : readFiles(work, place.files),
    );
    return await endWell(work);
  } catch (error) {
    const why = job.signal.aborted ? (job.signal.reason as { why?: string }).why : undefined;
    if (why === 'cancelled') await endCancelled(work);
    // A server that stops leaves the run open, and the job goes on with it under the same id.
    else if (why === undefined) await endBadly(work, error);
    throw error;
  }
}

/** The run of this job: a new one, or the one that a killed process left; undefined while another job is at it. */
async function beginRun({ store, jobs }: Context, connection: ConnectionRow, job: JobHandle): Promise<string | undefined> {
  return store.transaction(job.actor, async (tx) => {
    await sql`select from connection where id = ${connection.id} for update`.execute(tx);
    const { rows } = await sql<{ id: string; job_id: string }>`
      select id, job_id from connection_run where connection_id = ${connection.id} and state = 'running'`.execute(tx);
    const open = rows[0];
    if (!open) return addRun(tx, { connectionId: connection.id, jobId: job.id, askedBy: job.actor.name, cursor: connection.cursor });
    if (open.job_id !== job.id) {
      const other = await jobs.get(open.job_id).catch(() => undefined);
      if (other?.state === 'running' || other?.state === 'waiting') return undefined;
      await sql`update connection_run set job_id = ${job.id} where id = ${open.id}`.execute(tx);
    }
    return open.id;
  });
}

async function endWell({ context, connection, runId }: RunAtWork): Promise<object> {
  const { store } = context;
  await store.transaction(SYSTEM, async (tx) => {
    await sql`
      update connection_run r set state = 'done', ended_at = now(), cursor_to = coalesce(r.cursor_to, c.cursor)
        from connection c where r.id = ${runId} and c.id = r.connection_id`.execute(tx);
    await sql`update connection set failures = 0, alerted = false where id = ${connection.id}`.execute(tx);
    if (connection.failures > 0) {
      await tx.emit(
        'connection.recovered',
        { kind: 'connection', id: connection.id },
        { name: connection.name, failures: connection.failures },
      );
    }
    if (connection.alerted) await tellRecovered(context, tx, connection);
  });
  const run = (await latestRuns(store.db, [connection.id])).get(connection.id)!;
  return {
    connectionId: connection.id,
    read: run.read + run.rows_known,
    added: run.added,
    changed: run.changed,
    same: run.same + run.rows_known,
    rejected: run.rejected,
  };
}

async function endCancelled({ context, runId }: RunAtWork): Promise<void> {
  await sql`update connection_run set state = 'cancelled', ended_at = now() where id = ${runId}`.execute(context.store.db);
}

/** What may pass by itself is tried again before its time, at ever longer intervals: a server that was being restarted, a busy network. */
const MAY_PASS = new Set(['VIN_CONNECTION_UNREACHABLE', 'VIN_CONNECTION_SLOW', 'VIN_CONNECTION_HTTP_STATUS']);
const FIRST_RETRY_SECONDS = 120;
const LAST_RETRY_SECONDS = 3_600;

async function endBadly({ context, connection, runId }: RunAtWork, error: unknown): Promise<void> {
  const stored = asStored(error, runId);
  const mayPass = !(error instanceof VinculoError) || error.status >= 500 || MAY_PASS.has(error.code);
  await context.store.transaction(SYSTEM, async (tx) => {
    await sql`update connection_run set state = 'failed', ended_at = now(), error = ${JSON.stringify(stored)} where id = ${runId}`.execute(
      tx,
    );
    const { rows } = await sql<{ failures: number; tell: boolean }>`
      update connection
         set failures = failures + 1,
             alerted = alerted or (alert_after > 0 and failures + 1 >= alert_after),
             next_at = case when ${mayPass} and enabled and next_at is not null
                            then least(next_at, now() + least(${FIRST_RETRY_SECONDS} * power(2, least(failures, 10)), ${LAST_RETRY_SECONDS}) * interval '1 second')
                            else next_at end
       where id = ${connection.id}
      returning failures, alert_after > 0 and failures >= alert_after as tell`.execute(tx);
    const { failures, tell } = rows[0]!;
    // The first of a row: a line for each would fill the audit log.
    if (failures === 1)
      await tx.emit('connection.failed', { kind: 'connection', id: connection.id }, { name: connection.name, code: stored.code });
    if (tell && !connection.alerted) await tellFailing(context, tx, connection, failures, stored);
  });
}
