// What every evaluation of a beta-geometric likelihood does for each row, where there are so many rows that it pays to do little.
import type { Histories } from './histories.ts';

/** The odds that a row has stopped, as a factor of its (x, T) and one of its (x, tx): row-major by time, `width` counts wide. */
interface Factors {
  width: number;
  byT: Float64Array;
  byTx: Float64Array;
}

/** The sum of the rows' logarithms; of each distinct x, Σ weight · P(stopped); and the derivatives through the shape and through α. */
export interface Stopped {
  value: number;
  byX: Float64Array;
  byShape: number;
  byAlpha: number;
}

interface Tally {
  value: number;
  byT: Float64Array;
  byTx: Float64Array;
}

/** ln(α + time) and 1 / (α + time) of each distinct time. */
interface Times {
  ln: Float64Array;
  inverse: Float64Array;
}

/** Rows a call: a function called often is compiled sooner than one that runs for long. */
const CHUNK = 4096;

/**
 * Σ count · ln(1 + odds), with odds stopped(x) · ((α+T)/(α+tx))^shape(x), and what its gradient needs. The pairs (x, T) and
 * (x, tx) are far fewer than the rows, and only they take an exponential or a power. Undefined where they are not fewer, or their
 * factors would not fit a number.
 */
export function tallyStopped(h: Histories, lnStopped: Float64Array, shape: Float64Array, T: Times, tx: Times): Stopped | undefined {
  const width = h.xs.length;
  if (width * (h.Ts.length + h.txs.length) > h.rows / 2) return undefined;
  const origin = tx.ln.reduce((least, ln) => Math.min(least, ln), Number.POSITIVE_INFINITY);
  const span = T.ln.reduce((most, ln) => Math.max(most, ln), origin) - origin;
  if (!(shape.reduce((most, of) => Math.max(most, of), 0) * span < 600)) return undefined;
  const factors: Factors = { width, byT: new Float64Array(width * h.Ts.length), byTx: new Float64Array(width * h.txs.length) };
  const nothing = new Float64Array(width);
  for (let i = 0; i < h.Ts.length; i++) powers(factors.byT, i * width, lnStopped, shape, T.ln[i]! - origin);
  for (let i = 0; i < h.txs.length; i++) powers(factors.byTx, i * width, nothing, shape, origin - tx.ln[i]!);
  const tally: Tally = { value: 0, byT: new Float64Array(factors.byT.length), byTx: new Float64Array(factors.byTx.length) };
  for (let from = 0; from < h.rows; from += CHUNK) addRows(h, factors, tally, from, Math.min(h.rows, from + CHUNK));
  const stopped: Stopped = { value: tally.value, byX: new Float64Array(width), byShape: 0, byAlpha: 0 };
  for (let i = 0; i < h.Ts.length; i++) addTime(stopped, tally.byT, i * width, shape, T.ln[i]!, T.inverse[i]!, stopped.byX);
  for (let i = 0; i < h.txs.length; i++) addTime(stopped, tally.byTx, i * width, shape, -tx.ln[i]!, -tx.inverse[i]!, nothing);
  return stopped;
}

function powers(into: Float64Array, from: number, plus: Float64Array, shape: Float64Array, ln: number): void {
  for (let x = 0; x < shape.length; x++) into[from + x] = Math.exp(plus[x]! + shape[x]! * ln);
}

function addTime(to: Stopped, of: Float64Array, from: number, shape: Float64Array, ln: number, inverse: number, byX: Float64Array): void {
  let sum = 0;
  let shaped = 0;
  for (let x = 0; x < shape.length; x++) {
    const weight = of[from + x]!;
    byX[x]! += weight;
    sum += weight;
    shaped += weight * shape[x]!;
  }
  to.byShape += sum * ln;
  to.byAlpha += shaped * inverse;
}

function addRows({ x, tx, T, count }: Histories, { width, byT, byTx }: Factors, tally: Tally, from: number, to: number): void {
  const stoppedByT = tally.byT;
  const stoppedByTx = tally.byTx;
  let value = 0;
  let product = 1;
  for (let i = from; i < to; i++) {
    const atT = T[i]! * width + x[i]!;
    const atTx = tx[i]! * width + x[i]!;
    const odds = byT[atT]! * byTx[atTx]!;
    const weight = count[i]!;
    const all = 1 + odds;
    // Most rows are one customer: their factors are multiplied, and a logarithm taken of many at once.
    if (weight === 1 && odds < 1e14) {
      product *= all;
      if (product > 1e280) {
        value += Math.log(product);
        product = 1;
      }
    } else value += weight * Math.log(all);
    const stopped = (weight * odds) / all;
    stoppedByT[atT]! += stopped;
    stoppedByTx[atTx]! += stopped;
  }
  tally.value += value + Math.log(product);
}
