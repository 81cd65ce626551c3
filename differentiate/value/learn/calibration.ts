/** Turns what a model says into a frequency that holds: of those told 30 %, three in ten. Plain data. */
export type Calibration =
  /** Probability = σ(slope · logit + intercept). */
  | { kind: 'platt'; slope: number; intercept: number }
  /** Straight lines between points; flat before the first and after the last. */
  | { kind: 'isotonic'; from: number[]; to: number[] };

/**
 * Learns a calibration. Give it probabilities of rows the model had not seen (`outOfFold`), or it learns how well the model
 * remembers instead.
 *
 * `platt` needs few rows and keeps the order of all of them (Platt, "Probabilistic outputs for support vector machines",
 * 1999, on the log-odds, with his softened targets); `isotonic` follows any rising curve and needs a thousand or so (pool
 * adjacent violators; Zadrozny & Elkan, KDD 2002), here joined by lines so that different risks stay different.
 */
export function calibrate(said: Float64Array, labels: Uint8Array, kind: Calibration['kind'] = 'platt'): Calibration {
  if (said.length !== labels.length) throw new RangeError(`There are ${said.length} probabilities and ${labels.length} labels.`);
  return kind === 'platt' ? platt(said, labels) : isotonic(said, labels);
}

/** The calibrated probabilities. */
export function applyCalibration(calibration: Calibration, said: Float64Array): Float64Array {
  if (calibration.kind === 'platt') {
    return said.map((p) => 1 / (1 + Math.exp(-(calibration.slope * logitOf(p) + calibration.intercept))));
  }
  const { from, to } = calibration;
  if (from.length === 0) return said.slice();
  return said.map((p) => {
    let low = 0;
    let high = from.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (from[middle]! <= p) low = middle + 1;
      else high = middle;
    }
    if (low === 0) return to[0]!;
    if (low === from.length) return to.at(-1)!;
    const share = (p - from[low - 1]!) / (from[low]! - from[low - 1]!);
    return to[low - 1]! + share * (to[low]! - to[low - 1]!);
  });
}

const logitOf = (p: number) => {
  const inside = Math.min(Math.max(p, 1e-12), 1 - 1e-12);
  return Math.log(inside / (1 - inside));
};

/** Newton's method in two unknowns, with step halving (Lin, Lin & Weng, "A note on Platt's probabilistic outputs", 2007). */
function platt(said: Float64Array, labels: Uint8Array): Calibration {
  const logits = said.map(logitOf);
  let ones = 0;
  for (const label of labels) ones += label ? 1 : 0;
  const yes = (ones + 1) / (ones + 2);
  const no = 1 / (labels.length - ones + 2);
  const lossAt = (slope: number, intercept: number) => {
    let sum = 0;
    for (let i = 0; i < logits.length; i++) {
      const z = slope * logits[i]! + intercept;
      const target = labels[i] ? yes : no;
      sum += (z > 0 ? z + Math.log1p(Math.exp(-z)) : Math.log1p(Math.exp(z))) - target * z;
    }
    return sum;
  };
  let [slope, intercept] = [1, 0];
  let loss = lossAt(slope, intercept);
  for (let iteration = 0; iteration < 100; iteration++) {
    let [a, b, c, d, e] = [1e-10, 0, 1e-10, 0, 0];
    for (let i = 0; i < logits.length; i++) {
      const x = logits[i]!;
      const p = 1 / (1 + Math.exp(-(slope * x + intercept)));
      const curvature = p * (1 - p);
      const error = p - (labels[i] ? yes : no);
      a += curvature * x * x;
      b += curvature * x;
      c += curvature;
      d += error * x;
      e += error;
    }
    const determinant = a * c - b * b;
    if (!(determinant > 0)) break;
    const toSlope = (c * d - b * e) / determinant;
    const toIntercept = (a * e - b * d) / determinant;
    let length = 1;
    let next = lossAt(slope - toSlope, intercept - toIntercept);
    while (!(next <= loss) && length > 1e-6) {
      length /= 2;
      next = lossAt(slope - length * toSlope, intercept - length * toIntercept);
    }
    if (!(next < loss)) break;
    slope -= length * toSlope;
    intercept -= length * toIntercept;
    const gained = loss - next;
    loss = next;
    if (gained < 1e-12 * (1 + loss)) break;
  }
  return { kind: 'platt', slope, intercept };
}

function isotonic(said: Float64Array, labels: Uint8Array): Calibration {
  const order = Int32Array.from(said, (_, i) => i).toSorted((a, b) => said[a]! - said[b]!);
  const sums: number[] = [];
  const counts: number[] = [];
  const places: number[] = [];
  const pool = () => {
    const last = sums.length - 1;
    sums[last - 1]! += sums[last]!;
    counts[last - 1]! += counts[last]!;
    places[last - 1]! += places[last]!;
    sums.length = counts.length = places.length = last;
  };
  let before = Number.NaN;
  for (const i of order) {
    sums.push(labels[i] ? 1 : 0);
    counts.push(1);
    places.push(said[i]!);
    // The same word is the same answer; and no later block may be lower than an earlier one.
    if (said[i] === before) pool();
    before = said[i]!;
    while (sums.length > 1 && sums.at(-2)! * counts.at(-1)! >= sums.at(-1)! * counts.at(-2)!) pool();
  }
  return {
    kind: 'isotonic',
    from: places.map((sum, block) => sum / counts[block]!),
    to: sums.map((sum, block) => sum / counts[block]!),
  };
}
