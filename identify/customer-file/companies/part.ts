// What this part of the customer file brings to the server. Composed in ../index.ts.
import type { Context, EventHandler, FeaturePart } from '@vinculo/http';
import type { JobDefinition } from '@vinculo/jobs';
import { SYSTEM } from '@vinculo/postgres';
import { readContacts } from './read-contacts.ts';
import { routes } from './routes.ts';

/** Who works where is read again when there may be new contacts: a change that says it is of none is passed over. */
function readAgain({ jobs }: Context): EventHandler {
  return async ({ data }, tx) =>
    data.contact === false ? undefined : void (await jobs.enqueue('company.contacts', {}, { actor: SYSTEM, tx, key: 'company.contacts' }));
}

export const part: FeaturePart = {
  routes,
  jobs(context) {
    const contacts: JobDefinition<object> = {
      name: 'company.contacts',
      exclusive: 'company.contacts',
      retries: 3,
      // Every unification asks for one; the nightly one is for contacts that changed without changing who is who.
      schedule: '50 2 * * *',
      run: (_, job) => readContacts(context, job),
    };
    return [contacts] as JobDefinition<never>[];
  },
  handlers(context) {
    const again = readAgain(context);
    return {
      'customers.unified': again,
      'customer.created': again,
      'customer.changed': again,
      'customer.edited': again,
      'customer.edit_undone': again,
    };
  },
};
