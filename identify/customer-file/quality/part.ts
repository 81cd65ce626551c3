// What this part of the customer file brings to the server. Composed in ../index.ts.
import type { Context, EventHandler, FeaturePart } from '@vinculo/http';
import { SYSTEM } from '@vinculo/postgres';
import { jobs } from './jobs.ts';
import { neverMeasured } from './quality-snapshot.ts';
import { routes } from './routes.ts';

function measureAgain(context: Context): EventHandler {
  return async (_, tx) => void (await context.jobs.enqueue('quality.measure', {}, { actor: SYSTEM, tx, key: 'quality.measure' }));
}

export const part: FeaturePart = {
  routes,
  jobs,
  handlers: (context) => ({ 'customers.unified': measureAgain(context) }),
  async start(context) {
    // A file from before quality was kept by day need not wait for the night.
    if (await neverMeasured(context)) await context.jobs.enqueue('quality.measure', {}, { actor: SYSTEM, key: 'quality.measure' });
  },
};
