// What this part of the customer file brings to the server. Composed in ../index.ts.
import type { Context, EventHandler, FeaturePart } from '@vinculo/http';
import { SYSTEM } from '@vinculo/postgres';
import { jobs } from './jobs.ts';
import { awaitForming, changedByUnification } from './pending.ts';
import { routes } from './routes.ts';

/** Who lives together is looked at again after every change of who is who. */
function lookAgain(context: Context): EventHandler {
  return ({ subject, data }, tx) => {
    const many = Array.isArray(data.customers) ? (data.customers as unknown[]) : [];
    const ids = [subject.id, data.kept, data.gone, data.made, data.customer, data.other, ...many];
    return awaitForming(
      context,
      tx,
      ids.filter((id): id is string => typeof id === 'string'),
    );
  };
}

export const part: FeaturePart = {
  routes,
  jobs,
  handlers(context) {
    const again = lookAgain(context);
    return {
      'customers.unified': async ({ subject }, tx) => awaitForming(context, tx, await changedByUnification(tx, subject.id)),
      'customer.created': again,
      'customer.changed': again,
      'customer.edited': again,
      'customer.edit_undone': again,
      'customer.merged': again,
      'customer.split': again,
      'customer.identity_undone': again,
      'linkage.undone': async (_, tx) =>
        void (await context.jobs.enqueue('household.form', {}, { actor: SYSTEM, tx, key: 'household.form.all' })),
      'customers.scored': async (_, tx) =>
        void (await context.jobs.enqueue('household.value', {}, { actor: SYSTEM, tx, key: 'household.value' })),
    };
  },
};
