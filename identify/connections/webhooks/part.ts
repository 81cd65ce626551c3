// Outgoing webhooks: other systems are told what happens to customers.
import type { FeaturePart } from '@vinculo/http';
import type { JobDefinition } from '@vinculo/jobs';
import { sql } from 'kysely';
import { forgetOldDeliveries } from './deliveries.ts';
import { noteHandlers } from './note-events.ts';
import { routes } from './routes.ts';
import { startSender } from './start-sender.ts';
import type { ConnectionSources } from './sources.ts';

export const webhooks = (sources: ConnectionSources): FeaturePart => ({
  routes: (app, context) => routes(app, context, sources),
  handlers: () => noteHandlers(sources),
  async start(context) {
    if (!context.config.roles.includes('worker')) return;
    return startSender(context, sources);
  },
  jobs: (context): JobDefinition<never>[] => [
    {
      name: 'webhook.forget',
      schedule: '40 3 * * *',
      passing: true,
      async run() {
        const forgotten = await forgetOldDeliveries(context.store);
        return forgotten > 0 ? { forgotten } : null;
      },
    },
  ],
  gauges: ({ store }) => [
    {
      name: 'vinculo_webhook_messages',
      help: 'Messages of outgoing webhooks that wait, and those given up',
      labels: ['state'],
      async read() {
        const { rows } = await sql<{ state: string; n: number }>`
          select state, count(*) as n from webhook_delivery where state <> 'delivered' group by state`.execute(store.db);
        return ['waiting', 'dead'].map((state) => ({ labels: { state }, value: rows.find((row) => row.state === state)?.n ?? 0 }));
      },
    },
  ],
});
