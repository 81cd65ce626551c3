/** The distinct values of a column, in the order they appear, and for each line the place of its value among them. */
export interface Dictionary {
  values: Float64Array;
  codes: Uint32Array;
}

/** The bits of a number, to be hashed. */
const number = new Float64Array(1);
const bits = new Int32Array(number.buffer);
/** Whole numbers below this are looked up without hashing. */
const SMALL = 4096;

/** Writes a column as codes of its distinct values. Open addressing over the bits of the numbers; it grows with what is distinct. */
export function dictionary(column: ArrayLike<number>): Dictionary {
  const n = column.length;
  const codes = new Uint32Array(n);
  const small = new Int32Array(SMALL).fill(-1);
  let values = new Float64Array(1024);
  let slots = new Int32Array(4096).fill(-1);
  let mask = slots.length - 1;
  let size = 0;
  for (let i = 0; i < n; i++) {
    const value = column[i]! + 0; // −0 is 0
    const whole = value | 0;
    const direct = whole === value && whole >= 0 && whole < SMALL;
    let slot = 0;
    let code = -1;
    if (direct) code = small[whole]!;
    else {
      number[0] = value;
      slot = slotOf(bits[0]!, bits[1]!, mask);
      code = slots[slot]!;
      while (code >= 0 && values[code] !== value) {
        slot = (slot + 1) & mask;
        code = slots[slot]!;
      }
    }
    if (code < 0) {
      if (size === values.length) {
        const wider = new Float64Array(size * 2);
        wider.set(values);
        values = wider;
        slots = rehashed(values, size);
        mask = slots.length - 1;
        slot = freeSlot(slots, value);
      }
      values[size] = value;
      code = size++;
      if (direct) small[whole] = code;
      else slots[slot] = code;
    }
    codes[i] = code;
  }
  return { values: values.slice(0, size), codes };
}

function slotOf(low: number, high: number, mask: number): number {
  const hash = Math.imul(low, 0x9e3779b1) ^ Math.imul(high, 0x85ebca6b);
  return Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) & mask;
}

function freeSlot(slots: Int32Array, value: number): number {
  number[0] = value;
  let slot = slotOf(bits[0]!, bits[1]!, slots.length - 1);
  while (slots[slot]! >= 0) slot = (slot + 1) & (slots.length - 1);
  return slot;
}

/** Four slots for each value there is room for. */
function rehashed(values: Float64Array, size: number): Int32Array<ArrayBuffer> {
  const slots = new Int32Array(values.length * 4).fill(-1);
  for (let code = 0; code < size; code++) {
    const value = values[code]!;
    const whole = value | 0;
    if (whole === value && whole >= 0 && whole < SMALL) continue;
    slots[freeSlot(slots, value)] = code;
  }
  return slots;
}
