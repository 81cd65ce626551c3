/**
 * Gives dense codes, from 1 on, to pairs of 32-bit numbers: an open-addressing table without objects, because
 * a Map of strings would cost more than everything that follows.
 */
export interface PairTable {
  /** Codes given so far; also the highest. */
  size: number;
  slots: Int32Array;
  lefts: Uint32Array;
  rights: Uint32Array;
}

export function pairTable(expected = 1024): PairTable {
  let capacity = 1024;
  while (capacity < expected * 1.5) capacity *= 2;
  const room = Math.max(1024, Math.ceil(expected)) + 1;
  return { size: 0, slots: new Int32Array(capacity), lefts: new Uint32Array(room), rights: new Uint32Array(room) };
}

/** The code of the pair, or 0. */
export function findPair(table: PairTable, left: number, right: number): number {
  const { slots, lefts, rights } = table;
  const mask = slots.length - 1;
  for (let at = hashPair(left, right) & mask; ; at = (at + 1) & mask) {
    const code = slots[at]!;
    if (code === 0 || (lefts[code] === left && rights[code] === right)) return code;
  }
}

/** The code of the pair, given now if it has none. */
export function addPair(table: PairTable, left: number, right: number): number {
  const { slots, lefts, rights } = table;
  const mask = slots.length - 1;
  let at = hashPair(left, right) & mask;
  for (; ; at = (at + 1) & mask) {
    const code = slots[at]!;
    if (code === 0) break;
    if (lefts[code] === left && rights[code] === right) return code;
  }
  const code = ++table.size;
  if (code >= lefts.length) {
    table.lefts = enlarged(lefts);
    table.rights = enlarged(rights);
  }
  table.lefts[code] = left;
  table.rights[code] = right;
  slots[at] = code;
  if (code * 1.5 > slots.length) rehash(table);
  return code;
}

export function hashPair(left: number, right: number): number {
  let h = Math.imul(left, 0x9e3779b1) ^ Math.imul(right ^ (left >>> 15), 0x85ebca77);
  h = Math.imul(h ^ (h >>> 15), 0xc2b2ae3d);
  return (h ^ (h >>> 13)) >>> 0;
}

function rehash(table: PairTable): void {
  const slots = new Int32Array(table.slots.length * 2);
  const mask = slots.length - 1;
  for (let code = 1; code <= table.size; code++) {
    let at = hashPair(table.lefts[code]!, table.rights[code]!) & mask;
    while (slots[at] !== 0) at = (at + 1) & mask;
    slots[at] = code;
  }
  table.slots = slots;
}

/** A copy with twice the room. */
export function enlarged(array: Uint32Array): Uint32Array {
  const larger = new Uint32Array(Math.max(16, array.length * 2));
  larger.set(array);
  return larger;
}
