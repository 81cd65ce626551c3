// What features to the right give to this one: apps/server/features.ts composes them.
import type { Context } from '@vinculo/http';
import { OWN_EVENTS, type WebhookEvent } from './event-types.ts';

type Stores = Pick<Context, 'store' | 'warehouse'>;

/** Lists of customers kept elsewhere: segments. */
export interface Audience {
  /** How it is called; undefined when there is none of this id. */
  nameOf(stores: Stores, id: string): Promise<string | undefined>;
  /** Whoever is in it, page by page in the order of ids. */
  members(stores: Stores, id: string): AsyncIterable<readonly string[]>;
  /** Who came or went in one move, after that id, in the order of ids. */
  moved(stores: Stores, move: { id: string; batch: string; entered: boolean; after: string; limit: number }): Promise<string[]>;
}

export interface ConnectionSources {
  audience?: Audience;
  /** What else other systems can be told of. */
  events?: readonly WebhookEvent[];
}

/** Everything that can be told, here and by the features to the right. */
export const eventsOf = ({ events = [] }: ConnectionSources): readonly WebhookEvent[] => [...OWN_EVENTS, ...events];
export const typesOf = (sources: ConnectionSources): string[] => eventsOf(sources).flatMap(({ types }) => types);
