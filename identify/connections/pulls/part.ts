// What pulls bring to the server. Composed in ../index.ts.
import type { FeaturePart } from '@vinculo/http';
import { askDue, cleanConnections } from './due.ts';
import { routes } from './routes.ts';
import { runConnection } from './run-connection.ts';

/** Runs at once: each mostly waits, for another system or for its import. */
const AT_ONCE = 3;

export const part: FeaturePart = {
  routes,
  jobs: (context) => [
    {
      name: 'connection.run',
      concurrency: AT_ONCE,
      run: ({ connectionId }: { connectionId: string }, job) => runConnection(context, connectionId, job),
    },
    { name: 'connection.due', schedule: '* * * * *', exclusive: 'connection.due', passing: true, run: () => askDue(context) },
    { name: 'connection.clean', schedule: '50 3 * * *', run: () => cleanConnections(context) },
  ],
  gauges: ({ store }) => [
    {
      name: 'vinculo_connections_failing',
      help: 'Connections whose last run failed.',
      async read() {
        const { rows } = await store.pool.query<{ value: number }>(
          'select count(*)::int as value from connection where enabled and deleted_at is null and failures > 0',
        );
        return rows;
      },
    },
  ],
};
