// What money brings to the server: costs, profit and value models. Composed in ../index.ts.
import type { Context, FeaturePart } from '@vinculo/http';
import { routes } from './routes.ts';

/** New prices or formulas make every score anew. One waiting run is enough for any number of changes. */
const rescore = (context: Context) => async () => {
  await context.jobs.enqueue('insight.score', {}, { key: 'insight.score' });
};

export const part: FeaturePart = {
  routes,
  handlers: (context) => ({
    'cost.changed': rescore(context),
    'value_model.changed': rescore(context),
    'value_model.removed': rescore(context),
    'value_model.restored': rescore(context),
  }),
};
