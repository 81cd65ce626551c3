// The columns a linear model sees: numbers standardised, categories as one 0/1 column a label, all centred.
import { columnOf, placesOfLabels, type Table } from './table.ts';

/** How one feature becomes columns. Plain data; part of the model. */
export type Encoding =
  | {
      feature: string;
      kind: 'number';
      mean: number;
      scale: number;
      /** Share of rows where it was missing; null where none was, and then there is no column that says so. */
      missing: number | null;
      /** Where its line may bend: a column of max(0, standardised − at) each, less its mean. */
      bends: { at: number; mean: number }[];
    }
  | {
      feature: string;
      kind: 'category';
      labels: string[];
      /** Share of the rows with each label: what is taken off the 0/1 column. */
      shares: number[];
    };

/**
 * Learns means, spreads and labels. Labels of fewer than `rare` rows are left out: they count as missing.
 *
 * @param bends How many places the line of a number may bend at, at equal shares of its rows.
 */
export function learnEncodings(table: Table, weights: Float64Array | undefined, rare: number, bends: number): Encoding[] {
  const { rows } = table;
  return Object.entries(table.columns).flatMap(([feature, column]): Encoding[] => {
    if (column.kind === 'category') {
      const counts = new Float64Array(column.labels.length);
      const weighted = new Float64Array(column.labels.length);
      let total = 0;
      for (let row = 0; row < rows; row++) {
        const weight = weights?.[row] ?? 1;
        const code = column.codes[row]!;
        total += weight;
        if (code < 0) continue;
        counts[code]!++;
        weighted[code]! += weight;
      }
      const kept = column.labels.map((_, code) => code).filter((code) => counts[code]! >= rare);
      if (kept.length === 0) return [];
      return [
        {
          feature,
          kind: 'category',
          labels: kept.map((code) => column.labels[code]!),
          shares: kept.map((code) => weighted[code]! / total),
        },
      ];
    }
    let sum = 0;
    let known = 0;
    let total = 0;
    for (let row = 0; row < rows; row++) {
      const weight = weights?.[row] ?? 1;
      const value = column.values[row]!;
      total += weight;
      if (!Number.isFinite(value)) continue;
      sum += weight * value;
      known += weight;
    }
    if (known === 0) return [];
    const mean = sum / known;
    let squares = 0;
    for (let row = 0; row < rows; row++) {
      const value = column.values[row]!;
      if (Number.isFinite(value)) squares += (weights?.[row] ?? 1) * (value - mean) ** 2;
    }
    const scale = Math.sqrt(squares / known);
    const missing = known < total ? (total - known) / total : null;
    if (!(scale > Math.abs(mean) * 1e-12) && missing === null) return [];
    if (!(scale > 0)) return [{ feature, kind: 'number', mean, scale: 1, missing, bends: [] }];
    return [{ feature, kind: 'number', mean, scale, missing, bends: bends > 0 ? bendsOf(column.values, mean, scale, bends) : [] }];
  });
}

function bendsOf(values: ArrayLike<number>, mean: number, scale: number, count: number): { at: number; mean: number }[] {
  const known = Float64Array.from(values)
    .filter((value) => Number.isFinite(value))
    .map((value) => (value - mean) / scale)
    .toSorted();
  const [least, greatest] = [known[0]!, known.at(-1)!];
  const places = Array.from({ length: count }, (_, i) => known[Math.floor(((i + 1) * known.length) / (count + 1))]!);
  return [...new Set(places)]
    .filter((at) => at > least && at < greatest)
    .map((at) => ({ at, mean: known.reduce((sum, value) => sum + Math.max(0, value - at), 0) / known.length }));
}

/** How many columns the feature becomes. */
export const widthOf = (encoding: Encoding) =>
  encoding.kind === 'category' ? encoding.labels.length : 1 + encoding.bends.length + (encoding.missing === null ? 0 : 1);

/** The columns of every row, row-major. A missing number stands at the mean, a missing or unknown label at none. */
export function designMatrix(table: Table, encodings: readonly Encoding[]): { width: number; cells: Float64Array } {
  const width = encodings.reduce((sum, encoding) => sum + widthOf(encoding), 0);
  const cells = new Float64Array(table.rows * width);
  let first = 0;
  for (const encoding of encodings) {
    if (encoding.kind === 'category') {
      const column = columnOf(table, encoding.feature, 'category');
      const places = placesOfLabels(column, encoding.labels);
      for (let row = 0; row < table.rows; row++) {
        const at = row * width + first;
        for (let label = 0; label < encoding.shares.length; label++) cells[at + label] = -encoding.shares[label]!;
        const code = column.codes[row]!;
        const place = code < 0 ? -1 : places[code]!;
        if (place >= 0) cells[at + place]! += 1;
      }
    } else {
      const { values } = columnOf(table, encoding.feature, 'number');
      const { mean, scale, missing, bends } = encoding;
      for (let row = 0; row < table.rows; row++) {
        const value = values[row]!;
        const known = Number.isFinite(value);
        let at = row * width + first;
        const standard = known ? (value - mean) / scale : 0;
        cells[at++] = standard;
        for (const bend of bends) cells[at++] = known ? Math.max(0, standard - bend.at) - bend.mean : 0;
        if (missing !== null) cells[at] = (known ? 0 : 1) - missing;
      }
    }
    first += widthOf(encoding);
  }
  return { width, cells };
}

/**
 * Adds what the feature contributes to each row: its columns times their coefficients, without making the columns.
 *
 * @param coefficients Those of this feature alone.
 * @param sums Row r is added to at r × stride + offset.
 */
export function addEffect(
  table: Table,
  encoding: Encoding,
  coefficients: readonly number[],
  sums: Float64Array,
  stride: number,
  offset: number,
): void {
  if (encoding.kind === 'category') {
    const column = columnOf(table, encoding.feature, 'category');
    const places = placesOfLabels(column, encoding.labels);
    const average = encoding.shares.reduce((sum, share, label) => sum + share * coefficients[label]!, 0);
    const effects = Float64Array.from(places, (place) => (place < 0 ? 0 : coefficients[place]!) - average);
    for (let row = 0; row < table.rows; row++) {
      const code = column.codes[row]!;
      sums[row * stride + offset]! += code < 0 ? -average : effects[code]!;
    }
    return;
  }
  const { values } = columnOf(table, encoding.feature, 'number');
  const { mean, scale, missing, bends } = encoding;
  const ofMissing = missing === null ? 0 : coefficients.at(-1)!;
  const known = -(missing ?? 0) * ofMissing - bends.reduce((sum, bend, i) => sum + bend.mean * coefficients[i + 1]!, 0);
  const unknown = (1 - (missing ?? 0)) * ofMissing;
  for (let row = 0; row < table.rows; row++) {
    const value = values[row]!;
    const standard = (value - mean) / scale;
    let effect = Number.isFinite(value) ? known + coefficients[0]! * standard : unknown;
    if (Number.isFinite(value))
      for (let i = 0; i < bends.length; i++) effect += coefficients[i + 1]! * Math.max(0, standard - bends[i]!.at);
    sums[row * stride + offset]! += effect;
  }
}
