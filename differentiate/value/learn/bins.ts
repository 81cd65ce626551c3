// Values as small whole numbers, which is all that a tree of histograms looks at: bin 0 is missing, the others follow.
import { sampleOf, seededRandom } from '../arithmetic/sample.ts';
import { columnOf, placesOfLabels, type Table } from './table.ts';

/** How one feature becomes bins. Plain data; part of the model. */
export type Binning =
  /** Bin b > 0 holds what is greater than edges[b − 2] and at most edges[b − 1]; the last one has no upper edge. */
  | { feature: string; kind: 'number'; edges: number[] }
  /** Bin b > 0 holds the label labels[b − 1]. */
  | { feature: string; kind: 'category'; labels: string[] };

/** Bins fit in a byte, and one of them is for what is missing. */
const MOST_BINS = 255;
/** Quantiles of so many rows are those of all for a tree. */
const SAMPLE = 100_000;

/**
 * Learns edges (quantiles of the distinct values) and labels (the commonest, and none of fewer than `rare` rows).
 * Features that never vary are left out.
 */
export function learnBins(table: Table, most: number, rare: number): Binning[] {
  const bins = Math.min(most, MOST_BINS);
  const rows = sampleOf(table.rows, SAMPLE, seededRandom(1));
  return Object.entries(table.columns).flatMap(([feature, column]): Binning[] => {
    if (column.kind === 'category') {
      const counts = new Int32Array(column.labels.length);
      for (const code of column.codes) if (code >= 0) counts[code]!++;
      const kept = column.labels
        .map((_, code) => code)
        .filter((code) => counts[code]! >= rare)
        .toSorted((a, b) => counts[b]! - counts[a]!)
        .slice(0, bins);
      return kept.length > 0 ? [{ feature, kind: 'category', labels: kept.map((code) => column.labels[code]!) }] : [];
    }
    const known = new Float64Array(rows.length);
    let count = 0;
    for (const row of rows) {
      const value = column.values[row]!;
      if (Number.isFinite(value)) known[count++] = value;
    }
    if (count === 0) return [];
    const edges = edgesOf(known.subarray(0, count).toSorted(), bins);
    return edges.length > 0 || count < rows.length ? [{ feature, kind: 'number', edges }] : [];
  });
}

/** Halfway between neighbours where there are few distinct values, else at equal shares of the rows. */
function edgesOf(sorted: Float64Array, bins: number): number[] {
  const distinct = sorted.filter((value, i) => i === 0 || value !== sorted[i - 1]);
  if (distinct.length <= bins) return Array.from(distinct.subarray(1), (value, i) => (value + distinct[i]!) / 2);
  const edges: number[] = [];
  for (let bin = 1; bin < bins; bin++) {
    const edge = sorted[Math.floor((bin * sorted.length) / bins)]!;
    // The least value needs no bin below it, and an edge at the greatest would leave the last bin empty.
    if (edge < sorted.at(-1)! && edge !== edges.at(-1)) edges.push(edge);
  }
  return edges;
}

/** The bins of every row, a byte array a feature. Labels the binning does not know count as missing. */
export function binColumns(table: Table, binnings: readonly Binning[]): Uint8Array[] {
  return binnings.map((binning) => {
    const bins = new Uint8Array(table.rows);
    if (binning.kind === 'category') {
      const column = columnOf(table, binning.feature, 'category');
      const places = placesOfLabels(column, binning.labels);
      for (let row = 0; row < bins.length; row++) {
        const code = column.codes[row]!;
        bins[row] = code < 0 ? 0 : places[code]! + 1;
      }
      return bins;
    }
    const { values } = columnOf(table, binning.feature, 'number');
    const edges = Float64Array.from(binning.edges);
    for (let row = 0; row < bins.length; row++) {
      const value = values[row]!;
      if (!Number.isFinite(value)) continue;
      let low = 0;
      let high = edges.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (value <= edges[middle]!) high = middle;
        else low = middle + 1;
      }
      bins[row] = low + 1;
    }
    return bins;
  });
}

/** How many bins the feature has, the one of missing values among them. */
export const binsOf = (binning: Binning) => (binning.kind === 'category' ? binning.labels.length + 1 : binning.edges.length + 2);
