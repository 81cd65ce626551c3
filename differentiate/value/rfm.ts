/**
 * The ten named groups of the recency × frequency map, best first. Recency and frequency are quintiles 1 to 5, 5 is best;
 * frequency here is the mean of the frequency and monetary quintiles, rounded, as in the common practice of drawing the
 * map in two dimensions. Source: A. M. Hughes, "Strategic Database Marketing", 1994, for the quintiles; the names and
 * their cells follow the usage of the trade.
 */
export const RFM_GROUPS = [
  'champions',
  'loyal',
  'potential',
  'new',
  'promising',
  'attention',
  'at_risk',
  'cant_lose',
  'hibernating',
  'lost',
] as const;
export type RfmGroup = (typeof RFM_GROUPS)[number];

/** The map as data, row by recency 1…5, column by frequency-and-money 1…5: what a warehouse query takes as a parameter. */
export const RFM_MAP: readonly (readonly RfmGroup[])[] = [
  ['lost', 'lost', 'at_risk', 'at_risk', 'cant_lose'],
  ['lost', 'hibernating', 'at_risk', 'at_risk', 'cant_lose'],
  ['hibernating', 'attention', 'attention', 'loyal', 'loyal'],
  ['promising', 'potential', 'potential', 'loyal', 'champions'],
  ['new', 'potential', 'potential', 'champions', 'champions'],
];

/**
 * The group of a customer.
 *
 * @param recency Quintile, 1 (long ago) to 5 (just now).
 * @param frequency Quintile of the number of orders, 1 to 5.
 * @param monetary Quintile of the money brought, 1 to 5.
 * @throws RangeError outside 1…5.
 */
export function rfmGroup(recency: number, frequency: number, monetary: number): RfmGroup {
  for (const quintile of [recency, frequency, monetary]) {
    if (!Number.isInteger(quintile) || quintile < 1 || quintile > 5)
      throw new RangeError(`A quintile is 1, 2, 3, 4 or 5, not ${quintile}.`);
  }
  return RFM_MAP[recency - 1]![Math.round((frequency + monetary) / 2) - 1]!;
}

/**
 * The quantile of each value among all, 1…`parts`, higher values in higher quantiles. Equal values share the quantile of
 * the lowest of them, so that a crowd of one-time buyers is one crowd and not several.
 */
export function quantiles(values: Float64Array, parts: number): Uint8Array {
  const order = Uint32Array.from(values.keys()).toSorted((a, b) => values[a]! - values[b]!);
  const out = new Uint8Array(values.length);
  let first = 0; // index, in order, of the first of the values equal to this one
  for (let i = 0; i < order.length; i++) {
    if (i > 0 && values[order[i]!] !== values[order[i - 1]!]) first = i;
    out[order[i]!] = 1 + Math.floor((parts * first) / values.length);
  }
  return out;
}
