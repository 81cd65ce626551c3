// ClickHouse's Native format: blocks of rows, column by column, as the engine itself holds them. For millions of rows between the
// engine and typed arrays, where rows one by one would cost more than the question.
// Source: https://clickhouse.com/docs/interfaces/formats/Native. Only columns of one width are read; any may be written.
// Not a part of the warehouse's own face: a thread that reads columns would load the clients of both stores with it, a second each.

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
 * @returns takes the next piece of the answer, whose bytes are not to be written over; throws RangeError for a type of no fixed width.
 */
export function nativeBlocks(found: (rows: number, columns: NativeColumn[]) => void): (piece: Uint8Array) => void {
  let pieces: Buffer[] = [];
  let size = 0;
  // Before so much has come there is no whole block: to put pieces together each time would copy the first of them again and again.
  let wanted = 1;
  return (piece) => {
    pieces.push(Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength));
    size += piece.byteLength;
    if (size < wanted) return;
    const bytes = pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces, size);
    let at = 0;
    let next = block(bytes, at);
    for (; 'columns' in next; next = block(bytes, at)) {
      at = next.end;
      if (next.rows > 0) found(next.rows, next.columns);
    }
    // A copy, so that all the rest of the bytes can go.
    const rest = Buffer.from(bytes.subarray(at));
    pieces = [rest];
    size = rest.length;
    wanted = next.end - at;
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

interface Block {
  rows: number;
  columns: NativeColumn[];
  end: number;
}

/** The block that begins there; where not all of it has come, up to where at least is needed. */
function block(bytes: Buffer, from: number): Block | { end: number } {
  const read = cursor(bytes, from);
  const count = read.number();
  const rows = read.number();
  const columns: NativeColumn[] = [];
  for (let column = 0; column < count; column++) {
    read.word();
    const type = read.word();
    if (read.at > bytes.length) return { end: read.at };
    const width = WIDTH[type];
    if (width === undefined) throw new RangeError(`A column of ${type} has no fixed width.`);
    const end = read.at + rows * width;
    if (end > bytes.length) return { end };
    const own = new Uint8Array(rows * width);
    own.set(bytes.subarray(read.at, end));
    columns.push(new KINDS[type]!(own.buffer));
    read.at = end;
  }
  return read.at > bytes.length ? { end: read.at } : { rows, columns, end: read.at };
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
