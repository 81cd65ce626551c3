import type { EventHandler } from '@vinculo/postgres';
import type { Feature, Stop } from './feature.ts';

/** A feature may be made of parts of the same layout, each in a folder of its own. */
export type FeaturePart = Pick<Feature, 'routes' | 'jobs' | 'handlers' | 'gauges' | 'start'>;

/** The parts as one. Where several handle the same event, they do so in the order of the list and in one transaction. */
export function composed(parts: readonly FeaturePart[]): Required<FeaturePart> {
  return {
    async routes(app, context) {
      for (const part of parts) await part.routes?.(app, context);
    },
    async start(context) {
      const stops: Stop[] = [];
      for (const part of parts) {
        const stop = await part.start?.(context);
        if (stop) stops.unshift(stop);
      }
      return async () => {
        for (const stop of stops) await stop();
      };
    },
    jobs: (context) => parts.flatMap((part) => part.jobs?.(context) ?? []),
    gauges: (context) => parts.flatMap((part) => part.gauges?.(context) ?? []),
    handlers(context) {
      const all: Record<string, EventHandler> = {};
      for (const part of parts) {
        for (const [type, handle] of Object.entries(part.handlers?.(context) ?? {})) {
          const earlier = all[type];
          all[type] = earlier
            ? async (event, tx) => {
                await earlier(event, tx);
                await handle(event, tx);
              }
            : handle;
        }
      }
      return all;
    },
  };
}
