// What this part of the customer file brings to the server. Composed in ../index.ts.
import type { Context, EventHandler } from '@vinculo/http';
import type { FeaturePart } from '../index.ts';
import { liveIndex } from './live-index.ts';
import { routes } from './routes.ts';

/** After a change elsewhere the index follows at once, so that the next who asks need not wait for it. */
function follow(context: Context): EventHandler {
  return async () => {
    liveIndex(context)
      .catchUp()
      .catch((error: unknown) => context.log.error({ err: error }, 'The live index could not follow'));
  };
}

export const part: FeaturePart = {
  routes,
  handlers: (context) => ({
    'customers.unified': follow(context),
    'customer.merged': follow(context),
    'customer.split': follow(context),
    'customer.identity_undone': follow(context),
  }),
};
