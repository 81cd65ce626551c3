// What scoring brings to the server. Composed in ../index.ts.
import type { Context, EventHandler, FeaturePart } from '@vinculo/http';
import { followFacts } from './follow-facts.ts';
import { routes } from './routes.ts';
import { scoreCustomers } from './score-customers.ts';
import { forgetDue, noteDue } from './scoring-due.ts';

/** A change of who is who changes whose purchases are whose. One waiting run is enough for any number of changes. */
const rescore = (context: Context) => async () => {
  await context.jobs.enqueue('insight.score', {}, { key: 'insight.score' });
};

/** Somebody who merges two customers waits to see what they are worth together; what live linking does all day is scored with the rest. */
const rescoreSometime =
  (context: Context): EventHandler =>
  async ({ actor }, tx) => {
    if (actor.kind === 'user') await rescore(context)();
    else await noteDue(tx);
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
    'customer.merged': rescoreSometime(context),
    'customer.split': rescoreSometime(context),
    'customer.identity_undone': rescoreSometime(context),
    'customers.scored': async ({ data }, tx) => {
      if (typeof data.began === 'string') await forgetDue(tx, new Date(data.began));
    },
  }),
};
