// Where customers stand among each other: numbers on one scale, categories compared by being the same or not.
import { columnOf, placesOfLabels, type Table } from '../learn/table.ts';

/** How one feature is measured. Plain data; part of the model. */
export type Axis =
  | { feature: string; kind: 'number'; mean: number; scale: number; weight: number }
  /** `labels` are those a group may be typical of; another one, or none, is like no group. */
  | { feature: string; kind: 'category'; labels: string[]; weight: number };

/** Rows as points: standardised numbers, then places of labels (−1 missing), row-major. */
export interface Points {
  rows: number;
  width: number;
  numbers: Float32Array;
  categories: number;
  codes: Int16Array;
  /** What being different costs, a category. */
  costs: Float64Array;
}

/** Beyond so many deviations, more makes nobody more different: a few giants would be groups of their own. */
const FARTHEST = 3;
const MOST_LABELS = 200;

/**
 * Learns the axes. A number that never varies, or is known of nobody, is left out.
 *
 * @param weights How much a feature counts against the others: 2 counts like two features alike. 1 if not said.
 */
export function learnAxes(table: Table, weights: Readonly<Record<string, number>> = {}): Axis[] {
  return Object.entries(table.columns).flatMap(([feature, column]): Axis[] => {
    const weight = weights[feature] ?? 1;
    if (!(weight > 0)) return [];
    if (column.kind === 'category') {
      const counts = new Int32Array(column.labels.length);
      for (const code of column.codes) if (code >= 0) counts[code]!++;
      const labels = column.labels
        .map((label, code) => ({ label, count: counts[code]! }))
        .filter(({ count }) => count > 0)
        .toSorted((a, b) => b.count - a.count)
        .slice(0, MOST_LABELS)
        .map(({ label }) => label);
      return labels.length > 1 ? [{ feature, kind: 'category', labels, weight }] : [];
    }
    let [known, sum, squares] = [0, 0, 0];
    for (const value of column.values) {
      if (!Number.isFinite(value)) continue;
      known++;
      sum += value;
    }
    const mean = sum / known;
    for (const value of column.values) if (Number.isFinite(value)) squares += (value - mean) ** 2;
    const scale = Math.sqrt(squares / known);
    return scale > Math.abs(mean) * 1e-9 ? [{ feature, kind: 'number', mean, scale, weight }] : [];
  });
}

/** The rows from…to−1 as points. A missing number stands at the mean. */
export function pointsOf(table: Table, axes: readonly Axis[], from = 0, to = table.rows): Points {
  const rows = to - from;
  const measured = axes.filter((axis) => axis.kind === 'number');
  const named = axes.filter((axis) => axis.kind === 'category');
  const [width, categories] = [measured.length, named.length];
  const numbers = new Float32Array(rows * width);
  const codes = new Int16Array(rows * categories);
  measured.forEach(({ feature, mean, scale, weight }, axis) => {
    const { values } = columnOf(table, feature, 'number');
    const root = Math.sqrt(weight);
    for (let row = 0; row < rows; row++) {
      const value = values[from + row]!;
      if (Number.isFinite(value)) numbers[row * width + axis] = root * Math.max(-FARTHEST, Math.min(FARTHEST, (value - mean) / scale));
    }
  });
  named.forEach(({ feature, labels }, axis) => {
    const column = columnOf(table, feature, 'category');
    const places = placesOfLabels(column, labels);
    for (let row = 0; row < rows; row++) {
      const code = column.codes[from + row]!;
      codes[row * categories + axis] = code < 0 ? -1 : places[code]!;
    }
  });
  return { rows, width, numbers, categories, codes, costs: Float64Array.from(named, ({ weight }) => weight) };
}

/** Centres of groups: means of the numbers and commonest labels, row-major. */
export interface Centres {
  count: number;
  numbers: Float64Array;
  codes: Int16Array;
}

/** Squared distance of a point from a centre. */
export function distanceTo(points: Points, row: number, centres: Centres, group: number): number {
  const { width, numbers } = points;
  let sum = 0;
  for (let i = 0, at = row * width, of = group * width; i < width; i++) {
    const apart = numbers[at + i]! - centres.numbers[of + i]!;
    sum += apart * apart;
  }
  return sum + differing(points, row, centres, group);
}

/** What the categories of a point add to its distance from a centre. */
export function differing({ categories, codes, costs }: Points, row: number, centres: Centres, group: number): number {
  let sum = 0;
  for (let i = 0, at = row * categories, of = group * categories; i < categories; i++) {
    const code = codes[at + i]!;
    if (code < 0 || code !== centres.codes[of + i]!) sum += costs[i]!;
  }
  return sum;
}

/** Squared distance between two points. */
export function distanceBetween(points: Points, a: number, b: number): number {
  const { width, numbers, categories, codes, costs } = points;
  let sum = 0;
  for (let i = 0, x = a * width, y = b * width; i < width; i++) {
    const apart = numbers[x + i]! - numbers[y + i]!;
    sum += apart * apart;
  }
  for (let i = 0, x = a * categories, y = b * categories; i < categories; i++) {
    const code = codes[x + i]!;
    if (code < 0 || code !== codes[y + i]!) sum += costs[i]!;
  }
  return sum;
}

/** Some of the points, in the order asked. */
export function takePoints(points: Points, rows: ArrayLike<number>): Points {
  const { width, categories } = points;
  const numbers = new Float32Array(rows.length * width);
  const codes = new Int16Array(rows.length * categories);
  for (let i = 0; i < rows.length; i++) {
    numbers.set(points.numbers.subarray(rows[i]! * width, (rows[i]! + 1) * width), i * width);
    codes.set(points.codes.subarray(rows[i]! * categories, (rows[i]! + 1) * categories), i * categories);
  }
  return { ...points, rows: rows.length, numbers, codes };
}
