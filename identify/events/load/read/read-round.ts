// Everything a round brings, read: what can be taken in, and what cannot, with the reason.
import { recordId } from '@vinculo/postgres';
import { type OrderTold, readOrder } from '../orders/told.ts';
import { type Call, Faulty, type Incoming, type Rejection } from './call.ts';
import { openRequest, type Request } from './open-request.ts';
import { readCall } from './read-call.ts';
import { readVisit, type Visit } from './visit.ts';

export interface ReadEvent {
  call: Call;
  /** Of track, page and screen. */
  visit: Visit | undefined;
  order: OrderTold | undefined;
  /** False without consent: a statistic, of nobody. Until tieEvents has looked, too. */
  tied: boolean;
  /** The record of the person it names, and the device: tieEvents finds them. */
  record: string | undefined;
  device: string | undefined;
}

export interface ReadRound {
  events: ReadEvent[];
  rejected: Rejection[];
}

/**
 * Each message once: of those that came twice the first.
 *
 * @param currency where an event says none.
 */
export function readRound(requests: readonly Request[], originally: ReadonlyMap<string, number>, currency: string): ReadRound {
  const events = new Map<string, ReadEvent>();
  const rejected = new Map<string, Rejection>();
  for (const request of requests) {
    const { events: incoming, broken } = openRequest(request, originally);
    if (broken) rejected.set(errorId(broken.incoming), broken);
    for (const one of incoming) {
      const read = readOne(one, currency);
      if ('reason' in read) rejected.set(errorId(one), read);
      else if (!events.has(read.call.id)) events.set(read.call.id, read);
    }
  }
  return { events: [...events.values()], rejected: [...rejected.values()] };
}

/** The same rejected message is one, however often it comes. */
export const errorId = ({ sourceId, messageId, replays }: Incoming): string => replays ?? recordId(sourceId, `message:${messageId}`);

const LET_GO = Object.freeze({});

function readOne(incoming: Incoming, currency: string): ReadEvent | Rejection {
  try {
    const whole = readCall(incoming);
    const visits = whole.type === 'track' || whole.type === 'page' || whole.type === 'screen';
    const order = readOrder(whole);
    const visit = visits ? readVisit(whole, currency) : undefined;
    whole.properties = whole.context = LET_GO;
    return { call: whole, order, visit, tied: false, record: undefined, device: undefined };
  } catch (error) {
    if (error instanceof Faulty) return { incoming, ...error.fault };
    throw error;
  }
}
