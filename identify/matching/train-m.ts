import { MISSING } from './comparisons/comparison.ts';
import type { KnownR } from './relatives.ts';
import { distance, goOnFrom, iterate, likelihood, mixtureOf, startFrom, type State, unpacked } from './mixture.ts';

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
  /** To go on from. */
  state: State;
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
  /** Fields that the rule's key touches without fixing: their u is that of its pairs. */
  free: readonly boolean[] = [],
  /** The most that m of a level may be, by field. */
  most: readonly (readonly number[])[] = [],
  /** What the same pairs came to with a u less well known: its end is the only start. */
  before?: Pick<SessionResult, 'state' | 'spread'>,
): SessionResult {
  const mixture = mixtureOf(patterns, active, shared, startM, u, knownR, free, most);
  const ended = (state: State, spread: number, logLikelihood: number): SessionResult => ({
    ...unpacked(mixture, state, startM),
    matches: state.match * patterns.pairs,
    relatives: state.relative * patterns.pairs,
    iterations: state.iterations,
    converged: state.converged,
    spread,
    logLikelihood,
    state,
  });
  if (before) {
    const state = goOnFrom(mixture, before.state);
    iterate(mixture, state, MOST_ITERATIONS);
    return ended(state, before.spread, likelihood(mixture, state));
  }
  const states = starts.map((start) => startFrom(mixture, start));
  for (const state of states) iterate(mixture, state, FIRST_ITERATIONS);
  const sofar = states.map((state) => likelihood(mixture, state));
  const order = [...states.keys()].toSorted((a, b) => sofar[b]! - sofar[a]!);
  const [best, second] = [states[order[0]!]!, states[order[1]!]!];
  iterate(mixture, best, MOST_ITERATIONS);
  // A start that is already where the best was going needs no company on the way.
  if (distance(best, second) > SAME_PLACE) iterate(mixture, second, MOST_ITERATIONS);
  const likelihoods = [likelihood(mixture, best), likelihood(mixture, second)] as const;
  const winner = likelihoods[1] > likelihoods[0] ? second : best;
  return ended(winner, distance(best, second), Math.max(...likelihoods));
}

const starts = [
  { match: 0.6, sharpness: 1 },
  { match: 0.05, sharpness: 1 },
  { match: 0.3, sharpness: 0.5 },
];
const FIRST_ITERATIONS = 12;
const MOST_ITERATIONS = 200;
/** Largest difference in any m below which two starts have come to the same place. */
const SAME_PLACE = 0.02;
