import { sharedUint32 } from './shared-memory.ts';
import type { Column } from './table.ts';

/**
 * Interns one column straight from bytes (UTF-8): each distinct value becomes a string once, at the end, so that a million rows
 * cost a hash of their bytes and no garbage. Code 0 is the empty value.
 */
export interface ByteInterner {
  readonly rows: number;
  /** Adds the value between `start` and `end` as the next row. */
  add(bytes: Uint8Array, start: number, end: number): void;
  /** The column; the interner is spent. */
  finish(): Column;
}

export function byteInterner(): ByteInterner {
  let rows = 0;
  let codes = new Uint32Array(4096);
  let distinct = 1;
  // `slots[2k]` is a code, 0 where free; `slots[2k + 1]` its value's hash: side by side, because most visits need both.
  let slots = new Int32Array(8192);
  let ends = new Uint32Array(2048); // end of each value in the arena; the end of the one before is its start
  let arena = new Uint8Array(16_384);
  let used = 0;

  function same(code: number, bytes: Uint8Array, start: number, end: number): boolean {
    let at = ends[code - 1]!;
    if (ends[code]! - at !== end - start) return false;
    for (let i = start; i < end; i++) if (arena[at++] !== bytes[i]) return false;
    return true;
  }

  function codeOf(bytes: Uint8Array, start: number, end: number): number {
    let hash = 0x811c9dc5 | 0;
    for (let i = start; i < end; i++) hash = Math.imul(hash ^ bytes[i]!, 0x01000193);
    hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
    hash ^= hash >>> 13;

    const mask = slots.length - 1;
    let at = (hash << 1) & mask;
    for (let code = slots[at]!; code !== 0; code = slots[at]!) {
      if (slots[at + 1] === hash && same(code, bytes, start, end)) return code;
      at = (at + 2) & mask;
    }
    const code = distinct++;
    if (code >= ends.length) ends = grown(ends);
    const length = end - start;
    if (used + length > arena.length) arena = grown(arena, used + length);
    for (let i = start, to = used; i < end; i++) arena[to++] = bytes[i]!;
    used += length;
    ends[code] = used;
    slots[at] = code;
    slots[at + 1] = hash;
    if (distinct * 3 > slots.length) rehash();
    return code;
  }

  function rehash(): void {
    const larger = new Int32Array(slots.length * 2);
    const mask = larger.length - 1;
    for (let from = 0; from < slots.length; from += 2) {
      if (slots[from] === 0) continue;
      let at = (slots[from + 1]! << 1) & mask;
      while (larger[at] !== 0) at = (at + 2) & mask;
      larger[at] = slots[from]!;
      larger[at + 1] = slots[from + 1]!;
    }
    slots = larger;
  }

  return {
    get rows() {
      return rows;
    },
    add(bytes, start, end) {
      if (rows === codes.length) codes = grown(codes);
      codes[rows++] = start === end ? 0 : codeOf(bytes, start, end);
    },
    finish() {
      slots = new Int32Array(0);
      const values = textsBetween(arena, ends, distinct);
      arena = new Uint8Array(0);
      const kept = sharedUint32(rows);
      kept.set(codes.subarray(0, rows));
      codes = new Uint32Array(0);
      return { codes: kept, values };
    },
  };
}

/** The texts whose UTF-8 bytes end at `ends[1]`, `ends[2]` …, each beginning where the one before ends; the first is empty. */
export function textsBetween(bytes: Uint8Array, ends: Uint32Array, count: number): string[] {
  const values = Array.from<string>({ length: count });
  values[0] = '';
  const decoder = new TextDecoder();
  const letters: number[] = [];
  for (let code = 1; code < count; code++) {
    const [start, end] = [ends[code - 1]!, ends[code]!];
    // A call of the decoder costs more than reading a short text letter by letter.
    letters.length = 0;
    let at = start;
    for (; at < end && bytes[at]! < 128 && letters.length < 64; at++) letters.push(bytes[at]!);
    values[code] = at === end ? String.fromCharCode.apply(null, letters) : decoder.decode(bytes.slice(start, end));
  }
  return values;
}

function grown<T extends Int32Array | Uint32Array | Uint8Array>(array: T, least = 0): T {
  const larger = new (array.constructor as new (length: number) => T)(Math.max(array.length * 2, least));
  larger.set(array);
  return larger;
}
