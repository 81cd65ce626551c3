// Incoming webhooks: other systems tell of customers, orders and contacts.
import type { FeaturePart } from '@vinculo/http';
import type { JobDefinition } from '@vinculo/jobs';
import { sql } from 'kysely';
import { forgetOldMessages } from './messages.ts';
import { routes } from './routes.ts';
import { startReader } from './start-reader.ts';

export const part: FeaturePart = {
  routes,
  async start(context) {
    if (context.config.roles.includes('worker')) return startReader(context);
  },
  jobs: ({ store }): JobDefinition<never>[] => [
    {
      name: 'hook.forget',
      schedule: '45 3 * * *',
      passing: true,
      async run() {
        const forgotten = await forgetOldMessages(store);
        return forgotten > 0 ? { forgotten } : null;
      },
    },
  ],
  gauges: ({ store }) => [
    {
      name: 'vinculo_hook_messages',
      help: 'Messages of incoming webhooks that wait, and those rejected',
      labels: ['state'],
      async read() {
        const { rows } = await sql<{ state: string; n: number }>`
          select state, count(*) as n from hook_message where state in ('waiting', 'rejected') group by state`.execute(store.db);
        return ['waiting', 'rejected'].map((state) => ({ labels: { state }, value: rows.find((row) => row.state === state)?.n ?? 0 }));
      },
    },
  ],
};
