import type { Context, Feature } from '@vinculo/http';
import { routes } from './routes.ts';
import { scoreCustomers } from './score-customers.ts';

export { scoreCustomers, type ScoringFigures } from './score-customers.ts';
export { valueOverview } from './value-overview.ts';

/** A change of who is who changes whose purchases are whose. One waiting run is enough for any number of changes. */
const rescore = (context: Context) => async () => {
  await context.jobs.enqueue('insight.score', {}, { key: 'insight.score' });
};

export const feature: Feature = {
  name: 'insight',
  migrations: new URL('./migrations/', import.meta.url),
  warehouse: new URL('./warehouse/', import.meta.url),
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
  ],
  handlers: (context) => ({
    'customers.unified': rescore(context),
    'customer.merged': rescore(context),
    'customer.split': rescore(context),
    'customer.identity_undone': rescore(context),
  }),
};
