// One call of the Segment spec, read: who, what and when, before anybody knows whose it is.
import type { EventReason } from '../../api/load.ts';
import type { z } from 'zod';

export type CallType = 'identify' | 'track' | 'page' | 'screen' | 'group' | 'alias';

export type Json = Record<string, unknown>;

/** One event of the inbox, as it came. */
export interface Incoming {
  sourceId: string;
  messageId: string;
  type: string;
  body: Json;
  /** Milliseconds since 1970. */
  receivedAt: number;
  sentAt: number | undefined;
  /** The rejected event (event_error) it brings again. */
  replays: string | undefined;
}

export interface Call {
  /** Of source and messageId. */
  id: string;
  sourceId: string;
  messageId: string;
  type: CallType;
  receivedAt: number;
  /** Milliseconds since 1970, by our clock. */
  at: number;
  /** What their clock said, where it was too far off. */
  clock: string | undefined;
  userId: string | undefined;
  anonymousId: string | undefined;
  /** Of group and alias. */
  groupId: string | undefined;
  previousId: string | undefined;
  /** 'Product Viewed', the name of the page; '' where there is none. */
  name: string;
  /** Of identify and group. */
  traits: Json;
  /** By category whether they said yes; undefined where the event tells no preferences. */
  preferences: Record<string, boolean> | undefined;
  replays: string | undefined;
}

/** A call with the parts that are looked at once and then let go: a round holds thousands of calls. */
export interface WholeCall extends Call {
  properties: Json;
  context: Json;
}

/** Why an event cannot be taken in, and where in it. */
export interface Fault {
  reason: z.infer<typeof EventReason>;
  field: string;
  value: unknown;
}

export interface Rejection extends Fault {
  incoming: Incoming;
}

export class Faulty extends Error {
  readonly fault: Fault;
  constructor(reason: Fault['reason'], field: string, value: unknown = '') {
    super(reason);
    this.fault = { reason, field, value };
  }
}

export const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);
