import type { Uniform } from '../arithmetic/sample.ts';
import { type Centres, differing, distanceBetween, type Points } from './group-space.ts';

export interface Partition {
  centres: Centres;
  groups: Uint8Array;
  /** Sum of squared distances to the centres. */
  within: number;
}

/**
 * Parts points into `count` groups around means and commonest labels: k-means where there are only numbers, k-prototypes
 * where there are categories too (Huang, "Extensions to the k-means algorithm for clustering large data sets with
 * categorical values", 1998). Begins at centres far from each other (k-means++; Arthur & Vassilvitskii, 2007), `starts`
 * times, and keeps the tightest.
 */
export function kPrototypes(points: Points, count: number, random: Uniform, { starts = 3, iterations = 50 } = {}): Partition {
  let best: Partition | undefined;
  for (let start = 0; start < starts; start++) {
    const found = settle(points, farApart(points, count, random), iterations);
    if (!best || found.within < best.within) best = found;
  }
  return best!;
}

/** The group of each point, and the sum of squared distances. */
export function nearest(points: Points, centres: Centres): { groups: Uint8Array; distances: Float32Array; within: number } {
  const groups = new Uint8Array(points.rows);
  const distances = new Float32Array(points.rows);
  let within = 0;
  const { rows, width, numbers, categories } = points;
  const means = centres.numbers;
  for (let row = 0; row < rows; row++) {
    let least = Number.POSITIVE_INFINITY;
    let group = 0;
    const at = row * width;
    for (let k = 0; k < centres.count; k++) {
      let distance = 0;
      for (let i = 0, of = k * width; i < width; i++) {
        const apart = numbers[at + i]! - means[of + i]!;
        distance += apart * apart;
      }
      if (categories > 0 && distance < least) distance += differing(points, row, centres, k);
      if (distance < least) {
        least = distance;
        group = k;
      }
    }
    groups[row] = group;
    distances[row] = least;
    within += least;
  }
  return { groups, distances, within };
}

function farApart(points: Points, count: number, random: Uniform): Centres {
  const { rows, width, categories } = points;
  const centres: Centres = { count, numbers: new Float64Array(count * width), codes: new Int16Array(count * categories) };
  const least = new Float64Array(rows).fill(Number.POSITIVE_INFINITY);
  let chosen = Math.floor(random() * rows);
  for (let k = 0; k < count; k++) {
    centres.numbers.set(points.numbers.subarray(chosen * width, (chosen + 1) * width), k * width);
    centres.codes.set(points.codes.subarray(chosen * categories, (chosen + 1) * categories), k * categories);
    let total = 0;
    for (let row = 0; row < rows; row++) {
      least[row] = Math.min(least[row]!, distanceBetween(points, row, chosen));
      total += least[row]!;
    }
    let left = random() * total;
    chosen = 0;
    while (chosen < rows - 1 && (left -= least[chosen]!) > 0) chosen++;
  }
  return centres;
}

function settle(points: Points, centres: Centres, iterations: number): Partition {
  let state = nearest(points, centres);
  for (let iteration = 0; iteration < iterations; iteration++) {
    moveCentres(points, state.groups, state.distances, centres);
    const next = nearest(points, centres);
    const settled = next.within >= state.within * (1 - 1e-5);
    state = next;
    if (settled) break;
  }
  return { centres, groups: state.groups, within: state.within };
}

/** Puts each centre amid its points; a group that lost all of them begins anew at the point farthest from its own centre. */
function moveCentres(points: Points, groups: Uint8Array, distances: Float32Array, centres: Centres): void {
  const { rows, width, categories, numbers, codes } = points;
  const sizes = new Int32Array(centres.count);
  centres.numbers.fill(0);
  const votes = Array.from({ length: centres.count * categories }, () => new Map<number, number>());
  for (let row = 0; row < rows; row++) {
    const group = groups[row]!;
    sizes[group]!++;
    for (let i = 0, at = row * width, of = group * width; i < width; i++) centres.numbers[of + i]! += numbers[at + i]!;
    for (let i = 0; i < categories; i++) {
      const code = codes[row * categories + i]!;
      const vote = votes[group * categories + i]!;
      if (code >= 0) vote.set(code, (vote.get(code) ?? 0) + 1);
    }
  }
  for (let group = 0; group < centres.count; group++) {
    if (sizes[group] === 0) {
      let farthest = 0;
      for (let row = 1; row < rows; row++) if (distances[row]! > distances[farthest]!) farthest = row;
      distances[farthest] = 0;
      centres.numbers.set(numbers.subarray(farthest * width, (farthest + 1) * width), group * width);
      centres.codes.set(codes.subarray(farthest * categories, (farthest + 1) * categories), group * categories);
      continue;
    }
    for (let i = group * width; i < (group + 1) * width; i++) centres.numbers[i]! /= sizes[group]!;
    for (let i = 0; i < categories; i++) {
      let [commonest, most] = [-1, 0];
      for (const [code, count] of votes[group * categories + i]!) {
        if (count > most || (count === most && code < commonest)) [commonest, most] = [code, count];
      }
      centres.codes[group * categories + i] = commonest;
    }
  }
}
