/** Finds the code of a string in an interned column: a table of codes only, so that the strings are not stored twice as a Map would. */
export interface StringTable {
  slots: Int32Array;
  values: string[];
}

/**
 * Indexes `values`, which must be distinct and begin with the empty string. The array is kept, and grown by {@link addString}; there is
 * room for `expected` values from the start.
 */
export function stringTable(values: string[], expected = 0): StringTable {
  let capacity = 1024;
  while (capacity < Math.max(values.length, expected) * 2) capacity *= 2;
  const slots = new Int32Array(capacity);
  const mask = capacity - 1;
  for (let code = 1; code < values.length; code++) {
    let at = hashString(values[code]!) & mask;
    while (slots[at] !== 0) at = (at + 1) & mask;
    slots[at] = code;
  }
  return { slots, values };
}

/** The code of the string; 0 for the empty one, -1 if unknown. */
export function findString({ slots, values }: StringTable, value: string): number {
  if (value === '') return 0;
  const mask = slots.length - 1;
  for (let at = hashString(value) & mask; ; at = (at + 1) & mask) {
    const code = slots[at]!;
    if (code === 0) return -1;
    if (values[code] === value) return code;
  }
}

export function addString(table: StringTable, value: string): number {
  const known = findString(table, value);
  if (known >= 0) return known;
  const code = table.values.push(value) - 1;
  if (table.values.length * 2 > table.slots.length) {
    table.slots = stringTable(table.values).slots;
    return code;
  }
  const mask = table.slots.length - 1;
  let at = hashString(value) & mask;
  while (table.slots[at] !== 0) at = (at + 1) & mask;
  table.slots[at] = code;
  return code;
}

/** FNV-1a over UTF-16 units, mixed at the end. */
export function hashString(value: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < value.length; i++) h = Math.imul(h ^ value.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ (h >>> 15), 0x85ebca6b);
  return (h ^ (h >>> 13)) >>> 0;
}
