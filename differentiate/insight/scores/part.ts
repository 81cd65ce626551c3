// What scoring brings to the server. Composed in ../index.ts.
import type { Context, FeaturePart } from '@vinculo/http';
import { followFacts } from './follow-facts.ts';
import { routes } from './routes.ts';
import { scoreCustomers } from './score-customers.ts';

/** A change of who is who changes whose purchases are whose. One waiting run is enough for any number of changes. */
const rescore = (context: Context) => async () => {
  await context.jobs.enqueue('insight.score', {}, { key: 'insight.score' });
};

export const part: FeaturePart = {
  routes,
  jobs: (context) => [
    {
      name: 'insight.score',
      retries: 3,
      schedule: '15 3 * * *',
      exclusive: 'insight.score',
      after: ['import.run', 'identity.unify'],
      run: (_input: Record<string, never>, job) => scoreCustomers(context, job),
    },
    {
      name: 'insight.follow',
      schedule: '* * * * *',
      exclusive: 'insight.follow',
      passing: true,
      run: () => followFacts(context),
    },
  ],
  handlers: (context) => ({
    'customers.unified': rescore(context),
    'customer.merged': rescore(context),
    'customer.split': rescore(context),
    'customer.identity_undone': rescore(context),
  }),
};
