// Everything a round brings, read: what can be taken in, and what cannot, with the reason.
import { recordId } from '@vinculo/postgres';
import { breather } from '../breather.ts';
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
export async function readRound(
  requests: readonly Request[],
  originally: ReadonlyMap<string, number>,
  currency: string,
): Promise<ReadRound> {
  const events = new Map<string, ReadEvent>();
  const rejected = new Map<string, Rejection>();
  const breathe = breather();
  for (const request of requests) {
    const { events: incoming, broken } = openRequest(request, originally);
    if (broken) rejected.set(errorId(broken.incoming), broken);
    for (const one of incoming) {
      const read = readOne(one, currency);
      if ('reason' in read) rejected.set(errorId(one), read);
      else if (!events.has(read.call.id)) events.set(read.call.id, read);
      await breathe();
    }
  }
  return { events: [...events.values()], rejected: [...rejected.values()] };
}

/** The same rejected message is one, however often it comes. */
export const errorId = ({ sourceId, messageId, replays }: Incoming): string => replays ?? recordId(sourceId, `message:${messageId}`);

function readOne(incoming: Incoming, currency: string): ReadEvent | Rejection {
  try {
    const call = readCall(incoming);
    const visits = call.type === 'track' || call.type === 'page' || call.type === 'screen';
    return { call, order: readOrder(call), visit: visits ? readVisit(call, currency) : undefined };
  } catch (error) {
    if (error instanceof Faulty) return { incoming, ...error.fault };
    throw error;
  }
}
