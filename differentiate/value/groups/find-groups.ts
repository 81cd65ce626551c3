import { type Uniform, sampleOf, seededRandom } from '../arithmetic/sample.ts';
import { type Table, takeRows } from '../learn/table.ts';
import { adjustedRand } from './adjusted-rand.ts';
import { type Axis, type Centres, learnAxes, type Points, pointsOf, takePoints } from './group-space.ts';
import { kPrototypes, nearest } from './k-prototypes.ts';
import { silhouette } from './silhouette.ts';

export interface GroupOptions {
  /** So many groups; chosen among `least`…`most` if not said. */
  count?: number;
  least?: number;
  most?: number;
  /** How much a feature counts against the others; 1 if not said. */
  weights?: Readonly<Record<string, number>>;
  /** A group of a smaller share of the rows than this speaks against its number of groups. */
  smallest?: number;
  seed?: number;
  onProgress?: (done: number, total: number) => void;
}

/** What was found for one number of groups. */
export interface GroupTrial {
  count: number;
  /** How alike the groups are when learned from other customers, 0…1 (adjusted Rand). */
  stability: number;
  silhouette: number;
  /** Share of the smallest group. */
  smallest: number;
}

/** Plain data: keep it as JSON, read it with `assignGroups`. */
export interface GroupModel {
  version: 1;
  axes: Axis[];
  count: number;
  /** Row-major: groups × numbers, on the scale of the axes; and groups × categories, places of labels. */
  numbers: number[];
  codes: number[];
  stability: number;
  silhouette: number;
  silhouettes: number[];
  /** Every number of groups that was tried; only the one asked for where one was asked for. */
  trials: GroupTrial[];
}

/** Centres settle on far fewer rows than there are; the rest is only assigned. */
const LEARNED_FROM = 12_000;
const TRIED_ON = 3000;
const PAIRS = 4;
/** Below this, other customers would have given other groups. */
const STABLE = 0.8;

/**
 * Finds groups of rows that are alike. The number of groups is the one that comes out the same from other samples of the
 * same customers (stability) and whose groups stand apart (silhouette): among the numbers that are stable, the greatest
 * product of both, and where two are as good as equal the greater number. Where none is stable, the most stable.
 * Source of stability as a criterion: Ben-Hur, Elisseeff & Guyon, "A stability based method for discovering structure", 2002.
 *
 * @throws RangeError if no feature varies, or there are fewer than ten rows a group.
 */
export function findGroups(table: Table, options: GroupOptions = {}): GroupModel {
  const { least = 2, most = 8, weights = {}, smallest = 0.02, seed = 1, onProgress = () => {} } = options;
  const random = seededRandom(seed);
  const sample = takeRows(table, sampleOf(table.rows, LEARNED_FROM, random));
  const axes = learnAxes(sample, weights);
  if (axes.length === 0) throw new RangeError('No feature varies: everybody is alike.');
  const upTo = Math.min(options.count ?? most, Math.floor(table.rows / 10));
  const from = options.count ?? least;
  if (upTo < from || upTo < 2) throw new RangeError(`${table.rows} rows are too few for ${from} groups.`);
  const points = pointsOf(sample, axes);
  const counts = Array.from({ length: upTo - from + 1 }, (_, i) => from + i);
  const trials = counts.map((count, done) => {
    onProgress(done, counts.length + 1);
    return tryCount(points, count, random);
  });
  onProgress(counts.length, counts.length + 1);
  const { count } = bestTrial(trials, smallest);
  const { centres, groups } = kPrototypes(points, count, random);
  const quality = silhouette(points, groups, count, random);
  onProgress(counts.length + 1, counts.length + 1);
  return {
    version: 1,
    axes,
    count,
    numbers: Array.from(centres.numbers),
    codes: Array.from(centres.codes),
    stability: trials.find((trial) => trial.count === count)!.stability,
    silhouette: quality.mean,
    silhouettes: quality.byGroup,
    trials,
  };
}

/** Pairs of groupings, each learned from half of the points, compared on all of them. */
function tryCount(all: Points, count: number, random: Uniform): GroupTrial {
  const points = takePoints(all, sampleOf(all.rows, TRIED_ON, random));
  const half = Math.max(count * 5, Math.ceil(points.rows / 2));
  const learn = () =>
    kPrototypes(takePoints(points, sampleOf(points.rows, half, random)), count, random, { starts: 2, iterations: 25 }).centres;
  let stability = 0;
  for (let pair = 0; pair < PAIRS; pair++) {
    stability += adjustedRand(nearest(points, learn()).groups, nearest(points, learn()).groups) / PAIRS;
  }
  const { groups } = kPrototypes(points, count, random, { starts: 2 });
  const sizes = new Int32Array(count);
  for (const group of groups) sizes[group]!++;
  return {
    count,
    stability: Math.max(0, stability),
    silhouette: silhouette(points, groups, count, random).mean,
    smallest: Math.min(...sizes) / points.rows,
  };
}

function bestTrial(trials: readonly GroupTrial[], smallest: number): GroupTrial {
  const whole = trials.filter((trial) => trial.smallest >= smallest);
  const fit = whole.length > 0 ? whole : trials;
  const stable = fit.filter(({ stability }) => stability >= STABLE);
  if (stable.length === 0) return fit.reduce((best, trial) => (trial.stability > best.stability ? trial : best));
  const worth = (trial: GroupTrial) => trial.stability * trial.silhouette;
  const best = Math.max(...stable.map(worth));
  return stable.findLast((trial) => worth(trial) >= best * 0.98)!;
}

export const centresOf = ({ count, numbers, codes }: GroupModel): Centres => ({
  count,
  numbers: Float64Array.from(numbers),
  codes: Int16Array.from(codes),
});
