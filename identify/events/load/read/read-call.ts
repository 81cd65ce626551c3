import { recordId } from '@vinculo/postgres';
import { preferencesOf } from '../consent/preferences.ts';
import { type CallType, Faulty, type Incoming, isObject, type Json, type WholeCall } from './call.ts';
import { occurredAt, readMoment } from './moment.ts';
import { specName } from './spec-names.ts';

const TYPES: ReadonlySet<string> = new Set(['identify', 'track', 'page', 'screen', 'group', 'alias']);
/** Of an id: what a source record's key may have, less what we put before it. */
const MOST_ID = 380;
/** What programs write when they have no id. */
const NO_IDS: ReadonlySet<string> = new Set(['', 'null', 'undefined', 'NaN', 'None', 'nil', 'false', '[object Object]', '0']);
const NOTHING: Json = Object.freeze({});

/**
 * Reads one event by the Segment spec.
 *
 * @throws Faulty with the reason and the place, where it cannot be taken in.
 */
export function readCall(incoming: Incoming): WholeCall {
  const { body, type, sourceId, messageId, receivedAt, sentAt } = incoming;
  if (body.value !== undefined && Object.keys(body).length === 1) throw new Faulty('not_an_object', '', body.value);
  if (!TYPES.has(type)) throw new Faulty('unknown_type', 'type', type);
  const context = objectOf(body.context) ?? NOTHING;
  const properties = part(body, 'properties', 'bad_properties');
  const traits = part(body, 'traits', 'bad_traits');
  const userId = readId(body, 'userId');
  const anonymousId = readId(body, 'anonymousId');
  if (userId === undefined && anonymousId === undefined) throw new Faulty('no_id', 'userId');
  const { at, clock } = occurredAt(receivedAt, sentAt, timestampOf(body));
  const call: WholeCall = {
    id: recordId(sourceId, `message:${messageId}`),
    sourceId,
    messageId,
    type: type as CallType,
    receivedAt,
    at,
    clock,
    userId,
    anonymousId,
    groupId: undefined,
    previousId: undefined,
    name: nameOf(type as CallType, body, properties),
    properties,
    traits: type === 'identify' || type === 'group' ? traits : NOTHING,
    context,
    preferences: preferencesOf(context),
    replays: incoming.replays,
  };
  if (type === 'group') {
    call.groupId = readId(body, 'groupId');
    if (call.groupId === undefined) throw new Faulty('no_group', 'groupId');
  }
  if (type === 'alias') {
    call.previousId = readId(body, 'previousId');
    if (call.previousId === undefined) throw new Faulty('no_previous_id', 'previousId');
    if (userId === undefined) throw new Faulty('no_id', 'userId');
    if (call.previousId === userId) throw new Faulty('same_id', 'previousId', call.previousId);
  }
  return call;
}

function readId(body: Json, field: string): string | undefined {
  const written = body[field];
  if (written === undefined || written === null) return undefined;
  const text = typeof written === 'string' ? written.trim() : typeof written === 'number' ? String(written) : '';
  if (NO_IDS.has(text)) return undefined;
  if (text.length > MOST_ID) throw new Faulty('long_id', field, text);
  return text;
}

function part(body: Json, field: 'properties' | 'traits', reason: 'bad_properties' | 'bad_traits'): Json {
  const written = body[field];
  if (written === undefined || written === null) return NOTHING;
  if (!isObject(written)) throw new Faulty(reason, field, written);
  return written;
}

const objectOf = (value: unknown): Json | undefined => (isObject(value) ? value : undefined);

function timestampOf(body: Json): number | undefined {
  // analytics.js of old wrote originalTimestamp; both are when it happened by the device's clock.
  const field = body.originalTimestamp === undefined || body.originalTimestamp === null ? 'timestamp' : 'originalTimestamp';
  const written = body[field];
  if (written === undefined || written === null || written === '') return undefined;
  const at = readMoment(written);
  if (at === undefined) throw new Faulty('bad_time', field, written);
  return at;
}

const MOST_NAME = 200;

function nameOf(type: CallType, body: Json, properties: Json): string {
  if (type === 'track') {
    const written = body.event;
    const name = typeof written === 'string' ? written.trim() : '';
    if (name === '') throw new Faulty('no_name', 'event', written);
    return specName(name.slice(0, MOST_NAME));
  }
  if (type !== 'page' && type !== 'screen') return '';
  for (const written of [body.name, properties.name, properties.title])
    if (typeof written === 'string' && written.trim() !== '') return written.trim().slice(0, MOST_NAME);
  return '';
}
