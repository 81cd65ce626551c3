// What this part of the customer file brings to the server. Composed in ../index.ts.
import type { Context, EventHandler, FeaturePart } from '@vinculo/http';
import { jobs } from './jobs.ts';
import { publishRecords } from './publish-identity.ts';
import { routes } from './routes.ts';

/** A change of identity tells the warehouse as soon as it is committed; this is for one whose process ended in between. */
function tellWarehouse(context: Context): EventHandler {
  return async ({ data }, tx) => {
    if (Array.isArray(data.records)) await publishRecords(context, data.records as string[], tx);
  };
}

export const part: FeaturePart = {
  routes,
  jobs,
  handlers: (context) => ({
    'customer.merged': tellWarehouse(context),
    'customer.split': tellWarehouse(context),
    'customer.identity_undone': tellWarehouse(context),
  }),
};
