// How good a model is, from what it said and what happened. Say what it said of rows it had not seen (`outOfFold`).

/**
 * Chance that a row where it happened is placed above one where it did not; 0.5 is guessing. Equal words count half
 * (Mann–Whitney). NaN if all labels are alike.
 */
export function auc(said: Float64Array, labels: Uint8Array): number {
  const order = Int32Array.from(said, (_, i) => i).toSorted((a, b) => said[a]! - said[b]!);
  let [ones, ranks] = [0, 0];
  for (let from = 0; from < order.length; ) {
    let to = from;
    let here = 0;
    while (to < order.length && said[order[to]!] === said[order[from]!]) here += labels[order[to++]!] ? 1 : 0;
    ranks += (here * (from + 1 + to)) / 2;
    ones += here;
    from = to;
  }
  const zeros = order.length - ones;
  return (ranks - (ones * (ones + 1)) / 2) / (ones * zeros);
}

/** Mean squared distance between what was said and what happened: 0 is perfect, the base rate times its rest is knowing nothing. */
export function brierScore(said: Float64Array, labels: Uint8Array): number {
  let sum = 0;
  for (let i = 0; i < said.length; i++) sum += (said[i]! - (labels[i] ? 1 : 0)) ** 2;
  return sum / said.length;
}

/** Mean of −log of the probability given to what happened. */
export function logLoss(said: Float64Array, labels: Uint8Array): number {
  let sum = 0;
  for (let i = 0; i < said.length; i++) sum -= Math.log(Math.max(labels[i] ? said[i]! : 1 - said[i]!, 1e-15));
  return sum / said.length;
}

/** How many times as often it happened among the `share` (0…1) of rows placed highest as among all. */
export function lift(said: Float64Array, labels: Uint8Array, share = 0.1): number {
  const order = Int32Array.from(said, (_, i) => i).toSorted((a, b) => said[b]! - said[a]! || a - b);
  const taken = Math.max(1, Math.round(order.length * share));
  let [top, all] = [0, 0];
  order.forEach((row, place) => {
    if (!labels[row]) return;
    all++;
    if (place < taken) top++;
  });
  return top / taken / (all / order.length);
}

export interface ReliabilityBin {
  rows: number;
  /** Mean of what was said, and the share in which it happened. */
  said: number;
  happened: number;
}

/** The rows in order of what was said, in `bins` groups as equal as they can be: said and happened should agree in each. */
export function reliability(said: Float64Array, labels: Uint8Array, bins = 10): ReliabilityBin[] {
  const order = Int32Array.from(said, (_, i) => i).toSorted((a, b) => said[a]! - said[b]!);
  return Array.from({ length: bins }, (_, bin) => {
    const rows = order.subarray(Math.floor((bin * order.length) / bins), Math.floor(((bin + 1) * order.length) / bins));
    let [words, ones] = [0, 0];
    for (const row of rows) {
      words += said[row]!;
      ones += labels[row] ? 1 : 0;
    }
    return { rows: rows.length, said: words / rows.length, happened: ones / rows.length };
  }).filter(({ rows }) => rows > 0);
}
