// ClickHouse's Native format: blocks of rows, column by column, as the engine itself holds them. For millions of rows between the
// engine and a thread's typed arrays, by way of a file, where rows one by one would cost more than the question.
// Source: https://clickhouse.com/docs/interfaces/formats/Native. Only columns of one width are read; any may be written.
// Not a part of the warehouse's own face: a thread that reads columns would load the clients of both stores with it, a second each.

import { closeSync, openSync, readSync, writeSync } from 'node:fs';

/** A column of one width, its values side by side; a UUID is sixteen bytes, its two halves each little end first. */
export type NativeColumn =
  | Uint8Array<ArrayBuffer>
  | Uint16Array<ArrayBuffer>
  | Uint32Array<ArrayBuffer>
  | Float32Array<ArrayBuffer>
  | Float64Array<ArrayBuffer>;

const KINDS: Readonly<Record<string, { new (buffer: ArrayBuffer, at: number, length: number): NativeColumn; BYTES_PER_ELEMENT: number }>> =
  {
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
 * Reads a file in Native and calls `found` for each block with rows: the columns in the order of the query, in memory that the next
 * block is written over.
 *
 * @throws RangeError for a type of no fixed width, and where the file ends within a block.
 */
export function readNative(path: string, found: (rows: number, columns: NativeColumn[]) => void): void {
  const file = openSync(path, 'r');
  try {
    const read = reader(file);
    const room: ArrayBuffer[] = [];
    while (!read.ended()) {
      const [count, rows] = [read.number(), read.number()];
      const columns: NativeColumn[] = [];
      for (let column = 0; column < count; column++) {
        read.word();
        const type = read.word();
        const width = WIDTH[type];
        if (width === undefined) throw new RangeError(`A column of ${type} has no fixed width.`);
        const length = rows * width;
        if ((room[column]?.byteLength ?? -1) < length) room[column] = new ArrayBuffer(length);
        read.into(new Uint8Array(room[column]!, 0, length));
        columns.push(new KINDS[type]!(room[column]!, 0, length / KINDS[type]!.BYTES_PER_ELEMENT));
      }
      if (rows > 0) found(rows, columns);
    }
  } finally {
    closeSync(file);
  }
}

/** Reads numbers, words and bytes one after another. */
function reader(file: number) {
  const bytes = Buffer.allocUnsafe(64 * 1024);
  let [at, end] = [0, 0];
  const more = (): boolean => {
    [at, end] = [0, readSync(file, bytes)];
    return end > 0;
  };
  const needed = () => {
    if (at === end && !more()) throw new RangeError('The file ends within a block.');
  };
  const read = {
    ended: () => at === end && !more(),
    number(): number {
      let value = 0;
      for (let unit = 1; ; unit *= 128) {
        needed();
        const byte = bytes[at++]!;
        value += (byte & 127) * unit;
        if (byte < 128) return value;
      }
    },
    word(): string {
      const text = Buffer.alloc(read.number());
      read.into(text);
      return text.toString('latin1');
    },
    into(own: Uint8Array): void {
      let got = Math.min(own.length, end - at);
      own.set(bytes.subarray(at, at + got));
      at += got;
      while (got < own.length) {
        const next = readSync(file, own, got, own.length - got, null);
        if (next === 0) throw new RangeError('The file ends within a block.');
        got += next;
      }
    },
  };
  return read;
}

/** A column to be written: its name, its type, and the bytes of its values as Native has them. */
export type NativePart = readonly [name: string, type: string, values: ArrayBufferView];

/** Writes a block of so many rows, for an insert in Native. The engine casts each column to the type the table has. */
export function writeNative(file: number, rows: number, parts: readonly NativePart[]): void {
  const pieces: Uint8Array[] = [Uint8Array.from([...varint(parts.length), ...varint(rows)])];
  for (const [name, type, values] of parts) {
    const [named, typed] = [Buffer.from(name), Buffer.from(type)];
    pieces.push(Uint8Array.from([...varint(named.length), ...named, ...varint(typed.length), ...typed]));
    pieces.push(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  }
  for (const piece of pieces) writeWhole(file, piece);
}

/** A disk that is full writes a part, and says so with the next. */
function writeWhole(file: number, piece: Uint8Array): void {
  for (let at = 0; at < piece.length; ) at += writeSync(file, piece, at, piece.length - at);
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
