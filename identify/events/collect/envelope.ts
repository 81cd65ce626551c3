import { fail } from '@vinculo/errors';
import { REQUEST_LIMITS } from './limits.ts';
import { scanEnvelope } from './scan-envelope.ts';

/** The calls of the Segment spec. */
export type CallType = 'identify' | 'track' | 'page' | 'screen' | 'group' | 'alias' | 'batch';

export interface Envelope {
  writeKey: string | undefined;
  /** 0 for an empty batch. */
  events: number;
}

/**
 * Looks at what holds the events and at no event itself: what is wrong in one of them must not lose the others, so the loader
 * judges that.
 *
 * @throws VIN_EVENT_JSON, VIN_EVENT_ENVELOPE, VIN_EVENT_TOO_MANY, VIN_EVENT_TOO_LARGE: 400, with what and where.
 */
export function openEnvelope(type: CallType, body: Buffer): Envelope {
  return scanEnvelope(type, body) ?? readEnvelope(type, body);
}

/** The same at leisure and with words: for requests that are wrong, or right in an unusual way. */
export function readEnvelope(type: CallType, body: Buffer): Envelope {
  const told = parse(body);
  if (!isObject(told)) throw envelope('el cuerpo no es un objeto JSON', 'the body is not a JSON object');
  if (isDeeper(told, REQUEST_LIMITS.depth)) {
    throw envelope(`hay más de ${REQUEST_LIMITS.depth} niveles anidados`, `it is nested deeper than ${REQUEST_LIMITS.depth} levels`);
  }
  const writeKey = typeof told.writeKey === 'string' && told.writeKey !== '' ? told.writeKey : undefined;
  if (type !== 'batch') {
    refuseMessageId(told, 'messageId');
    return { writeKey, events: 1 };
  }

  const { batch } = told;
  if (!Array.isArray(batch)) throw envelope('«batch» no es una lista', '"batch" is not a list');
  if (batch.length > REQUEST_LIMITS.events) {
    throw fail('VIN_EVENT_TOO_MANY', { count: batch.length, limit: REQUEST_LIMITS.events });
  }
  for (const [n, event] of batch.entries()) {
    if (!isObject(event)) throw envelope(`batch[${n}] no es un objeto`, `batch[${n}] is not an object`);
    refuseMessageId(event, `batch[${n}].messageId`);
    if (Buffer.byteLength(JSON.stringify(event)) > REQUEST_LIMITS.call) throw tooLarge(`batch[${n}]`, REQUEST_LIMITS.call);
  }
  return { writeKey, events: batch.length };
}

/** 400, and not 413: Segment's libraries know that one as "do not send this again". */
export function tooLarge(what: string, limit: number) {
  return fail('VIN_EVENT_TOO_LARGE', { what, limit: `${limit / 1024} KB` });
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch (error) {
    throw fail('VIN_EVENT_JSON', { reason: (error as Error).message.slice(0, 200) });
  }
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => isDeeper(inner, levels - 1));
}

function refuseMessageId(event: Record<string, unknown>, where: string): void {
  const { messageId } = event;
  if (typeof messageId !== 'string' || messageId.length < REQUEST_LIMITS.messageId) return;
  throw envelope(
    `${where} tiene ${messageId.length} caracteres y debe tener menos de ${REQUEST_LIMITS.messageId}`,
    `${where} has ${messageId.length} characters and must have fewer than ${REQUEST_LIMITS.messageId}`,
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const envelope = (es: string, en: string) => fail('VIN_EVENT_ENVELOPE', { detail: { es, en } });
