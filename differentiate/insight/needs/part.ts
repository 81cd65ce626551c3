// What the groups of needs bring to the server. Composed in ../index.ts; their step of the scoring is in ../scores/steps.ts.
import type { FeaturePart } from '@vinculo/http';
import type { JobDefinition } from '@vinculo/jobs';
import { SYSTEM } from '@vinculo/postgres';
import { type FindNeeds, findNeeds } from './find-needs.ts';
import { findingInForce } from './finding-in-force.ts';
import { keepFinding } from './keep-finding.ts';
import { routes } from './routes.ts';
import { undoFinding } from './undo-finding.ts';

export const part: FeaturePart = {
  routes,
  jobs(context) {
    // All write what scoring writes, so they never run beside it.
    const find: JobDefinition<FindNeeds> = {
      name: 'needs.find',
      retries: 2,
      exclusive: 'insight.score',
      after: ['import.run', 'identity.unify', 'insight.score'],
      // Needs change slowly. Groups found by themselves are taken: they keep their ids and names where they can.
      schedule: '30 4 1 * *',
      run: (input, job) => findNeeds(context, input, job),
    };
    const keep: JobDefinition<{ id: string }> = {
      name: 'needs.keep',
      retries: 3,
      exclusive: 'insight.score',
      run: ({ id }, job) => keepFinding(context, id, job),
    };
    const undo: JobDefinition<{ id: string }> = {
      name: 'needs.undo',
      retries: 3,
      exclusive: 'insight.score',
      run: ({ id }, job) => undoFinding(context, id, job),
    };
    return [find, keep, undo] as JobDefinition<never>[];
  },
  handlers: (context) => ({
    // The first groups come by themselves, as soon as there are purchases enough.
    'customers.scored': async (_, tx) => {
      if (!(await findingInForce({ db: tx }))) await context.jobs.enqueue('needs.find', {}, { actor: SYSTEM, tx, key: 'needs.find' });
    },
  }),
};
