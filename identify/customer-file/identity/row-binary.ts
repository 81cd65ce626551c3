/**
 * Cuts a stream of ClickHouse's RowBinary into rows without making an object or a string: the caller gets the bytes
 * and where each field of the row starts and ends in them.
 *
 * `uuid` is 16 bytes as the warehouse writes them (two little-endian halves, see {@link uuidBytes}), `uint64` 8
 * little-endian bytes, `string` the UTF-8 bytes without their length.
 */
export type RowBinaryField = 'uuid' | 'uint64' | 'string';

/** `bounds[2 × n]` and `bounds[2 × n + 1]` are the start and the end of field n in `bytes`; valid until the next row. */
export type OnRow = (bytes: Buffer, bounds: Int32Array) => void;

export function rowBinaryReader(fields: readonly RowBinaryField[], onRow: OnRow) {
  const bounds = new Int32Array(fields.length * 2);
  let rest: Buffer | undefined;

  /** Where the row that starts at `from` ends, or -1 when the bytes end first. */
  function measure(bytes: Buffer, from: number): number {
    let at = from;
    for (let n = 0; n < fields.length; n++) {
      let length = 16;
      if (fields[n] === 'uint64') length = 8;
      else if (fields[n] === 'string') {
        length = 0;
        let shift = 0;
        for (;;) {
          if (at >= bytes.length) return -1;
          const byte = bytes[at++]!;
          length |= (byte & 127) << shift;
          if (byte < 128) break;
          shift += 7;
        }
      }
      bounds[n * 2] = at;
      at += length;
      if (at > bytes.length) return -1;
      bounds[n * 2 + 1] = at;
    }
    return at;
  }

  return {
    push(chunk: Uint8Array): void {
      const fresh = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
      const bytes = rest ? Buffer.concat([rest, fresh]) : fresh;
      let at = 0;
      while (at < bytes.length) {
        const end = measure(bytes, at);
        if (end < 0) break;
        onRow(bytes, bounds);
        at = end;
      }
      rest = at < bytes.length ? Buffer.from(bytes.subarray(at)) : undefined;
    },
    /** @throws Error when the stream stopped in the middle of a row. */
    end(): void {
      if (rest) throw new Error(`The warehouse stopped in the middle of a row: ${rest.length} bytes are left`);
    },
  };
}

/** Writes the 16 bytes of a RowBinary UUID at `from` into `into` in the order people read them. */
export function uuidBytes(bytes: Uint8Array, from: number, into: Uint8Array, at: number): void {
  for (let i = 0; i < 8; i++) {
    into[at + i] = bytes[from + 7 - i]!;
    into[at + 8 + i] = bytes[from + 15 - i]!;
  }
}
