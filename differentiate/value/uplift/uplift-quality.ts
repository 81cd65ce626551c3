// How well customers are ordered by what a treatment changes for them; nobody's own change is ever seen, only sides are compared.

export interface Effect {
  /** Share of the treated it happened to, less that of the untreated. */
  effect: number;
  /** Where it lies in 95 of 100 such experiments. */
  low: number;
  high: number;
  treated: number;
  untreated: number;
}

interface Side {
  rows: number;
  ones: number;
}

/** The average effect of the treatment, with the interval of two proportions. NaN where a side is empty. */
export function averageEffect(treated: Uint8Array, labels: Uint8Array): Effect {
  const sides: [Side, Side] = [
    { rows: 0, ones: 0 },
    { rows: 0, ones: 0 },
  ];
  treated.forEach((one, row) => {
    const side = sides[one ? 1 : 0];
    side.rows++;
    side.ones += labels[row]!;
  });
  const [without, with_] = sides.map(({ rows, ones }) => ({
    share: ones / rows,
    variance: (ones / rows) * (1 - ones / rows) * (1 / rows),
  }));
  const effect = with_!.share - without!.share;
  const spread = 1.959964 * Math.sqrt(with_!.variance + without!.variance);
  return { effect, low: effect - spread, high: effect + spread, treated: sides[1].rows, untreated: sides[0].rows };
}

/** The effect among the `share` (0…1) of customers said to change most. */
export function upliftAt(said: Float64Array, treated: Uint8Array, labels: Uint8Array, share: number): Effect {
  const best = Int32Array.from(said, (_, row) => row)
    .toSorted((a, b) => said[b]! - said[a]! || a - b)
    .subarray(0, Math.max(1, Math.floor(said.length * share)));
  return averageEffect(
    Uint8Array.from(best, (row) => treated[row]!),
    Uint8Array.from(best, (row) => labels[row]!),
  );
}

/** After the best `customers` have been treated, `gained` outcomes more than without; both start at 0. */
export interface QiniCurve {
  customers: Float64Array;
  gained: Float64Array;
}

/**
 * Outcomes gained by treating customers in the order of what was said, best first: those of the treated so far, less those of
 * the untreated so far brought to the same number. Customers with the same word come together.
 * Source: Radcliffe, "Using control groups to target on predicted lift", 2007.
 */
export function qiniCurve(said: Float64Array, treated: Uint8Array, labels: Uint8Array): QiniCurve {
  const order = Int32Array.from(said, (_, row) => row).toSorted((a, b) => said[b]! - said[a]!);
  const customers = [0];
  const gained = [0];
  const rows = [0, 0];
  const ones = [0, 0];
  order.forEach((row, place) => {
    const side = treated[row] ? 1 : 0;
    rows[side]!++;
    ones[side]! += labels[row]!;
    if (place + 1 < order.length && said[order[place + 1]!] === said[row]) return;
    customers.push(place + 1);
    gained.push(ones[1]! - (rows[0] ? (ones[0]! * rows[1]!) / rows[0] : 0));
  });
  return { customers: Float64Array.from(customers), gained: Float64Array.from(gained) };
}

/**
 * The Qini coefficient: the area between the curve and the straight line of treating at random, as a share of what perfect
 * knowledge would give (treated who did it first, untreated who did it last; negative effects allowed). 0 is guessing.
 */
export function qini(said: Float64Array, treated: Uint8Array, labels: Uint8Array): number {
  const perfect = said.map((_, row) => labels[row]! * (treated[row] ? 1 : -1));
  return areaAboveLine(qiniCurve(said, treated, labels)) / areaAboveLine(qiniCurve(perfect, treated, labels));
}

function areaAboveLine({ customers, gained }: QiniCurve): number {
  let area = 0;
  for (let i = 1; i < customers.length; i++) area += ((gained[i]! + gained[i - 1]!) / 2) * (customers[i]! - customers[i - 1]!);
  return area - (gained.at(-1)! * customers.at(-1)!) / 2;
}
