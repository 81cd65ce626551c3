import { MISSING } from './comparisons/comparison.ts';
import { type KnownR, normalised, relativesFrom } from './relatives.ts';
import type { Patterns } from './train-m.ts';

/** The mixture that EM fits, laid flat: the parameters of all active fields in one row, and for each pattern where its levels stand in it. */
export interface Mixture {
  fields: FieldSpan[];
  /** `places[p * fields + k]`: the parameter of pattern p's level in the k-th active field; -1 missing. */
  places: Int32Array;
  counts: Float64Array;
  pairs: number;
  u: Float64Array;
  start: Float64Array;
  /** The most that a level's m may be. */
  most: Float64Array;
  households: boolean;
}

interface FieldSpan {
  /** Its index among all fields. */
  field: number;
  from: number;
  to: number;
  shared: boolean;
  known: KnownR | undefined;
  /** Whether strangers stand at its levels as often as this rule's pairs tell, not as random pairs do. */
  free: boolean;
}

/** Where one start has come to. */
export interface State {
  m: Float64Array;
  r: Float64Array;
  u: Float64Array;
  match: number;
  relative: number;
  iterations: number;
  converged: boolean;
}

/** As many pairs' worth of belief in the starting m: decides where the data say little, vanishes where they say much. */
const PRIOR_PAIRS = 40;
const TOLERANCE = 1e-4;
/** The same in the chance agreement of strangers, where a rule's pairs tell it. */
const PRIOR_STRANGERS = 5;

export function mixtureOf(
  { levels, counts, width, pairs }: Patterns,
  active: readonly number[],
  shared: readonly boolean[],
  startM: readonly (readonly number[])[],
  u: readonly (readonly number[])[],
  knownR: readonly (KnownR | undefined)[],
  free: readonly boolean[] = [],
  most: readonly (readonly number[])[] = [],
): Mixture {
  const fields: FieldSpan[] = [];
  let size = 0;
  for (const field of active) {
    fields.push({
      field,
      from: size,
      to: size + startM[field]!.length,
      shared: shared[field]!,
      known: knownR[field],
      free: free[field] ?? false,
    });
    size += startM[field]!.length;
  }
  const places = new Int32Array(counts.length * fields.length);
  for (let p = 0; p < counts.length; p++) {
    fields.forEach(({ field, from }, k) => {
      const level = levels[p * width + field]!;
      places[p * fields.length + k] = level === MISSING ? -1 : from + level;
    });
  }
  return {
    fields,
    places,
    counts,
    pairs,
    u: Float64Array.from(fields.flatMap(({ field }) => u[field]!)),
    start: Float64Array.from(fields.flatMap(({ field }) => startM[field]!)),
    most: Float64Array.from(fields.flatMap(({ field }) => startM[field]!.map((_, level) => most[field]?.[level] ?? 1))),
    households: fields.some((field) => field.shared) && fields.some((field) => !field.shared),
  };
}

export function startFrom(mixture: Mixture, { match, sharpness }: { match: number; sharpness: number }): State {
  const m = mixture.start.slice();
  const r = mixture.u.slice();
  const u = mixture.u.slice();
  const seen = sharesSeen(mixture);
  for (const { from, to, shared, known, free } of mixture.fields) {
    if (free) u.set(seen.subarray(from, to), from);
    const shares = Array.from(mixture.start.subarray(from, to));
    m.set(normalised(shares.map((share) => share ** sharpness)), from);
    if (shared) r.set(relativesFrom(known, shares), from);
  }
  return { m, r, u, match, relative: mixture.households ? (1 - match) / 2 : 0, iterations: 0, converged: false };
}

/** A state of the same pairs and fields to go on from, now that u is known better. */
export function goOnFrom(mixture: Mixture, { m, r, u: before, match, relative, iterations }: State): State {
  const u = mixture.u.slice();
  for (const { from, to, free } of mixture.fields) if (free) u.set(before.subarray(from, to), from);
  return { m: m.slice(), r: r.slice(), u, match, relative, iterations, converged: false };
}

/** How often the pairs stand at each level, of those that have both values. */
function sharesSeen({ places, counts, fields, u }: Mixture): Float64Array {
  const seen = new Float64Array(u.length);
  for (let p = 0; p < counts.length; p++) {
    for (let k = 0; k < fields.length; k++) {
      const at = places[p * fields.length + k]!;
      if (at >= 0) seen[at]! += counts[p]!;
    }
  }
  for (const { from, to } of fields) {
    let all = PRIOR_STRANGERS;
    for (let at = from; at < to; at++) all += seen[at]!;
    for (let at = from; at < to; at++) seen[at] = (seen[at]! + PRIOR_STRANGERS * u[at]!) / all;
  }
  return seen;
}

