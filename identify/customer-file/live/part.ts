// What this part of the customer file brings to the server. Composed in ../index.ts.
import type { Context, EventHandler, FeaturePart } from '@vinculo/http';
import { liveIndex } from './live-index.ts';
import { routes } from './routes.ts';
import { bringBack } from './withdraw-record.ts';

/** After a change elsewhere the index follows at once, so that the next who asks need not wait for it. */
function follow(context: Context): EventHandler {
  return async () => {
    liveIndex(context)
      .catchUp()
      .catch((error: unknown) => context.log.error({ err: error }, 'The live index could not follow'));
  };
}

const STATES = ['off', 'building', 'ready'] as const;

export const part: FeaturePart = {
  routes,
  gauges: (context) => [
    {
      name: 'vinculo_live_index_state',
      help: 'State of the live index of customers: 1 for the one it is in',
      labels: ['state'],
      async read() {
        const { state } = await liveIndex(context).state();
        return STATES.map((one) => ({ labels: { state: one }, value: one === state ? 1 : 0 }));
      },
    },
    {
      name: 'vinculo_live_index_records',
      help: 'Source records in the live index',
      read: async () => [{ value: (await liveIndex(context).state()).records }],
    },
    {
      name: 'vinculo_live_index_megabytes',
      help: 'Memory of the thread of the live index',
      read: async () => [{ value: (await liveIndex(context).state()).megabytes }],
    },
    {
      name: 'vinculo_live_index_link_milliseconds',
      help: 'Time to link one change, over the last thousand',
      labels: ['quantile'],
      async read() {
        const { median, p99 } = await liveIndex(context).state();
        return [['0.5', median] as const, ['0.99', p99] as const].flatMap(([quantile, value]) =>
          value === null ? [] : [{ labels: { quantile }, value }],
        );
      },
    },
  ],
  handlers: (context) => ({
    'customers.unified': async (event, tx) => {
      await bringBack(tx);
      await follow(context)(event, tx);
    },
    'customer.merged': follow(context),
    'customer.split': follow(context),
    'customer.identity_undone': follow(context),
  }),
};
