const NEWLINE = 10;

/** A buffer that grows as it is written. */
export function growing(size: number) {
  let buffer = Buffer.from(new ArrayBuffer(size));
  let length = 0;
  const room = (more: number) => {
    if (length + more <= buffer.length) return;
    const larger = Buffer.from(new ArrayBuffer(Math.max(buffer.length * 2, length + more)));
    buffer.copy(larger, 0, 0, length);
    buffer = larger;
  };
  return {
    row(row: number, separator: number) {
      room(24);
      let digits = 1;
      for (let n = row; n >= 10; n = Math.floor(n / 10)) digits++;
      for (let n = row, i = length + digits - 1; i >= length; i--, n = Math.floor(n / 10)) buffer[i] = 48 + (n % 10);
      length += digits;
      buffer[length++] = separator;
    },
    copy(from: Buffer, start: number, end: number) {
      room(end - start + 1);
      length += from.copy(buffer, length, start, end);
      if (buffer[length - 1] !== NEWLINE) buffer[length++] = NEWLINE;
    },
    text(text: string) {
      room(Buffer.byteLength(text));
      length += buffer.write(text, length);
    },
    done: (): Uint8Array<ArrayBuffer> => new Uint8Array(buffer.buffer as ArrayBuffer, 0, length),
  };
}
