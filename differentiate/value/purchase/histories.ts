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
  const merged = mergedRows(purchases, last, observed);
  // Lines with the same codes are alike: one of each is enough to look at.
  for (const line of merged.first) check(x[line]!, tx[line]!, T[line]!);
  const weight = new Float64Array(merged.first.length);
  for (let i = 0; i < n; i++) weight[merged.rowOf[i]!]! += count ? count[i]! : 1;
  const of = (codes: Uint32Array) => merged.first.map((line) => codes[line]!);
  return withSums({
    rows: weight.length,
    xs: purchases.values,
    txs: last.values,
    Ts: observed.values,
    x: of(purchases.codes),
    tx: of(last.codes),
    T: of(observed.codes),
    count: weight,
    rowOf: merged.rowOf,
    lnGaps,
  });
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
  return { ...rows, customers, purchases, customersByX, customersByT, purchasesByT };
}

/** Lines with the same three codes become one row: an open-addressed table of the codes as one number. */
function mergedRows({ codes: a }: Dictionary, b: Dictionary, c: Dictionary): { first: Uint32Array; rowOf: Uint32Array } {
  const n = a.length;
  const mask = 2 ** Math.ceil(Math.log2(Math.max(4, n * 1.5))) - 1;
  const keys = new Float64Array(mask + 1).fill(-1);
  const rowAt = new Uint32Array(mask + 1);
  const first = new Uint32Array(n);
  const rowOf = new Uint32Array(n);
  let rows = 0;
  for (let i = 0; i < n; i++) {
    const key = (a[i]! * b.values.length + b.codes[i]!) * c.values.length + c.codes[i]!;
    let hash = Math.imul(a[i]!, 0x9e3779b1) ^ Math.imul(b.codes[i]!, 0x85ebca6b) ^ Math.imul(c.codes[i]!, 0xc2b2ae35);
    hash ^= hash >>> 15;
    let slot = Math.imul(hash, 0x2c1b3c6d) & mask;
    while (keys[slot] !== key && keys[slot] !== -1) slot = (slot + 1) & mask;
    if (keys[slot] === -1) {
      keys[slot] = key;
      rowAt[slot] = rows;
      first[rows++] = i;
    }
    rowOf[i] = rowAt[slot]!;
  }
  return { first: first.slice(0, rows), rowOf };
}
