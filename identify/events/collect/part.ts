// What comes in from outside, and who may send it. Composed in ../index.ts.
import type { FeaturePart } from '@vinculo/http';
import { doorOf } from './door.ts';
import { eventRoutes } from './event-routes.ts';
import { writeKeyRoutes } from './write-key-routes.ts';

export const part: FeaturePart = {
  async routes(app, context) {
    writeKeyRoutes(app, context);
    await eventRoutes(app, context);
  },
  gauges: (context) => [
    {
      name: 'vinculo_inbox_events',
      help: 'Events acknowledged and not yet loaded',
      read: async () => [{ value: (await doorOf(context).state()).waitingEvents }],
    },
    {
      name: 'vinculo_inbox_oldest_seconds',
      help: 'How long the oldest of them has waited',
      read: async () => [{ value: (await doorOf(context).state()).oldestSeconds }],
    },
    {
      name: 'vinculo_events_accepted',
      help: 'Events acknowledged by this process since it started',
      read: async () => [{ value: (await doorOf(context).state()).accepted }],
    },
    {
      name: 'vinculo_event_requests_refused',
      help: 'Requests with events that this process refused since it started, by reason',
      labels: ['reason'],
      read: async () => Object.entries((await doorOf(context).state()).refused).map(([reason, value]) => ({ labels: { reason }, value })),
    },
  ],
};
