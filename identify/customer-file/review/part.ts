// Doubtful pairs, and what people decide about them. Composed in ../index.ts.
import type { JobDefinition } from '@vinculo/jobs';
import type { FeaturePart } from '@vinculo/http';
import { routes } from './routes.ts';
import { decideBulk, undoBulk } from './run-bulk.ts';

export const part: FeaturePart = {
  routes,
  jobs: (context) => {
    const decide: JobDefinition<{ id: string }> = {
      name: 'review.decide-bulk',
      exclusive: 'review',
      retries: 3,
      run: (input, job) => decideBulk(context, input, job),
    };
    const undo: JobDefinition<{ id: string }> = {
      name: 'review.undo-bulk',
      exclusive: 'review',
      retries: 3,
      run: (input, job) => undoBulk(context, input, job),
    };
    return [decide, undo] as JobDefinition<never>[];
  },
};
