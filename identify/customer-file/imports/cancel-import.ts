import { fail, VinculoError } from '@vinculo/errors';
import type { Context } from '@vinculo/http';
import type { Actor } from '@vinculo/postgres';
import { forgetImport } from './forget-import.ts';
import { findImport, listImports } from './import-run.ts';

/**
 * Cancels an import: nothing of it is kept. Once its rows are being written it can only end.
 *
 * @throws VIN_IMPORT_NOT_FOUND, VIN_JOB_FINISHED.
 */
export async function cancelImport(context: Context, actor: Actor, id: string): Promise<void> {
  const row = await findImport(context.store.db, id);
  if (!(await forgetImport(context, id))) throw fail('VIN_JOB_FINISHED', { state: row.state });
  if (row.job_id) await cancelJob(context, row.job_id, actor);
  await context.store.transaction(actor, (tx) => tx.emit('import.cancelled', { kind: 'import', id }, {}));
}

async function cancelJob({ jobs }: Context, jobId: string, actor: Actor): Promise<void> {
  try {
    await jobs.cancel(jobId, actor);
  } catch (error) {
    // It has just ended by itself.
    if (!(error instanceof VinculoError)) throw error;
  }
}

/**
 * Imports whose job ended without them: cancelled in the list of jobs while it waited, or while its process was dead.
 * They are forgotten, or their commit is brought to its end.
 */
export async function settleStale(context: Context): Promise<void> {
  const { store, jobs } = context;
  for (const row of await listImports(store.db, { limit: 1_000, open: true })) {
    const job = row.job_id ? await jobs.get(row.job_id).catch(() => undefined) : undefined;
    if (job?.state === 'waiting' || job?.state === 'running') continue;
    // A job that ended a moment ago may still be writing the end of its import.
    if (job?.endedAt && Date.now() - Date.parse(job.endedAt) < 5_000) continue;
    if (!job && Date.now() - row.created_at.getTime() < 60_000) continue;
    if (!(await forgetImport(context, row.id))) await jobs.enqueue('import.run', { importId: row.id }, { key: row.id });
  }
}
