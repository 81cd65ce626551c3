import { MISSING } from './comparisons/comparison.ts';

/** Level vectors seen in one blocking rule's pairs, each with how many pairs show it. */
export interface Patterns {
  /** `levels[p * width + field]`. */
  levels: Uint8Array;
  counts: Float64Array;
  width: number;
  pairs: number;
}

export interface SessionResult {
  /** `m[field][level]`; only active fields mean anything. */
  m: number[][];
  /** The same among relatives; only for shared active fields. */
  r: number[][];
  matches: number;
  relatives: number;
  iterations: number;
  converged: boolean;
  spread: number;
  logLikelihood: number;
}

/** r by level; undefined where relatives stand at the level as often as one entity does (a value missing on one side). */
export type KnownR = readonly (number | undefined)[];

/** r from what is known of it, the rest as in m; m where nothing is known. */
export function relativesFrom(known: KnownR | undefined, m: readonly number[]): number[] {
  if (known === undefined) return m.slice();
  let free = 1;
  let fixed = 0;
  known.forEach((share, level) => (share === undefined ? (free -= m[level]!) : (fixed += share)));
  return known.map((share, level) => (share === undefined ? m[level]! : (share / fixed) * free));
}

/** Collects level vectors. */
export function patternCollector(levelCounts: readonly number[]) {
  const width = levelCounts.length;
  const found = new Map<number, { levels: Uint8Array; count: number }>();
  let pairs = 0;
  return {
    add(levels: Uint8Array): void {
      let key = 0;
      for (let f = 0; f < width; f++) key = key * (levelCounts[f]! + 1) + (levels[f] === MISSING ? 0 : levels[f]! + 1);
      const pattern = found.get(key);
      if (pattern) pattern.count++;
      else found.set(key, { levels: levels.slice(), count: 1 });
      pairs++;
    },
    patterns(): Patterns {
      const levels = new Uint8Array(found.size * width);
      const counts = new Float64Array(found.size);
      let p = 0;
      for (const pattern of found.values()) {
        levels.set(pattern.levels, p * width);
        counts[p++] = pattern.count;
      }
      return { levels, counts, width, pairs };
    },
  };
}

/**
 * m by expectation–maximisation on the pairs of one blocking rule, with u fixed: a mixture of one entity, strangers and, where
 * a household can share some of the fields, relatives, who agree on the shared fields in a way of their own and on the others
 * like strangers. Several starts; the most likely end wins.
 *
 * Source: Winkler, "Using the EM algorithm for weight computation in the Fellegi–Sunter model", ASA 1988, with a third class.
 */
export function estimateM(
  patterns: Patterns,
  active: readonly number[],
  shared: readonly boolean[],
  startM: readonly (readonly number[])[],
  u: readonly (readonly number[])[],
  /** r of the levels where it is known beforehand, by field. */
  knownR: readonly (KnownR | undefined)[],
): SessionResult {
  const households = active.some((f) => shared[f]) && active.some((f) => !shared[f]);
  const runs = [
    { match: 0.6, sharpness: 1 },
    { match: 0.05, sharpness: 1 },
    { match: 0.3, sharpness: 0.5 },
  ].map((start) => run(patterns, active, shared, startM, u, knownR, households, start));
  runs.sort((a, b) => b.logLikelihood - a.logLikelihood);
  const [best, second] = runs as [SessionResult, SessionResult];
  let spread = 0;
  for (const f of active) best.m[f]!.forEach((m, level) => (spread = Math.max(spread, Math.abs(m - second.m[f]![level]!))));
  return { ...best, spread };
}

/** As many pairs' worth of belief in the starting m: decides where the data say little, vanishes where they say much. */
const PRIOR_PAIRS = 20;
const TOLERANCE = 1e-4;
const MOST_ITERATIONS = 200;

function run(
  { levels, counts, width, pairs }: Patterns,
  active: readonly number[],
  shared: readonly boolean[],
  startM: readonly (readonly number[])[],
  u: readonly (readonly number[])[],
  knownR: readonly (KnownR | undefined)[],
  households: boolean,
  start: { match: number; sharpness: number },
): SessionResult {
  const m = startM.map((shares) => normalised(shares.map((share) => share ** start.sharpness)));
  const r = startM.map((shares, f) => relativesFrom(knownR[f], shares));
  let match = start.match;
  let relative = households ? (1 - match) / 2 : 0;
  let logLikelihood = Number.NEGATIVE_INFINITY;
  let iterations = 0;
  let converged = false;
  while (iterations < MOST_ITERATIONS && !converged) {
    iterations++;
    const gathered = m.map((shares) => new Float64Array(shares.length));
    const gatheredKin = m.map((shares) => new Float64Array(shares.length));
    let matches = 0;
    let relatives = 0;
    logLikelihood = 0;
    for (let p = 0; p < counts.length; p++) {
      let one = match;
      let kin = relative;
      let strangers = 1 - match - relative;
      for (const f of active) {
        const level = levels[p * width + f]!;
        if (level === MISSING) continue;
        one *= m[f]![level]!;
        strangers *= u[f]![level]!;
        kin *= shared[f] ? r[f]![level]! : u[f]![level]!;
      }
      const total = one + kin + strangers;
      const count = counts[p]!;
      logLikelihood += count * Math.log(total);
      const share = (count * one) / total;
      matches += share;
      const shareKin = (count * kin) / total;
      relatives += shareKin;
      for (const f of active) {
        const level = levels[p * width + f]!;
        if (level === MISSING) continue;
        gathered[f]![level]! += share;
        if (shared[f]) gatheredKin[f]![level]! += shareKin;
      }
    }
    let change = Math.abs(matches / pairs - match);
    match = Math.min(0.9999, Math.max(1e-6, matches / pairs));
    relative = Math.min(0.9999 - match, relatives / pairs);
    for (const f of active) {
      const seen = gathered[f]!.reduce((sum, share) => sum + share, 0) + PRIOR_PAIRS;
      gathered[f]!.forEach((share, level) => {
        const next = (share + PRIOR_PAIRS * startM[f]![level]!) / seen;
        change = Math.max(change, Math.abs(next - m[f]![level]!));
        m[f]![level] = next;
      });
      if (!shared[f] || !households) continue;
      if (knownR[f]) {
        r[f] = relativesFrom(knownR[f], m[f]!);
        continue;
      }
      const kin = gatheredKin[f]!.reduce((sum, share) => sum + share, 0) + PRIOR_PAIRS;
      gatheredKin[f]!.forEach((share, level) => {
        r[f]![level] = (share + PRIOR_PAIRS * startM[f]![level]!) / kin;
      });
    }
    converged = change < TOLERANCE;
  }
  return { m, r, matches: match * pairs, relatives: relative * pairs, iterations, converged, spread: 0, logLikelihood };
}

export function normalised(shares: readonly number[]): number[] {
  const sum = shares.reduce((total, share) => total + share, 0);
  return shares.map((share) => share / sum);
}
