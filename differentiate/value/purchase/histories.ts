import { type Dictionary, dictionary } from './dictionary.ts';

/** What the purchase models know of a customer. All times in one unit, weeks by custom; one purchase a day at most. */
export interface PurchaseColumns {
  /** Repeat purchases: the first one is not counted. */
  x: ArrayLike<number>;
  /** From the first purchase to the last; 0 where there was no second. */
  tx: ArrayLike<number>;
  /** From the first purchase to the end of what was observed. */
  T: ArrayLike<number>;
  /** How many customers a row stands for; 1 unless told. */
  count?: ArrayLike<number>;
  /** Σ ln(gap) of every gap between two purchases of one customer: tells models of different regularity apart. */
  lnGaps?: number;
}

/**
 * Many customers, identical ones merged: rows of (x, tx, T) as codes of the distinct values, so that each logarithm is taken
 * once for each distinct time instead of once for each customer.
 */
export interface Histories {
  customers: number;
  /** Of all customers. */
  purchases: number;
  rows: number;
  xs: Float64Array;
  txs: Float64Array;
  Ts: Float64Array;
  /** By row. */
  x: Uint32Array;
  tx: Uint32Array;
  T: Uint32Array;
  count: Float64Array;
  /** By line of the columns it was made of: its row. */
  rowOf: Uint32Array;
  /** Sums over customers that every evaluation needs. */
  customersByX: Float64Array;
  customersByT: Float64Array;
  purchasesByT: Float64Array;
  lnGaps: number | undefined;
}

/**
 * Merges identical customers.
 *
 * @throws RangeError where a time is negative or not finite, a last purchase after the end, or a repeat purchase at time 0.
 */
export function histories({ x, tx, T, count, lnGaps }: PurchaseColumns): Histories {
  const n = x.length;
  if (tx.length !== n || T.length !== n || (count && count.length !== n)) throw new RangeError('The columns must be of one length.');
  const purchases = dictionary(x);
  const last = dictionary(tx);
  const observed = dictionary(T);
  const merged = mergedRows(purchases, last, observed, count);
  const of = (codes: Uint32Array) => {
    const byRow = new Uint32Array(merged.first.length);
    for (let row = 0; row < byRow.length; row++) byRow[row] = codes[merged.first[row]!]!;
    return byRow;
  };
  const [xs, txs, Ts] = [purchases.values, last.values, observed.values];
  const rows = { x: of(purchases.codes), tx: of(last.codes), T: of(observed.codes) };
  // Lines with the same codes are alike: one of each is enough to look at.
  for (let row = 0; row < rows.x.length; row++) check(xs[rows.x[row]!]!, txs[rows.tx[row]!]!, Ts[rows.T[row]!]!);
  return withSums({ ...rows, rows: rows.x.length, xs, txs, Ts, count: merged.count, rowOf: merged.rowOf, lnGaps });
}

/** One row in `every`, evenly: enough to find a neighbourhood quickly. Its `rowOf` is empty. */
export function thinned(whole: Histories, every: number): Histories {
  const rows = Math.ceil(whole.rows / every);
  const pick = <A extends Uint32Array | Float64Array>(from: A, into: A): A => {
    for (let i = 0; i < rows; i++) into[i] = from[i * every]!;
    return into;
  };
  return withSums({
    rows,
    xs: whole.xs,
    txs: whole.txs,
    Ts: whole.Ts,
    x: pick(whole.x, new Uint32Array(rows)),
    tx: pick(whole.tx, new Uint32Array(rows)),
    T: pick(whole.T, new Uint32Array(rows)),
    count: pick(whole.count, new Float64Array(rows)),
    rowOf: new Uint32Array(0),
    lnGaps: undefined,
  });
}

