import type { Column } from '@vinculo/matching';

/**
 * Interns one column straight from bytes: each distinct value becomes a string once, at the end, so a million rows
 * cost a hash of their bytes and no garbage. Code 0 is the empty value.
 */
export interface ValueInterner {
  /** Adds the value between `start` and `end` as the next row. */
  add(bytes: Uint8Array, start: number, end: number): void;
  /** The column, and the interner is spent. */
  finish(): Column;
}

export function valueInterner(): ValueInterner {
  let rows = 0;
  let codes = new Uint32Array(4096);
  let distinct = 1;
  let slots = new Int32Array(4096);
  let hashes = new Int32Array(2048);
  let ends = new Uint32Array(2048); // end of each value in the arena; the end of the one before is its start
  let ascii = new Uint8Array(2048);
  let arena = Buffer.allocUnsafe(16_384);
  let used = 0;

  function same(code: number, bytes: Uint8Array, start: number, end: number): boolean {
    let at = ends[code - 1]!;
    if (ends[code]! - at !== end - start) return false;
    for (let i = start; i < end; i++) if (arena[at++] !== bytes[i]) return false;
    return true;
  }

  function codeOf(bytes: Uint8Array, start: number, end: number): number {
    let hash = 0x811c9dc5 | 0;
    let any = 0;
    for (let i = start; i < end; i++) {
      const byte = bytes[i]!;
      any |= byte;
      hash = Math.imul(hash ^ byte, 0x01000193);
    }
    hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
    hash ^= hash >>> 13;

    const mask = slots.length - 1;
    let at = hash & mask;
    for (let code = slots[at]!; code !== 0; code = slots[at]!) {
      if (hashes[code] === hash && same(code, bytes, start, end)) return code;
      at = (at + 1) & mask;
    }

    const code = distinct++;
    if (code >= ends.length) {
      hashes = grown(hashes);
      ends = grown(ends);
      ascii = grown(ascii);
    }
    const length = end - start;
    if (used + length > arena.length) {
      const larger = Buffer.allocUnsafe(Math.max(arena.length * 2, used + length));
      arena.copy(larger, 0, 0, used);
      arena = larger;
    }
    arena.set(bytes.subarray(start, end), used);
    used += length;
    hashes[code] = hash;
    ends[code] = used;
    ascii[code] = any < 128 ? 1 : 0;
    slots[at] = code;
    if (distinct * 2 > slots.length) rehash();
    return code;
  }

  function rehash(): void {
    slots = new Int32Array(slots.length * 2);
    const mask = slots.length - 1;
    for (let code = 1; code < distinct; code++) {
      let at = hashes[code]! & mask;
      while (slots[at] !== 0) at = (at + 1) & mask;
      slots[at] = code;
    }
  }

  return {
    add(bytes, start, end) {
      if (rows === codes.length) codes = grown(codes);
      codes[rows++] = start === end ? 0 : codeOf(bytes, start, end);
    },
    finish() {
      const values = Array.from<string>({ length: distinct });
      values[0] = '';
      for (let code = 1; code < distinct; code++) {
        values[code] = arena.toString(ascii[code] ? 'latin1' : 'utf8', ends[code - 1]!, ends[code]!);
      }
      slots = new Int32Array(0);
      arena = Buffer.alloc(0);
      return { codes: codes.slice(0, rows), values };
    },
  };
}

function grown<T extends Int32Array | Uint32Array | Uint8Array>(array: T): T {
  const larger = new (array.constructor as new (length: number) => T)(array.length * 2);
  larger.set(array);
  return larger;
}
