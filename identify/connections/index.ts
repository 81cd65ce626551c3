import { composed, type Feature } from '@vinculo/http';
import { handBack } from './hand-back/part.ts';
import { part as hooks } from './hooks/part.ts';
import { part as pulls } from './pulls/part.ts';
import { webhooks } from './webhooks/part.ts';
import type { ConnectionSources } from './webhooks/sources.ts';

export type { FanOut, Told, WebhookEvent } from './webhooks/event-types.ts';
export type { Audience, ConnectionSources } from './webhooks/sources.ts';

/**
 * Data in and out on a schedule or at an event: pulls, webhooks in (hooks) and out, hand-back of customers and scores. What the
 * features to the right give is composed in apps/server/features.ts.
 */
export function connections(sources: ConnectionSources): Feature {
  return {
    name: 'connections',
    migrations: new URL('./migrations/', import.meta.url),
    ...composed([pulls, hooks, webhooks(sources), handBack(sources)]),
  };
}

/** Without lists kept elsewhere. */
export const feature: Feature = connections({});
