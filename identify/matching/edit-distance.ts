/**
 * Edits between two strings: insertions, deletions, substitutions and transpositions of neighbours (optimal string
 * alignment, the distance that fits typing errors). Returns `limit + 1` when it is more than `limit`.
 *
 * Bit-parallel for a shorter string of at most 32 units: one machine word holds a column of the dynamic programme.
 * Source: Hyyrö, "A bit-vector algorithm for computing Levenshtein and Damerau edit distances", Nordic J. of Computing 10, 2003.
 */
export function editDistance(a: string, b: string, limit: number): number {
  if (a === b) return 0;
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  const short = a.length <= b.length ? a : b;
  const long = a.length <= b.length ? b : a;
  if (limit === 1) return oneEdit(short, long) ? 1 : 2;
  const m = short.length;
  if (m === 0) return long.length;
  if (m > 32) return byTheBook(short, long, limit);

  for (let i = 0; i < m; i++) masks[short.charCodeAt(i)]! |= 1 << i;
  let up = -1;
  let down = 0;
  let diagonal = 0;
  let before = 0;
  let distance = m;
  const last = 1 << (m - 1);
  for (let j = 0; j < long.length; j++) {
    const eq = masks[long.charCodeAt(j)]!;
    const transposed = ((~diagonal & eq) << 1) & before;
    diagonal = (((eq & up) + up) ^ up) | eq | down | transposed;
    let plus = down | ~(diagonal | up);
    let minus = diagonal & up;
    if (plus & last) distance++;
    if (minus & last) distance--;
    plus = (plus << 1) | 1;
    minus <<= 1;
    up = minus | ~(diagonal | plus);
    down = diagonal & plus;
    before = eq;
  }
  for (let i = 0; i < m; i++) masks[short.charCodeAt(i)] = 0; // cheaper than a new table a call
  return distance > limit ? limit + 1 : distance;
}

/** Whether one edit makes two different strings equal: what is left of them without their common ends says so. */
function oneEdit(short: string, long: string): boolean {
  const m = short.length;
  const n = long.length;
  let head = 0;
  while (head < m && short.charCodeAt(head) === long.charCodeAt(head)) head++;
  let tail = 0;
  while (tail < m - head && short.charCodeAt(m - 1 - tail) === long.charCodeAt(n - 1 - tail)) tail++;
  const middle = m - head - tail;
  if (n > m) return middle === 0;
  if (middle <= 1) return true;
  return middle === 2 && short.charCodeAt(head) === long.charCodeAt(head + 1) && short.charCodeAt(head + 1) === long.charCodeAt(head);
}

/** The same by the dynamic programme itself, for long strings and as the oracle of the tests. */
export function byTheBook(a: string, b: string, limit: number): number {
  const width = b.length + 1;
  let twoAgo = new Int32Array(width);
  let previous = Int32Array.from({ length: width }, (_, j) => j);
  let row = new Int32Array(width);
  for (let i = 1; i <= a.length; i++) {
    row[0] = i;
    let best = i;
    for (let j = 1; j < width; j++) {
      const cost = a.charCodeAt(i - 1) === b.charCodeAt(j - 1) ? 0 : 1;
      let value = Math.min(previous[j]! + 1, row[j - 1]! + 1, previous[j - 1]! + cost);
      if (i > 1 && j > 1 && a.charCodeAt(i - 1) === b.charCodeAt(j - 2) && a.charCodeAt(i - 2) === b.charCodeAt(j - 1)) {
        value = Math.min(value, twoAgo[j - 2]! + 1);
      }
      row[j] = value;
      if (value < best) best = value;
    }
    if (best > limit + 1) return limit + 1;
    [twoAgo, previous, row] = [previous, row, twoAgo];
  }
  return Math.min(previous[width - 1]!, limit + 1);
}

const masks = new Int32Array(65_536);