function check(x: number, tx: number, T: number): void {
  if (!(Number.isInteger(x) && x >= 0)) throw new RangeError(`Repeat purchases are 0, 1, 2 …, not ${x}.`);
  if (!(tx >= 0 && tx <= T && T < Number.POSITIVE_INFINITY))
    throw new RangeError(`The last purchase must lie between the first and the end: 0 ≤ ${tx} ≤ ${T}.`);
  if (x > 0 !== tx > 0) throw new RangeError(`${x} repeat purchases, the last at time ${tx}: purchases of one day are one purchase.`);
}

function withSums(rows: Omit<Histories, 'customers' | 'purchases' | 'customersByX' | 'customersByT' | 'purchasesByT'>): Histories {
  const customersByX = new Float64Array(rows.xs.length);
  const customersByT = new Float64Array(rows.Ts.length);
  const purchasesByT = new Float64Array(rows.Ts.length);
  let customers = 0;
  let purchases = 0;
  for (let i = 0; i < rows.rows; i++) {
    const count = rows.count[i]!;
    const bought = count * rows.xs[rows.x[i]!]!;
    customers += count;
    purchases += bought;
    customersByX[rows.x[i]!]! += count;
    customersByT[rows.T[i]!]! += count;
    purchasesByT[rows.T[i]!]! += bought;
  }
  // Named one by one, in one order: the likelihoods are compiled for one kind of object, and again for each other kind.
  const { xs, txs, Ts, x, tx, T, count, rowOf, lnGaps } = rows;
  return { rows: rows.rows, xs, txs, Ts, x, tx, T, count, rowOf, lnGaps, customers, purchases, customersByX, customersByT, purchasesByT };
}

/**
 * Lines with the same three codes become one row. Lines are first laid side by side by the time observed (a counting sort), so
 * that each table of the other two codes is small enough for the processor's cache; within it, open addressing.
 */
function mergedRows(a: Dictionary, b: Dictionary, c: Dictionary, counts: ArrayLike<number> | undefined) {
  const n = a.codes.length;
  const ends = new Uint32Array(c.values.length + 1);
  for (let i = 0; i < n; i++) ends[c.codes[i]! + 1]!++;
  let widest = 0;
  for (let code = 1; code < ends.length; code++) {
    widest = Math.max(widest, ends[code]!);
    ends[code]! += ends[code - 1]!;
  }
  const line = new Uint32Array(n);
  const pair = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    // After this loop each entry is the end of its own bucket.
    const place = ends[c.codes[i]!]!++;
    line[place] = i;
    pair[place] = a.codes[i]! * b.values.length + b.codes[i]!;
  }
  const keys = new Float64Array(maskFor(widest) + 1);
  const rowAt = new Uint32Array(keys.length);
  const first = new Uint32Array(n);
  const rowOf = new Uint32Array(n);
  // Counts take the places of the pairs that have been read: a row never comes before its first line.
  const count = pair;
  let rows = 0;
  let place = 0;
  for (let bucket = 0; bucket < c.values.length; bucket++) {
    const end = ends[bucket]!;
    const mask = maskFor(end - place);
    keys.fill(-1, 0, mask + 1);
    for (; place < end; place++) {
      const key = pair[place]!;
      const at = line[place]!;
      let slot = Math.imul(key ^ (key >>> 15), 0x2c1b3c6d);
      slot = (slot ^ (slot >>> 13)) & mask;
      while (keys[slot] !== key && keys[slot] !== -1) slot = (slot + 1) & mask;
      if (keys[slot] === -1) {
        keys[slot] = key;
        rowAt[slot] = rows;
        first[rows] = at;
        count[rows++] = 0;
      }
      const row = rowAt[slot]!;
      count[row]! += counts ? counts[at]! : 1;
      rowOf[at] = row;
    }
  }
  return { first: first.slice(0, rows), rowOf, count: count.slice(0, rows) };
}

/** A table of this mask and one more slot is at most two thirds full. */
const maskFor = (lines: number) => 2 ** Math.ceil(Math.log2(Math.max(4, lines * 1.5))) - 1;
