import { VinculoError } from '@vinculo/errors';
import type { Logger } from '@vinculo/config';
import type { Jobs } from '@vinculo/jobs';
import type { Actor } from '@vinculo/postgres';

/**
 * What a file sets off: new records want to be unified, and whatever came is scored. Calls, mailings and coupons are costs, signs of
 * loyalty and steps of the funnel as much as purchases are.
 */
export async function askForConsequences(
  jobs: Jobs,
  { importId, newRecords }: { importId: string; newRecords: boolean },
  actor: Actor,
  log: Logger,
): Promise<void> {
  if (newRecords) await ask(jobs, 'identity.unify', { scope: 'new', importId }, actor, log);
  await ask(jobs, 'insight.score', {}, actor, log);
}

/** One waiting at a time: each of them looks at everything that has come since the last. */
async function ask(jobs: Jobs, name: string, input: object, actor: Actor, log: Logger): Promise<void> {
  try {
    await jobs.enqueue(name, input, { actor, key: name });
  } catch (error) {
    // A server composed without that feature has nobody to do it, and the import is none the worse for it.
    if (!(error instanceof VinculoError) || error.code !== 'VIN_JOB_UNKNOWN') throw error;
    log.warn({ job: name }, 'No feature does this job');
  }
}