/** Expectation and maximisation in turn, at most `most` times or until nothing moves. */
export function iterate(mixture: Mixture, state: State, most: number): void {
  const { fields, start, most: limits, households, pairs } = mixture;
  for (let round = 0; round < most && !state.converged; round++) {
    state.iterations++;
    const { gathered, gatheredKin, gatheredOther, matches, relatives } = expectation(mixture, state);
    let change = Math.abs(matches / pairs - state.match);
    state.match = Math.min(0.9999, Math.max(1e-6, matches / pairs));
    state.relative = Math.min(0.9999 - state.match, relatives / pairs);
    for (const { from, to, shared, known, free } of fields) {
      if (free) {
        let others = PRIOR_STRANGERS;
        for (let at = from; at < to; at++) others += gatheredOther[at]!;
        for (let at = from; at < to; at++) state.u[at] = (gatheredOther[at]! + PRIOR_STRANGERS * mixture.u[at]!) / others;
      }
      let seen = PRIOR_PAIRS;
      let seenKin = PRIOR_PAIRS;
      for (let at = from; at < to; at++) {
        seen += gathered[at]!;
        seenKin += gatheredKin[at]!;
      }
      const shares = capped(gathered, start, limits, seen, from, to);
      for (let at = from; at < to; at++) {
        const next = shares[at - from]!;
        change = Math.max(change, Math.abs(next - state.m[at]!));
        state.m[at] = next;
        if (shared && households) state.r[at] = (gatheredKin[at]! + PRIOR_PAIRS * start[at]!) / seenKin;
      }
      if (shared && known) state.r.set(relativesFrom(known, Array.from(state.m.subarray(from, to))), from);
    }
    state.converged = change < TOLERANCE;
  }
}

/** Shares of one field's levels, none above its limit; what is taken from those goes to the others in proportion. */
function capped(gathered: Float64Array, start: Float64Array, limits: Float64Array, seen: number, from: number, to: number): number[] {
  const shares: number[] = [];
  let fixed = 0;
  let free = 0;
  for (let at = from; at < to; at++) {
    const share = (gathered[at]! + PRIOR_PAIRS * start[at]!) / seen;
    shares.push(share);
    if (share > limits[at]!) fixed += limits[at]!;
    else free += share;
  }
  if (fixed === 0) return shares;
  return shares.map((share, k) => (share > limits[from + k]! ? limits[from + k]! : (share / free) * (1 - fixed)));
}

function expectation({ places, counts, fields }: Mixture, { m, r, u, match, relative }: State) {
  const width = fields.length;
  const gathered = new Float64Array(m.length);
  const gatheredKin = new Float64Array(m.length);
  const gatheredOther = new Float64Array(m.length);
  let matches = 0;
  let relatives = 0;
  for (let p = 0, first = 0; p < counts.length; p++, first += width) {
    let one = match;
    let kin = relative;
    let strangers = 1 - match - relative;
    for (let k = first; k < first + width; k++) {
      const at = places[k]!;
      if (at < 0) continue;
      one *= m[at]!;
      kin *= r[at]!;
      strangers *= u[at]!;
    }
    const count = counts[p]! / (one + kin + strangers);
    const share = count * one;
    const shareKin = count * kin;
    matches += share;
    relatives += shareKin;
    for (let k = first; k < first + width; k++) {
      const at = places[k]!;
      if (at < 0) continue;
      gathered[at]! += share;
      gatheredKin[at]! += shareKin;
      gatheredOther[at]! += counts[p]! - share - shareKin;
    }
  }
  return { gathered, gatheredKin, gatheredOther, matches, relatives };
}

/** log-likelihood of the pairs. */
export function likelihood({ places, counts, fields }: Mixture, { m, r, u, match, relative }: State): number {
  const width = fields.length;
  let sum = 0;
  for (let p = 0; p < counts.length; p++) {
    let one = match;
    let kin = relative;
    let strangers = 1 - match - relative;
    for (let k = p * width; k < (p + 1) * width; k++) {
      const at = places[k]!;
      if (at < 0) continue;
      one *= m[at]!;
      kin *= r[at]!;
      strangers *= u[at]!;
    }
    sum += counts[p]! * Math.log(one + kin + strangers);
  }
  return sum;
}

/** The largest difference in any m. */
export function distance(a: State, b: State): number {
  let largest = 0;
  for (let at = 0; at < a.m.length; at++) largest = Math.max(largest, Math.abs(a.m[at]! - b.m[at]!));
  return largest;
}

/** m and r by field and level; fields that took no part keep what they started with. */
export function unpacked({ fields }: Mixture, { m, r }: State, startM: readonly (readonly number[])[]): { m: number[][]; r: number[][] } {
  const all = { m: startM.map((shares) => shares.slice()), r: startM.map((shares) => shares.slice()) };
  for (const { field, from, to } of fields) {
    all.m[field] = Array.from(m.subarray(from, to));
    all.r[field] = Array.from(r.subarray(from, to));
  }
  return all;
}
