import type { FeaturePart } from '@vinculo/http';
import { SYSTEM } from '@vinculo/postgres';
import { warmReport } from './read-report.ts';
import { routes } from './routes.ts';

export const part: FeaturePart = {
  routes,
  jobs: (context) => [
    {
      name: 'report.warm',
      retries: 1,
      exclusive: 'report.warm',
      run: async (_input: Record<string, never>, job) => warmReport(context, job.signal),
    },
  ],
  handlers: (context) => ({
    'customers.scored': async (_event, tx) =>
      void (await context.jobs.enqueue('report.warm', {}, { actor: SYSTEM, tx, key: 'report.warm' })),
  }),
};
