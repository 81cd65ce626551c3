import type { Feature } from '@vinculo/http';
import { z } from 'zod';
import { migrationsOf, type Stores } from './stores.ts';

const Migration = z.object({ store: z.enum(['postgres', 'warehouse']), name: z.string(), state: z.enum(['applied', 'waiting']) });

/** Where both stores are, from the process that has them open: the command line cannot look for itself while a server runs. */
export function migrationFeature(features: readonly Feature[], stores: Pick<Stores, 'store' | 'warehouse'>): Feature {
  return {
    name: 'migrations',
    routes(app) {
      app.get(
        '/api/v1/migrations',
        {
          config: { permission: 'settings.read' },
          schema: {
            tags: ['settings'],
            summary: 'Every migration of both stores, and whether it has been applied',
            response: { 200: z.object({ items: z.array(Migration) }) },
          },
        },
        async () => ({ items: await migrationsOf(stores, features) }),
      );
    },
  };
}
