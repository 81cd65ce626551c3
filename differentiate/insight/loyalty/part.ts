// What loyalty brings to the server. Composed in ../index.ts; its step of the scoring is in ../scores/steps.ts.
import type { FeaturePart } from '@vinculo/http';
import { SYSTEM } from '@vinculo/postgres';
import { routes } from './routes.ts';
import { takeSnapshot } from './snapshot.ts';

export const part: FeaturePart = {
  routes,
  jobs: (context) => [
    {
      name: 'loyalty.overview',
      retries: 3,
      exclusive: 'loyalty.overview',
      run: async () => void (await takeSnapshot(context)),
    },
  ],
  handlers: (context) => ({
    'customers.scored': async (_, tx) =>
      void (await context.jobs.enqueue('loyalty.overview', {}, { actor: SYSTEM, tx, key: 'loyalty.overview' })),
  }),
};
