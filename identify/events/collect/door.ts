import { fail } from '@vinculo/errors';
import type { Context } from '@vinculo/http';
import type { z } from 'zod';
import type { DoorState } from '../api/collect.ts';
import { type Backlog, watchBacklog } from './backlog.ts';
import { type Arrival, type Inbox, openInbox } from './inbox.ts';
import { DOOR_LIMITS, type DoorLimits } from './limits.ts';

/** Why a request was turned away. */
export type Refusal = keyof z.infer<typeof DoorState>['refused'];

/** Seconds after which it is worth another try. The first is how long a statement takes, with room; the second how long a loader needs to get through a part of what waits. */
const RETRY_AFTER = { held: 1, waiting: 10 };

/** What a request keeps in the memory of this process until it is answered. */
export interface Hold {
  /** @throws VIN_EVENT_OVERLOAD: 429 */
  more(bytes: number): void;
  end(): void;
}

export interface Door {
  /** A request comes in. @throws VIN_EVENT_OVERLOAD: 429 */
  enter(): Hold;
  /** Resolves when it is committed. @throws VIN_POSTGRES_UNAVAILABLE: 503, it may or may not have been kept */
  keep(arrival: Arrival): Promise<void>;
  refused(why: Refusal): void;
  state(): Promise<z.infer<typeof DoorState>>;
  end(): void;
}

const ofContexts = new WeakMap<Context, Door>();

/** The door of this server: what goes through it is counted, and it closes for a while before memory or disk are full. */
export function doorOf(context: Context): Door {
  let door = ofContexts.get(context);
  if (!door) ofContexts.set(context, (door = openDoor(context, DOOR_LIMITS)));
  return door;
}

/** For tests, with other limits than {@link doorOf} has; takes its place. */
export function openDoor(context: Context, limits: DoorLimits): Door {
  ofContexts.get(context)?.end();
  const inbox: Inbox = openInbox(context.store);
  const backlog: Backlog = watchBacklog(context.store, (error) => context.log.warn({ err: error }, 'the inbox could not be looked at'));
  const held = { requests: 0, bytes: 0 };
  let accepted = 0;
  const refused: Record<Refusal, number> = { key: 0, origin: 0, size: 0, json: 0, envelope: 0, overload: 0 };

  const door: Door = {
    enter() {
      const waiting = backlog.estimate();
      if (waiting.events >= limits.waiting.events || waiting.bytes >= limits.waiting.bytes || waiting.requests >= limits.waiting.requests) {
        throw overload(RETRY_AFTER.waiting);
      }
      if (held.requests >= limits.held.requests || held.bytes >= limits.held.bytes) throw overload(RETRY_AFTER.held);
      held.requests++;
      let own = 0;
      let ended = false;
      return {
        more(bytes) {
          if (held.bytes + bytes > limits.held.bytes) throw overload(RETRY_AFTER.held);
          held.bytes += bytes;
          own += bytes;
        },
        end() {
          if (ended) return;
          ended = true;
          held.requests--;
          held.bytes -= own;
        },
      };
    },
    async keep(arrival) {
      try {
        await inbox.put(arrival);
      } catch (error) {
        throw fail('VIN_POSTGRES_UNAVAILABLE', { reason: (error as Error).message }, error);
      }
      backlog.add(arrival.events, arrival.body.length);
      accepted += arrival.events;
    },
    refused: (why) => void refused[why]++,
    async state() {
      const { events, bytes, oldest } = await backlog.look();
      return {
        waitingEvents: events,
        waitingBytes: bytes,
        oldestSeconds: oldest ? Math.max(0, (Date.now() - oldest.getTime()) / 1_000) : 0,
        accepted,
        refused: { ...refused },
      };
    },
    end: () => backlog.end(),
  };
  ofContexts.set(context, door);
  return door;
}

const overload = (seconds: number) => fail('VIN_EVENT_OVERLOAD', { seconds });
