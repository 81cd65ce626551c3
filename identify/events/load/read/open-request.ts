// One row of the inbox, opened: the events a request brought.
import { cleaned, mayNeedCleaning } from './clean-text.ts';
import { type Incoming, isObject, type Json, type Rejection } from './call.ts';
import { readMoment } from './moment.ts';

/** A row of `inbox`. */
export interface Request {
  id: number;
  source_id: string;
  type: string;
  received_at: Date;
  body: Buffer;
  replay: string[] | null;
}

/**
 * The events of a request, in their order. Context of a batch is context of each of its events. A message without an id gets one
 * of its place in the inbox, the same however often it is read.
 *
 * @param originally when a rejected event that comes again first came, milliseconds since 1970, by its id.
 */
export function openRequest(row: Request, originally: ReadonlyMap<string, number>): { events: Incoming[]; broken?: Rejection } {
  let told: unknown;
  try {
    told = JSON.parse(row.body.toString());
  } catch {
    told = undefined;
  }
  if (!isObject(told)) return { events: [], broken: brokenRequest(row) };
  if (mayNeedCleaning(row.body)) told = cleaned(told);
  const request = told as Json;
  const bodies = row.type === 'batch' ? (Array.isArray(request.batch) ? request.batch : []) : [request];
  const shared = row.type === 'batch' && isObject(request.context) ? request.context : undefined;
  const sentAt = readMoment(request.sentAt);
  const events = bodies.map((body: unknown, n): Incoming => {
    const event = isObject(body) ? body : { value: body };
    const replays = row.replay?.[n];
    if (shared) event.context = isObject(event.context) ? { ...shared, ...event.context } : shared;
    return {
      sourceId: row.source_id,
      messageId: idOf(event) ?? `${row.id}-${n}`,
      type: row.type === 'batch' ? String(event.type ?? '').toLowerCase() : row.type,
      body: event,
      receivedAt: (replays && originally.get(replays)) || row.received_at.getTime(),
      sentAt: (row.type === 'batch' ? readMoment(event.sentAt) : undefined) ?? sentAt,
      replays,
    };
  });
  return { events };
}

function idOf({ messageId }: Json): string | undefined {
  if (typeof messageId === 'number') return String(messageId);
  return typeof messageId === 'string' && messageId !== '' ? messageId.slice(0, MOST_ID) : undefined;
}
const MOST_ID = 200;

function brokenRequest(row: Request): Rejection {
  const text = cleaned(row.body.subarray(0, 2_000).toString());
  return {
    incoming: {
      sourceId: row.source_id,
      messageId: String(row.id),
      type: row.type,
      body: { text },
      receivedAt: row.received_at.getTime(),
      sentAt: undefined,
      replays: undefined,
    },
    reason: 'not_json',
    field: '',
    value: text.slice(0, 200),
  };
}
