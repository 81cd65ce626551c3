// Hand-back: other systems get lists of customers, with ids and scores, on a schedule.
import type { FeaturePart } from '@vinculo/http';
import type { JobDefinition } from '@vinculo/jobs';
import type { ConnectionSources } from '../webhooks/sources.ts';
import { askDue } from './ask-due.ts';
import { routes } from './routes.ts';
import { runHandBack } from './run-hand-back.ts';

export const handBack = (sources: ConnectionSources): FeaturePart => ({
  routes: (app, context) => routes(app, context, sources),
  jobs: (context): JobDefinition<never>[] => [
    { name: 'hand-back.due', schedule: '* * * * *', passing: true, run: () => askDue(context) },
    {
      name: 'hand-back.run',
      // One at a time: each reads a whole list, and the same one twice would write to the same place.
      exclusive: 'hand-back.run',
      retries: 2,
      run: ({ handBackId }: { handBackId: string }, job) => runHandBack(context, sources, handBackId, job),
    } as JobDefinition<{ handBackId: string }> as JobDefinition<never>,
  ],
});
