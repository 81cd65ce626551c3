import type { Context } from '@vinculo/http';
import type { JobDefinition } from '@vinculo/jobs';
import { applyRelink } from './apply-relink.ts';
import { measureModels } from './measure-model.ts';
import { previewRelink } from './preview-relink.ts';
import { undoRelink } from './undo-relink.ts';

export function jobs(context: Context): JobDefinition<never>[] {
  const step = (name: string, work: typeof previewRelink | typeof applyRelink | typeof undoRelink): JobDefinition<{ id: string }> => ({
    name,
    // One at a time with unification: both hold the whole file in memory, and both write who is who.
    exclusive: 'identity',
    retries: 3,
    // What was previewed, applied and undone is kept with the change; the job only says how it went.
    run: async ({ id }, job) => summary(await work(context, id, job, job.actor)),
  });
  const measure: JobDefinition<object> = {
    name: 'linkage.measure',
    exclusive: 'identity',
    schedule: '40 3 * * *',
    run: async (_, job) => {
      const measured = await measureModels(context, job);
      return Object.fromEntries(Object.entries(measured).map(([kind, { records, newRecords }]) => [kind, { records, newRecords }]));
    },
  };
  return [
    step('linkage.preview', previewRelink),
    step('linkage.apply', applyRelink),
    step('linkage.undo', undoRelink),
    measure,
  ] as JobDefinition<never>[];
}

/** The counts alone: no samples in the list of jobs. */
function summary(result: object): object {
  return Object.fromEntries(Object.entries(result).filter(([, value]) => typeof value !== 'object'));
}
