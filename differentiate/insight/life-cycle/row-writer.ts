/** Writes rows of the warehouse's RowBinary format into pieces of bytes. */
export function rowWriter(piece = 1 << 20) {
  let bytes = Buffer.allocUnsafe(piece);
  let at = 0;
  let before = 0;
  const full: Buffer<ArrayBuffer>[] = [];
  const room = (size: number) => {
    if (at + size <= bytes.length) return;
    full.push(bytes.subarray(0, at));
    before += at;
    bytes = Buffer.allocUnsafe(Math.max(piece, size));
    at = 0;
  };
  const writer = {
    bytes(source: Uint8Array, from: number, length: number) {
      room(length);
      for (let i = 0; i < length; i++) bytes[at++] = source[from + i]!;
    },
    uint8(value: number) {
      room(1);
      bytes[at++] = value;
    },
    uint16(value: number) {
      room(2);
      at = bytes.writeUInt16LE(value, at);
    },
    uint32(value: number) {
      room(4);
      at = bytes.writeUInt32LE(value, at);
    },
    float32(value: number) {
      room(4);
      at = bytes.writeFloatLE(value, at);
    },
    float64(value: number) {
      room(8);
      at = bytes.writeDoubleLE(value, at);
    },
    /** Text of letters, digits and signs below 128. */
    ascii(text: string) {
      writer.length(text.length);
      room(text.length);
      for (let i = 0; i < text.length; i++) bytes[at++] = text.charCodeAt(i);
    },
    /** Of a string or an array: seven bits a byte, lowest first. */
    length(value: number) {
      room(5);
      let rest = value;
      for (; rest > 127; rest = Math.floor(rest / 128)) bytes[at++] = (rest % 128) + 128;
      bytes[at++] = rest;
    },
    /** What was written since the last time, as bytes of their own. */
    take(): Uint8Array<ArrayBuffer> {
      const all = Buffer.concat([...full.splice(0), bytes.subarray(0, at)]);
      at = 0;
      before = 0;
      // A copy that owns its memory, so that it can be moved to another thread.
      return new Uint8Array(all);
    },
    get size() {
      return before + at;
    },
  };
  return writer;
}
