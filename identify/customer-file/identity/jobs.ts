import type { Context } from '@vinculo/http';
import type { JobDefinition, JobHandle } from '@vinculo/jobs';
import { uploadUnderWay } from '../imports/uploads.ts';
import { unifyFew } from '../live/unify-few.ts';
import { customerImportsUnderWay } from './queries.ts';
import { rebuildGoldenRecords } from './rebuild-golden-records.ts';
import { type Unify, unify } from './unify.ts';

export function jobs(context: Context): JobDefinition<never>[] {
  const unification: JobDefinition<Partial<Unify>> = {
    name: 'identity.unify',
    exclusive: 'identity',
    retries: 3,
    // Every import asks for one; the nightly one is for what a crash in between left behind.
    schedule: '25 2 * * *',
    async run({ scope = 'new', ...input }, job) {
      if (scope === 'new') await lastImport(context, job);
      return (scope === 'new' ? await unifyFew(context, job) : undefined) ?? unify(context, { scope, ...input }, job);
    },
  };
  const rebuild: JobDefinition<object> = {
    name: 'identity.rebuild',
    exclusive: 'identity',
    retries: 3,
    run: (_, job) => rebuildGoldenRecords(context, job),
  };
  return [unification, rebuild] as JobDefinition<never>[];
}

const LOOK_MS = 200;
const QUIET_LOOKS = 5;

/** Files come in rows of several: one unification after the last is worth more than one after each. */
async function lastImport({ store }: Context, job: JobHandle): Promise<void> {
  for (let quiet = 0; quiet < QUIET_LOOKS; ) {
    job.signal.throwIfAborted();
    if (uploadUnderWay() || (await customerImportsUnderWay(store.db))) {
      quiet = 0;
      await job.progress({ done: 0, phase: 'waiting' });
    } else quiet++;
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}
