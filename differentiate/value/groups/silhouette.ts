import { type Uniform, sampleOf } from '../arithmetic/sample.ts';
import { distanceBetween, type Points, takePoints } from './group-space.ts';

/** Every pair of so many points is compared: enough for the second decimal, and a tenth of a second. */
const SAMPLE = 1200;

/**
 * How much nearer points are to their own group than to the next one, −1…1, on average over all groups and within each:
 * above 0.5 groups stand apart, below 0.25 they run into each other.
 * On a sample where there are more. Source: Rousseeuw, "Silhouettes: a graphical aid", 1987.
 */
export function silhouette(all: Points, groupsOfAll: Uint8Array, count: number, random: Uniform): { mean: number; byGroup: number[] } {
  const chosen = sampleOf(all.rows, SAMPLE, random);
  const points = takePoints(all, chosen);
  const groups = Uint8Array.from(chosen, (row) => groupsOfAll[row]!);
  const { rows } = points;
  const sizes = new Int32Array(count);
  for (const group of groups) sizes[group]!++;
  const sums = new Float64Array(rows * count);
  for (let a = 0; a < rows; a++) {
    for (let b = a + 1; b < rows; b++) {
      const distance = Math.sqrt(distanceBetween(points, a, b));
      sums[a * count + groups[b]!]! += distance;
      sums[b * count + groups[a]!]! += distance;
    }
  }
  const widths = new Float64Array(count);
  let total = 0;
  for (let row = 0; row < rows; row++) {
    const own = groups[row]!;
    // A point alone in its group stands neither well nor badly.
    if (sizes[own]! < 2) continue;
    const inside = sums[row * count + own]! / (sizes[own]! - 1);
    let outside = Number.POSITIVE_INFINITY;
    for (let k = 0; k < count; k++) if (k !== own && sizes[k]) outside = Math.min(outside, sums[row * count + k]! / sizes[k]!);
    const width = outside === Number.POSITIVE_INFINITY ? 0 : (outside - inside) / Math.max(inside, outside, 1e-300);
    total += width;
    widths[own]! += width;
  }
  return { mean: rows ? total / rows : 0, byGroup: Array.from(widths, (sum, k) => (sizes[k] ? sum / sizes[k]! : 0)) };
}
