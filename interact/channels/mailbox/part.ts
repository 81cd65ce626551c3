// Mailboxes that are read by IMAP, and what becomes of their mails. Composed in ../index.ts.
import type { FeaturePart } from '@vinculo/http';
import { sql } from 'kysely';
import { routes } from './routes.ts';
import { watchMailboxes } from './watch-mailboxes.ts';

export const part: FeaturePart = {
  routes,
  async start(context) {
    if (context.config.roles.includes('worker')) return watchMailboxes(context);
  },
  gauges: (context) => [
    {
      name: 'vinculo_mailboxes',
      help: 'Mailboxes that are read, by state',
      labels: ['state'],
      async read() {
        const { rows } = await sql<{ state: string; value: number }>`
          select state, count(*)::integer as value from mailbox where active and deleted_at is null group by state`.execute(
          context.store.db,
        );
        return rows.map(({ state, value }) => ({ labels: { state }, value }));
      },
    },
  ],
};
