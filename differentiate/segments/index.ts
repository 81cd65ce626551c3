// Segments by rule, always current; lists made by hand; mailing lists of people who are no customers yet.
import type { Feature } from '@vinculo/http';
import { type SegmentSources, segmentsOver } from './environment.ts';
import { begin, jobs } from './jobs.ts';
import { awaitRefresh, factsAdded, lookAgain } from './pending.ts';
import { routes } from './routes.ts';
import { TOUCHED } from './touched.ts';

export { audience } from './audience.ts';
export { askForProfiles, bringProfiles } from './bring-profiles.ts';
export type { SegmentField } from './fields.ts';
export type { SegmentSources } from './environment.ts';

/** Files of facts that move customers. */
const MOVING = new Set(['purchases', 'contacts', 'campaign_contacts', 'redemptions', 'consents']);

/**
 * Segments over the customer file, with the fields and tables that the features to the right give: apps/server/features.ts composes them.
 */
export function segments(sources: SegmentSources): Feature {
  return {
    name: 'segments',
    migrations: new URL('./migrations/', import.meta.url),
    warehouse: new URL('./warehouse/', import.meta.url),
    routes: (app, context) => routes(app, segmentsOver(context, sources)),
    jobs: (context) => jobs(segmentsOver(context, sources)),
    start: (context) => begin(segmentsOver(context, sources)),
    handlers(context) {
      const moving = Object.entries(TOUCHED).map(([type, touched]) => [type, lookAgain(context, touched)] as const);
      return {
        ...Object.fromEntries(moving),
        'facts.added': factsAdded(context),
        'customers.scored': ({ data, occurredAt }, tx) =>
          awaitRefresh(context, tx, { reason: 'scored', lines: typeof data.began === 'string' ? data.began : occurredAt.toISOString() }),
        'import.done': async ({ subject, data, occurredAt }, tx) => {
          const kind = String(data.kind);
          // What a file brings is in the warehouse before it is done.
          if (MOVING.has(kind))
            await context.jobs.enqueue('segment.facts', { importId: subject.id, kind, at: occurredAt.toISOString() }, { tx });
        },
      };
    },
  };
}

/** Segments alone, over profiles and facts. */
export const feature: Feature = segments({ fields: [] });
