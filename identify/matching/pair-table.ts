/**
 * Gives dense codes, from 1 on, to pairs of 32-bit numbers: an open-addressing table without objects, because
 * a Map of strings would cost more than everything that follows. An entry is three numbers side by side, so that finding one
 * is one visit to memory.
 */
export interface PairTable {
  /** Codes given so far; also the highest. */
  size: number;
  /** `entries[slot * 3 …]`: left, right, code; code 0 where free. */
  entries: Uint32Array;
  mask: number;
}

export function pairTable(expected = 1024): PairTable {
  let capacity = 1024;
  while (capacity < expected * 1.3) capacity *= 2;
  return { size: 0, entries: new Uint32Array(capacity * 3), mask: capacity - 1 };
}

/** The code of the pair, or 0. */
export function findPair({ entries, mask }: PairTable, left: number, right: number): number {
  for (let slot = hashPair(left, right) & mask; ; slot = (slot + 1) & mask) {
    const at = slot * 3;
    const code = entries[at + 2]!;
    if (code === 0 || (entries[at] === left && entries[at + 1] === right)) return code;
  }
}

/** The code of the pair, given now if it has none. */
export function addPair(table: PairTable, left: number, right: number): number {
  const { entries, mask } = table;
  let slot = hashPair(left, right) & mask;
  let at = slot * 3;
  while (entries[at + 2] !== 0) {
    if (entries[at] === left && entries[at + 1] === right) return entries[at + 2]!;
    slot = (slot + 1) & mask;
    at = slot * 3;
  }
  const code = ++table.size;
  entries[at] = left;
  entries[at + 1] = right;
  entries[at + 2] = code;
  if (code * 1.2 > mask) rehash(table);
  return code;
}

export function hashPair(left: number, right: number): number {
  let h = Math.imul(left, 0x9e3779b1) ^ Math.imul(right ^ (left >>> 15), 0x85ebca77);
  h = Math.imul(h ^ (h >>> 15), 0xc2b2ae3d);
  return (h ^ (h >>> 13)) >>> 0;
}

/** The two halves of every code. */
export function pairsByCode({ entries, size }: PairTable): { lefts: Uint32Array; rights: Uint32Array } {
  const lefts = new Uint32Array(size + 1);
  const rights = new Uint32Array(size + 1);
  for (let at = 0; at < entries.length; at += 3) {
    const code = entries[at + 2]!;
    if (code === 0) continue;
    lefts[code] = entries[at]!;
    rights[code] = entries[at + 1]!;
  }
  return { lefts, rights };
}

function rehash(table: PairTable): void {
  const { entries } = table;
  const larger = new Uint32Array(entries.length * 2);
  const mask = table.mask * 2 + 1;
  for (let from = 0; from < entries.length; from += 3) {
    if (entries[from + 2] === 0) continue;
    let slot = hashPair(entries[from]!, entries[from + 1]!) & mask;
    while (larger[slot * 3 + 2] !== 0) slot = (slot + 1) & mask;
    larger[slot * 3] = entries[from]!;
    larger[slot * 3 + 1] = entries[from + 1]!;
    larger[slot * 3 + 2] = entries[from + 2]!;
  }
  table.entries = larger;
  table.mask = mask;
}

/** A copy with twice the room. */
export function enlarged(array: Uint32Array): Uint32Array {
  const larger = new Uint32Array(Math.max(16, array.length * 2));
  larger.set(array);
  return larger;
}
