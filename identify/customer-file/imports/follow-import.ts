import { fail, VinculoError } from '@vinculo/errors';
import type { Context } from '@vinculo/http';
import type { JobRun } from '@vinculo/jobs';
import type { Actor } from '@vinculo/postgres';
import type { z } from 'zod';
import type { Import } from '../api/imports.ts';
import { cancelImport } from './cancel-import.ts';
import { asImport, findImport } from './import-run.ts';
import { startImport, type StartImport } from './start-import.ts';

export interface FollowImport {
  actor: Actor;
  signal?: AbortSignal;
  onProgress?(job: JobRun): void;
}

/**
 * Resolves when an import that was started is in.
 *
 * @throws what its job failed with. When the signal is aborted because somebody cancelled, it is cancelled; when the server only stops, it
 *   goes on when the server starts again.
 */
export async function followImport(
  context: Context,
  id: string,
  { actor, signal, onProgress }: FollowImport,
): Promise<z.infer<typeof Import>> {
  const { store, jobs, config } = context;
  const { job_id: jobId } = await findImport(store.db, id);
  const stop = () => {
    if ((signal?.reason as { why?: string } | undefined)?.why !== 'stopping') void cancelImport(context, actor, id).catch(() => {});
  };
  signal?.addEventListener('abort', stop, { once: true });
  try {
    for (;;) {
      const run = await jobs.wait(jobId!, 250).catch((error: unknown) => {
        if (error instanceof VinculoError && error.code === 'VIN_JOB_TIMEOUT') return undefined;
        throw error;
      });
      onProgress?.(run ?? (await jobs.get(jobId!)));
      if (run) break;
      if ((signal?.reason as { why?: string } | undefined)?.why === 'stopping') signal!.throwIfAborted();
    }
  } finally {
    signal?.removeEventListener('abort', stop);
  }
  const done = await findImport(store.db, id);
  signal?.throwIfAborted();
  if (done.error) throw new VinculoError(done.error.code as `VIN_${string}`, done.error.params);
  return asImport(done, actor.language ?? config.language);
}

/**
 * Takes an upload in under an id chosen beforehand, from beginning to end. Killed at any moment and asked again with the same id, it goes on
 * with the import that there is instead of making another.
 *
 * @throws all that {@link startImport} throws, and what the job failed with; VIN_IMPORT_CANCELLED when somebody cancelled it meanwhile.
 */
export async function takeIn(context: Context, request: StartImport & { id: string }, how: FollowImport): Promise<z.infer<typeof Import>> {
  const { store, jobs } = context;
  const { rows } = await store.pool.query<{ state: string; job_id: string | null }>('select state, job_id from import where id = $1', [
    request.id,
  ]);
  if (!rows[0]) await startImport(context, how.actor, request);
  else if (!rows[0].job_id) {
    // Killed between the two writes of its start: the row is there, and nobody has asked for the job.
    const job = await jobs.enqueue('import.run', { importId: request.id }, { actor: how.actor, key: request.id });
    await store.pool.query('update import set job_id = $2 where id = $1', [request.id, job]);
  }
  const done = await followImport(context, request.id, how);
  if (done.state === 'cancelled') throw fail('VIN_IMPORT_CANCELLED', { file: done.fileName });
  return done;
}
