import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { gunzip as gunzipCallback } from 'node:zlib';
import { fail } from '@vinculo/errors';
import { tooLarge } from './envelope.ts';

const gunzip = promisify(gunzipCallback);
/** Somebody who needs longer for half a megabyte is holding our memory, not sending. */
const PATIENCE_MS = 30_000;

export interface BodyLimits {
  /** Bytes of JSON. */
  limit: number;
  /** Told of every piece before it is kept. It may refuse by throwing. */
  hold(bytes: number): void;
}

/**
 * The whole body of a request, never more than its limit: what is larger is refused before or while it is read, a gzip bomb while it
 * is opened. What is left of a refused body is let run past, so that its sender can read why.
 *
 * @param headers - of the request: its length and encoding.
 * @throws VIN_EVENT_TOO_LARGE, VIN_EVENT_ENCODING, VIN_EVENT_CUT_OFF, and whatever `hold` throws.
 */
export async function readBody(
  stream: Readable | undefined,
  headers: { 'content-length'?: string; 'content-encoding'?: string },
  { limit, hold }: BodyLimits,
): Promise<Buffer> {
  const encoding = (headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  if (!['identity', '', 'gzip', 'x-gzip'].includes(encoding)) throw fail('VIN_EVENT_ENCODING', { encoding });
  if (Number(headers['content-length'] ?? 0) > limit) throw tooLarge('body', limit);
  if (!stream) return Buffer.alloc(0);
  const sent = await received(stream, { limit, hold });
  return withoutMark(encoding.endsWith('gzip') ? await opened(sent, { limit, hold }) : sent);
}

function received(stream: Readable, { limit, hold }: BodyLimits): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    let over = false;
    const late = setTimeout(() => refuse(fail('VIN_EVENT_CUT_OFF')), PATIENCE_MS);
    function take(chunk: Buffer): void {
      length += chunk.length;
      try {
        if (length > limit) throw tooLarge('body', limit);
        hold(chunk.length);
        chunks.push(chunk);
      } catch (error) {
        refuse(error);
      }
    }
    function refuse(error: unknown): void {
      over = true;
      clearTimeout(late);
      stream.off('data', take).resume();
      reject(error);
    }
    stream.on('data', take);
    stream.once('error', (cause) => over || refuse(fail('VIN_EVENT_CUT_OFF', {}, cause)));
    stream.once('close', () => over || refuse(fail('VIN_EVENT_CUT_OFF')));
    stream.once('end', () => {
      over = true;
      clearTimeout(late);
      resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks, length));
    });
  });
}

async function opened(sent: Buffer, { limit, hold }: BodyLimits): Promise<Buffer> {
  let body: Buffer;
  try {
    body = await gunzip(sent, { maxOutputLength: limit });
  } catch (error) {
    if ((error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge('body', limit);
    throw fail('VIN_EVENT_ENCODING', { encoding: 'gzip' }, error);
  }
  hold(body.length);
  return body;
}

/** Without the byte order mark that some systems put before their JSON. */
function withoutMark(body: Buffer): Buffer {
  return body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf ? body.subarray(3) : body;
}
