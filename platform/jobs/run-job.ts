import type { Logger } from '@vinculo/config';
import { fail, VinculoError } from '@vinculo/errors';
import { type Actor, SYSTEM, type Store } from '@vinculo/postgres';
import type { JobRun, JobState } from './api.ts';
import type { JobDefinition } from './job-definition.ts';
import { endRun, forgetRun, type Row, writeProgress } from './job-run.ts';
import { createProgress } from './progress.ts';

/** Why a running job's signal was aborted. */
export type Stop = 'cancelled' | 'stopping' | 'lost';

export class JobStopped extends Error {
  override readonly name = 'AbortError';
  readonly why: Stop;

  constructor(why: Stop) {
    super(
      `The job was ${why === 'cancelled' ? 'cancelled' : why === 'stopping' ? 'interrupted: the server is stopping' : 'taken over by another server'}`,
    );
    this.why = why;
  }
}

/** Runs one attempt of a claimed run and writes how it ended. Never rejects because of the job. */
export async function runJob(
  store: Store,
  definition: JobDefinition<unknown>,
  row: Row,
  owner: string,
  controller: AbortController,
  log: Logger,
): Promise<JobState> {
  const run = { id: row.id, attempt: row.attempt, owner };
  const { signal } = controller;
  const progress = createProgress((state) => writeProgress(store.db, run, state));
  const end = async (how: Parameters<typeof endRun>[2]) => {
    await progress.flush();
    await endRun(store.db, run, how);
    return how.state;
  };
  try {
    const output = await definition.run(row.input, {
      id: row.id,
      signal,
      progress: progress.report,
      log,
      actor: asActor(row),
      attempt: row.attempt,
    });
    if (definition.passing && output === null) {
      await progress.flush();
      await forgetRun(store.db, run);
      return 'done';
    }
    return await end({ state: 'done', output: output ?? {} });
  } catch (error) {
    const why = signal.aborted ? (signal.reason as JobStopped).why : undefined;
    // An error that came first, or instead of the stop, is still an error: only the abort itself counts as one.
    if (why === 'cancelled') return end({ state: 'cancelled', error: asError(fail('VIN_JOB_CANCELLED')) });
    if (why === 'stopping') return end({ state: 'waiting' });
    if (why === 'lost') return 'waiting';

    const left = (definition.retries ?? 0) - row.failures;
    const mayPass = !(error instanceof VinculoError && error.status < 500);
    if (left > 0 && mayPass) {
      log.warn({ err: error, job: row.id, name: row.name, attempt: row.attempt }, 'A job failed and will be tried again');
      return end({ state: 'waiting', failed: true, error: asError(error), againInSeconds: Math.min(2 ** row.failures, 300) });
    }
    log.error({ err: error, job: row.id, name: row.name, attempt: row.attempt }, 'A job failed');
    return end({ state: 'failed', failed: true, error: asError(error) });
  }
}

function asError(error: unknown): NonNullable<JobRun['error']> {
  if (error instanceof VinculoError) return { code: error.code, message: error.message, params: error.params };
  return { code: 'VIN_JOB_FAILED', message: error instanceof Error ? error.message : String(error) };
}

function asActor({ actor }: Row): Actor {
  return actor.kind === 'system' ? SYSTEM : { ...actor, permissions: new Set(actor.permissions) };
}
