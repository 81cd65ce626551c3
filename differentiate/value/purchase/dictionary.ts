/** The distinct values of a column, in the order they appear, and for each line the place of its value among them. */
export interface Dictionary {
  values: Float64Array;
  codes: Uint32Array;
}

/** Writes a column as codes of its distinct values. Open addressing over the bits of the numbers; it grows with what is distinct. */
export function dictionary(column: ArrayLike<number>): Dictionary {
  const n = column.length;
  const codes = new Uint32Array(n);
  let values = new Float64Array(1024);
  let mask = 4095;
  let slots = new Int32Array(mask + 1).fill(-1);
  let size = 0;
  const number = new Float64Array(1);
  const bits = new Int32Array(number.buffer);
  const slotOf = (value: number): number => {
    number[0] = value + 0; // −0 is 0
    let hash = Math.imul(bits[0]!, 0x9e3779b1) ^ Math.imul(bits[1]!, 0x85ebca6b);
    hash ^= hash >>> 15;
    let slot = Math.imul(hash, 0x2c1b3c6d) & mask;
    while (slots[slot]! >= 0 && values[slots[slot]!] !== value) slot = (slot + 1) & mask;
    return slot;
  };
  for (let i = 0; i < n; i++) {
    const value = column[i]!;
    let slot = slotOf(value);
    let code = slots[slot]!;
    if (code < 0) {
      if (size * 2 > mask) {
        mask = mask * 4 + 3;
        slots = new Int32Array(mask + 1).fill(-1);
        for (let known = 0; known < size; known++) slots[slotOf(values[known]!)] = known;
        slot = slotOf(value);
      }
      if (size === values.length) {
        const wider = new Float64Array(size * 2);
        wider.set(values);
        values = wider;
      }
      values[size] = value;
      code = size++;
      slots[slot] = code;
    }
    codes[i] = code;
  }
  return { values: values.slice(0, size), codes };
}
