// A number asked for at many times T: where it is smooth in T, a few Chebyshev points stand for all of them.
// Source: Berrut & Trefethen, "Barycentric Lagrange interpolation", SIAM Review 46(3), 2004.
import type { Histories } from './histories.ts';
import type { Question } from './outlook.ts';

const POINTS = 28;
/** Largest relative error allowed where it is checked. */
const EXACT = 1e-7;
/** Early times matter more than late ones: points lie evenly in ln(1 + 200 T/span). */
const BEND = 200;

/** The times at which customers with so many purchases are asked about. */
interface Grid {
  /** Where the question is really asked. */
  times: Float64Array;
  /** By place of T, from the first one in order: how much the answer at each of `times` counts. */
  shares: Float64Array;
  /** Codes of the times, in order from the earliest that such a customer has. */
  codes: Uint32Array;
}

export interface SmoothTable {
  /** Whether there are more customers with so many purchases (a code of x) than it takes questions to interpolate. */
  pays(x: number): boolean;
  /** By phase and code of x, the answers by code of T; 0 at times that no such customer has. */
  answers(phase: number, x: number): Float64Array;
}

/**
 * Undefined where the question is not smooth enough in T, or there are so few times that asking them all is as quick.
 */
export function smoothTable(question: Question, of: Histories, phases: number): SmoothTable | undefined {
  if (of.Ts.length < 3 * POINTS) return undefined;
  const { gridOf, rowsOf } = grids(of);
  const answersOf = (phase: number, x: number) => {
    const { times, shares, codes } = gridOf(x);
    const values = times.map((T) => question(phase, of.xs[x]!, T));
    const out = new Float64Array(of.Ts.length);
    for (let i = 0; i < codes.length; i++) {
      let sum = 0;
      for (let point = 0; point < times.length; point++) sum += shares[i * times.length + point]! * values[point]!;
      out[codes[i]!] = sum;
    }
    return out;
  };
  const order = Array.from(of.xs.keys()).toSorted((a, b) => of.xs[a]! - of.xs[b]!);
  for (const x of new Set([order[0]!, order[1] ?? order[0]!, order.at(-1)!]))
    for (let phase = 0; phase < phases; phase += Math.max(1, phases - 1)) {
      const answers = answersOf(phase, x);
      const { codes } = gridOf(x);
      // Ten times spread over all, among them the earliest, where it bends most.
      for (let check = 0; check < 10; check++) {
        const T = codes[Math.floor((check * codes.length) / 10)]!;
        const exact = question(phase, of.xs[x]!, of.Ts[T]!);
        if (!(Math.abs(answers[T]! - exact) <= EXACT * Math.abs(exact) + 1e-12)) return undefined;
      }
    }
  return { pays: (x) => rowsOf[x]! > 2 * POINTS, answers: answersOf };
}

interface Grids {
  gridOf(x: number): Grid;
  /** Rows, by code of x. */
  rowsOf: Uint32Array;
}

const known = new WeakMap<Histories, Grids>();

function grids(of: Histories): Grids {
  const before = known.get(of);
  if (before) return before;
  const order = Uint32Array.from(of.Ts.keys()).toSorted((a, b) => of.Ts[a]! - of.Ts[b]!);
  const earliest = new Float64Array(of.xs.length).fill(Number.POSITIVE_INFINITY);
  const rowsOf = new Uint32Array(of.xs.length);
  for (let row = 0; row < of.rows; row++) {
    const x = of.x[row]!;
    rowsOf[x]!++;
    earliest[x] = Math.min(earliest[x]!, of.Ts[of.T[row]!]!);
  }
  const byStart = new Map<number, Grid>();
  const gridOf = (x: number) => {
    const low = earliest[x]!;
    const grid =
      byStart.get(low) ??
      gridFrom(
        order.filter((T) => of.Ts[T]! >= low),
        of.Ts,
      );
    byStart.set(low, grid);
    return grid;
  };
  const made = { gridOf, rowsOf };
  known.set(of, made);
  return made;
}

function gridFrom(codes: Uint32Array, Ts: Float64Array): Grid {
  if (codes.length <= POINTS) {
    const shares = new Float64Array(codes.length ** 2);
    for (let i = 0; i < codes.length; i++) shares[i * codes.length + i] = 1;
    return { codes, times: Float64Array.from(codes, (T) => Ts[T]!), shares };
  }
  const low = Ts[codes[0]!]!;
  const span = Ts[codes.at(-1)!]! - low;
  const bent = Math.log1p(BEND);
  const nodes = Float64Array.from({ length: POINTS }, (_, i) => Math.cos((Math.PI * i) / (POINTS - 1)));
  return {
    codes,
    times: nodes.map((node) => low + (span / BEND) * Math.expm1(((node + 1) / 2) * bent)),
    shares: interpolation(
      Float64Array.from(codes, (T) => (2 * Math.log1p((BEND * (Ts[T]! - low)) / span)) / bent - 1),
      nodes,
    ),
  };
}

/** By place, how much the value at each node counts. */
function interpolation(places: Float64Array, nodes: Float64Array): Float64Array {
  const shares = new Float64Array(places.length * nodes.length);
  for (let i = 0; i < places.length; i++) {
    const row = shares.subarray(i * nodes.length, (i + 1) * nodes.length);
    let sum = 0;
    for (let node = 0; node < nodes.length; node++) {
      const apart = places[i]! - nodes[node]!;
      if (Math.abs(apart) < 1e-14) {
        row.fill(0);
        row[node] = 1;
        sum = 1;
        break;
      }
      const half = node === 0 || node === nodes.length - 1 ? 0.5 : 1;
      row[node] = ((node % 2 === 0 ? 1 : -1) * half) / apart;
      sum += row[node]!;
    }
    for (let node = 0; node < nodes.length; node++) row[node]! /= sum;
  }
  return shares;
}
