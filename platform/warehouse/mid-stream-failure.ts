import { pipeline, type Readable, Transform } from 'node:stream';
import { EXCEPTION_TAG_HEADER_NAME, extractErrorAtTheEndOfChunk, type ResponseHeaders } from '@clickhouse/client';

/**
 * The bytes of an answer, failing with what the engine says when its query fails in the middle: it then writes the
 * error behind the data, between marks announced in a header (25.11 and later), and cuts the connection.
 */
export function withoutFailure(answer: Readable, headers: ResponseHeaders): Readable {
  const tag = headers[EXCEPTION_TAG_HEADER_NAME];
  if (typeof tag !== 'string') return answer;
  const mark = Buffer.from(`${tag}\r\n__exception__\r\n`);
  const check = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      if (chunk.subarray(-mark.length).equals(mark)) done(extractErrorAtTheEndOfChunk(chunk, tag));
      else done(null, chunk);
    },
  });
  return pipeline(answer, check, () => {});
}
