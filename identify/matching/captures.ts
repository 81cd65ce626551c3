import type { Blocks } from './block.ts';
import type { WeighedPairs } from './train-prior.ts';

/** Rules that are asked how they catch: more than anybody has. */
export const MOST_TRAPS = 32;

/** Which blocking rules bring a pair: bit r for rule r, up to {@link MOST_TRAPS}. */
export function bringing(blocks: Blocks, i: number, j: number): number {
  let bits = 0;
  for (let r = 0; r < Math.min(MOST_TRAPS, blocks.rules.length); r++) if (bringsPair(blocks, r, i, j)) bits |= 1 << r;
  return bits >>> 0;
}

/** Whether one rule brings a pair. */
export function bringsPair({ keys, width, rules }: Blocks, rule: number, i: number, j: number): boolean {
  const { offset, slots } = rules[rule]!;
  const [atI, atJ] = [i * width + offset, j * width + offset];
  for (let s = 0; s < slots; s++) {
    const key = keys[atI + s]!;
    if (key === 0) continue;
    for (let t = 0; t < slots; t++) if (keys[atJ + t] === key) return true;
  }
  return false;
}

/** Pairs less likely than this to be one entity say little of how one entity is caught. */
const SURE = 0.8;

/**
 * The share of the pairs of one entity that no blocking rule brings, by capture and recapture: the rules are traps, and of what few of
 * them catch, more has escaped them all. Two estimates, of which the smaller is taken, for each errs upwards where the rules are not
 * what it supposes: from the pairs that one rule alone brings and those that two bring, which takes rules for nothing that can only
 * agree together (all pairs of a few columns); and from how much of what the rules bring others bring too, which wants more than a few.
 *
 * With `everyPair`, one of the rules brings them all, and nothing is missed.
 *
 * Sources: Chao, "Estimating population size for sparse data in capture–recapture experiments", Biometrics 1989; Lee and Chao,
 * "Estimating population size via sample coverage for closed capture–recapture models", Biometrics 1994.
 */
export function missedShare(pairs: WeighedPairs, rules: number, prior: number, relatives: number, everyPair: boolean): number {
  if (everyPair || rules < 2) return 0;
  const caught = catchesOf(pairs, rules, prior, relatives);
  if (caught.all < 1) return 0;
  const escaped = Math.min(bySparseCatches(caught), byCoverage(caught));
  return escaped / (caught.all + escaped);
}

interface Catches {
  /** Pairs, and those that so many rules bring. */
  all: number;
  times: Float64Array;
  /** By rule, those that it brings, and those that only it brings. */
  brought: Float64Array;
  alone: Float64Array;
}

/** Of the pairs that surely are one entity, each for what it stands for. */
function catchesOf(pairs: WeighedPairs, rules: number, prior: number, relatives: number): Catches {
  const caught: Catches = { all: 0, times: new Float64Array(rules + 1), brought: new Float64Array(rules), alone: new Float64Array(rules) };
  for (let p = 0; p < pairs.count; p++) {
    const one = pairs.verdict[p] === -1 ? 0 : prior * 2 ** Math.min(100, pairs.weight[p]!);
    const kin = relatives * 2 ** Math.min(100, pairs.household[p]!);
    const share = pairs.standsFor[p]! * (pairs.verdict[p] === 1 ? 1 : one / (one + kin + 1 - prior - relatives));
    if (share < SURE * pairs.standsFor[p]!) continue;
    let times = 0;
    for (let r = 0; r < rules; r++) {
      if (((pairs.captures[p]! >>> r) & 1) === 0) continue;
      times++;
      caught.brought[r]! += share;
    }
    if (times === 1) caught.alone[31 - Math.clz32(pairs.captures[p]!)]! += share;
    caught.times[times]! += share;
    caught.all += share;
  }
  return caught;
}

const squares = (values: Float64Array): number => values.reduce((sum, value) => sum + value ** 2, 0);

function bySparseCatches({ times, alone }: Catches): number {
  return (times[1]! ** 2 - squares(alone)) / 2 / (times[2]! + 1);
}

function byCoverage({ all, times, brought }: Catches): number {
  let catches = 0;
  let again = 0;
  times.forEach((share, k) => {
    catches += k * share;
    again += k * (k - 1) * share;
  });
  const coverage = Math.max(0.05, 1 - times[1]! / catches);
  const ofTwo = catches ** 2 - squares(brought);
  const unevenness = ofTwo <= 0 ? 0 : Math.max(0, ((all / coverage) * again) / ofTwo - 1);
  return all / coverage + (times[1]! / coverage) * unevenness - all;
}
