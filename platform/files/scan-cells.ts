/**
 * Finds the cells of one record of UTF-8 CSV without making a string of any: cell k is `bytes[bounds[2k] … bounds[2k + 1])`, its
 * quotes taken out. Doubled quotes are undone where they stand, so `bytes` changes inside the record. The line end is no part of
 * the last cell.
 *
 * Returns how many cells the record has, which may be more than `bounds` has room for (the rest is left out), or -1 where its
 * quotes are broken; then nothing has changed.
 *
 * @param delimiter one ASCII code. @param quote one ASCII code, -1 where nothing is quoted.
 */
export function scanCells(
  bytes: Uint8Array,
  start: number,
  end: number,
  delimiter: number,
  quote: number,
  bounds: Uint32Array | Int32Array,
): number {
  let stop = end;
  if (stop > start && bytes[stop - 1] === NEWLINE) stop--;
  if (stop > start && bytes[stop - 1] === RETURN) stop--;
  const room = bounds.length >> 1;
  let cells = 0;
  let i = start;
  let doubled = false;
  for (;;) {
    let from = i;
    let to: number;
    if (i < stop && bytes[i] === quote) {
      from = ++i;
      for (; ; i++) {
        if (i >= stop) return -1;
        if (bytes[i] !== quote) continue;
        if (i + 1 >= stop || bytes[i + 1] !== quote) break;
        doubled = true;
        i++;
      }
      to = i++;
      if (i < stop && bytes[i] !== delimiter) return -1;
    } else {
      while (i < stop && bytes[i] !== delimiter) i++;
      to = i;
    }
    if (cells < room) {
      bounds[2 * cells] = from;
      bounds[2 * cells + 1] = to;
    }
    cells++;
    if (i >= stop) break;
    i++;
  }
  if (doubled) undouble(bytes, start, bounds, Math.min(cells, room), quote);
  return cells;
}

const NEWLINE = 10;
const RETURN = 13;

function undouble(bytes: Uint8Array, start: number, bounds: Uint32Array | Int32Array, cells: number, quote: number): void {
  for (let k = 0; k < cells; k++) {
    const from = bounds[2 * k]!;
    // Only a cell that began with a quote has doubled ones to undo.
    if (from === start || bytes[from - 1] !== quote) continue;
    let to = from;
    for (let i = from; i < bounds[2 * k + 1]!; i++) {
      bytes[to++] = bytes[i]!;
      if (bytes[i] === quote) i++;
    }
    bounds[2 * k + 1] = to;
  }
}
