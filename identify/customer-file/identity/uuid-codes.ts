/** Dense codes, from 0 on, for UUIDs kept as 16 bytes each in one buffer: a million cost 16 MB and an open-addressing table. */
export interface UuidCodes {
  readonly size: number;
  /** The code of the UUID at `bytes[from]`, given now if it has none. */
  add(bytes: Uint8Array, from: number): number;
  /** The code of the UUID at `bytes[from]`, or -1. */
  find(bytes: Uint8Array, from: number): number;
  findText(uuid: string): number;
  addText(uuid: string): number;
  /** Lower-case, dashed. */
  text(code: number): string;
  /** The first 26 bits, as a number: sorts nearly as the UUIDs do. */
  head(code: number): number;
  /** Negative when the UUID of `a` sorts before that of `b`: for UUIDv7, when it is older. */
  compare(a: number, b: number): number;
  /** Negative when ClickHouse puts the UUID of `a` before that of `b`: it looks at the second half first. */
  compareInWarehouse(a: number, b: number): number;
}

export function uuidCodes(expected = 1024): UuidCodes {
  let size = 0;
  let bytes = Buffer.alloc(Math.max(16, expected) * 16);
  let slots = new Int32Array(powerOfTwo(expected * 2)).fill(-1);
  const scratch = Buffer.alloc(16);

  function slotOf(from: Uint8Array, at: number): number {
    const mask = slots.length - 1;
    let slot = hash(from, at) & mask;
    for (let code = slots[slot]!; code !== -1; code = slots[slot]!) {
      if (equal(bytes, code * 16, from, at)) break;
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  function add(from: Uint8Array, at: number): number {
    const slot = slotOf(from, at);
    if (slots[slot] !== -1) return slots[slot]!;
    const code = size++;
    if (size * 16 > bytes.length) {
      const larger = Buffer.alloc(bytes.length * 2);
      bytes.copy(larger);
      bytes = larger;
    }
    bytes.set(from.subarray(at, at + 16), code * 16);
    slots[slot] = code;
    if (size * 2 > slots.length) {
      slots = new Int32Array(slots.length * 2).fill(-1);
      for (let known = 0; known < size; known++) slots[slotOf(bytes, known * 16)] = known;
    }
    return code;
  }

  return {
    get size() {
      return size;
    },
    add,
    find: (from, at) => slots[slotOf(from, at)]!,
    findText: (uuid) => slots[slotOf(parsed(uuid, scratch), 0)]!,
    addText: (uuid) => add(parsed(uuid, scratch), 0),
    text: (code) => uuidText(bytes, code * 16),
    head: (code) => bytes.readUInt32BE(code * 16) >>> 6,
    compare: (a, b) => bytes.compare(bytes, b * 16, b * 16 + 16, a * 16, a * 16 + 16),
    compareInWarehouse: (a, b) =>
      bytes.compare(bytes, b * 16 + 8, b * 16 + 16, a * 16 + 8, a * 16 + 16) ||
      bytes.compare(bytes, b * 16, b * 16 + 8, a * 16, a * 16 + 8),
  };
}

export function uuidText(bytes: Buffer, at: number): string {
  const hex = bytes.toString('hex', at, at + 16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

function parsed(uuid: string, into: Buffer): Buffer {
  into.write(uuid.replaceAll('-', ''), 'hex');
  return into;
}

/** Record ids are MD5 and customer ids end in random bits, so four bytes from each end spread well. */
function hash(bytes: Uint8Array, at: number): number {
  const head = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
  const tail = bytes[at + 12]! | (bytes[at + 13]! << 8) | (bytes[at + 14]! << 16) | (bytes[at + 15]! << 24);
  const mixed = Math.imul(head, 0x9e3779b1) ^ Math.imul(tail ^ (head >>> 15), 0x85ebca77);
  return mixed ^ (mixed >>> 13);
}

function equal(a: Uint8Array, atA: number, b: Uint8Array, atB: number): boolean {
  for (let i = 15; i >= 0; i--) if (a[atA + i] !== b[atB + i]) return false;
  return true;
}

function powerOfTwo(least: number): number {
  let size = 16;
  while (size < least) size *= 2;
  return size;
}
