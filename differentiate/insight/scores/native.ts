// ClickHouse's Native format: blocks of rows, column by column, as the engine itself holds them. For millions of rows between the
// engine and typed arrays, where rows one by one would cost more than the question.
// Source: https://clickhouse.com/docs/interfaces/formats/Native. Only columns of one width are read; any may be written.

/** A column of one width, its values side by side; a UUID is sixteen bytes, its two halves each little end first. */
export type NativeColumn =
  | Uint8Array<ArrayBuffer>
  | Uint16Array<ArrayBuffer>
  | Uint32Array<ArrayBuffer>
  | Float32Array<ArrayBuffer>
  | Float64Array<ArrayBuffer>;

const KINDS: Readonly<Record<string, new (buffer: ArrayBuffer) => NativeColumn>> = {
  UInt8: Uint8Array,
  UUID: Uint8Array,
  UInt16: Uint16Array,
  Date: Uint16Array,
  UInt32: Uint32Array,
  Float32: Float32Array,
  Float64: Float64Array,
};
const WIDTH: Readonly<Record<string, number>> = { UInt8: 1, UUID: 16, UInt16: 2, Date: 2, UInt32: 4, Float32: 4, Float64: 8 };

/**
 * Reads an answer in Native, which may be cut anywhere, and calls `found` for each block with rows: the columns in the order of the
 * query, in memory of their own.
 *
 * @returns takes the next piece of the answer; throws RangeError for a type of no fixed width.
 */
export function nativeBlocks(found: (rows: number, columns: NativeColumn[]) => void): (piece: Uint8Array) => void {
  let rest: Buffer = Buffer.alloc(0);
  return (piece) => {
    let bytes = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
    if (rest.length > 0) bytes = Buffer.concat([rest, bytes]);
    let at = 0;
    for (let next = block(bytes, at); next; next = block(bytes, at)) {
      at = next.end;
      if (next.rows > 0) found(next.rows, next.columns);
    }
    rest = Buffer.from(bytes.subarray(at));
  };
}

/** Reads numbers and words one after another; at the end of what has come, `at` is beyond it. */
function cursor(bytes: Buffer, from: number) {
  const read = {
    at: from,
    number(): number {
      let value = 0;
      for (let unit = 1; read.at < bytes.length; unit *= 128) {
        const byte = bytes[read.at++]!;
        value += (byte & 127) * unit;
        if (byte < 128) return value;
      }
      read.at = bytes.length + 1;
      return 0;
    },
    word(): string {
      const length = read.number();
      const text = bytes.toString('latin1', read.at, read.at + length);
      read.at += length;
      return text;
    },
  };
  return read;
}

/** The block that begins there, if all of it has come. */
function block(bytes: Buffer, from: number): { rows: number; columns: NativeColumn[]; end: number } | undefined {
  const read = cursor(bytes, from);
  const count = read.number();
  const rows = read.number();
  const columns: NativeColumn[] = [];
  for (let column = 0; column < count; column++) {
    read.word();
    const type = read.word();
    if (read.at > bytes.length) return undefined;
    const width = WIDTH[type];
    if (width === undefined) throw new RangeError(`A column of ${type} has no fixed width.`);
    const end = read.at + rows * width;
    if (end > bytes.length) return undefined;
    const own = new Uint8Array(rows * width);
    own.set(bytes.subarray(read.at, end));
    columns.push(new KINDS[type]!(own.buffer));
    read.at = end;
  }
  return read.at > bytes.length ? undefined : { rows, columns, end: read.at };
}

/** A column to be written: its name, its type, and the bytes of its values as Native has them. */
export type NativePart = readonly [name: string, type: string, values: ArrayBufferView];

/** A block of so many rows, for an insert in Native. The engine casts each column to the type the table has. */
export function nativeBlock(rows: number, parts: readonly NativePart[]): Uint8Array<ArrayBuffer> {
  const pieces: Uint8Array[] = [Uint8Array.from([...varint(parts.length), ...varint(rows)])];
  for (const [name, type, values] of parts) {
    const [named, typed] = [Buffer.from(name), Buffer.from(type)];
    pieces.push(Uint8Array.from([...varint(named.length), ...named, ...varint(typed.length), ...typed]));
    pieces.push(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  }
  const block = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    block.set(piece, at);
    at += piece.length;
  }
  return block;
}

function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
  return [...bytes, rest];
}

/** The type of a column that holds places in a list of names, from 0, a byte each; in a column of text the engine puts the names back. */
export function nativeEnum(names: readonly string[]): string {
  // Beyond 127 the same byte is a number below zero.
  const numbered = names.map((name, i) => `'${name.replaceAll(/['\\]/g, '\\$&')}' = ${i < 128 ? i : i - 256}`);
  return `Enum8(${numbered.join(', ')})`;
}
