import type { FeaturePart } from '@vinculo/http';
import { loaderFigures, startLoader } from './loader.ts';
import { routes } from './routes.ts';

export const part: FeaturePart = {
  routes,
  async start(context) {
    if (context.config.roles.includes('worker')) return startLoader(context);
  },
  gauges: (context) => [
    {
      name: 'vinculo_events_loaded',
      help: 'Events this process took in since it started',
      read: async () => [{ value: loaderFigures(context).loaded }],
    },
    {
      name: 'vinculo_events_rejected',
      help: 'Events this process could not take in since it started',
      read: async () => [{ value: loaderFigures(context).rejected }],
    },
    {
      name: 'vinculo_events_round_milliseconds',
      help: 'How long the last round of the event loader took',
      read: async () => [{ value: loaderFigures(context).milliseconds }],
    },
  ],
};
