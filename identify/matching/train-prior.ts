/** One sampled candidate pair, or many alike. */
export interface WeighedPairs {
  /** log2 Bayes factor before the household discount. */
  weight: Float64Array;
  /** The part of it from shared fields. */
  household: Float64Array;
  /** 1 joined by a rule, -1 kept apart by a constraint, 0 left to the weight. */
  verdict: Int8Array;
  /** Candidate pairs this one stands for. */
  standsFor: Float64Array;
  /** Which blocking rules bring it: bit r for rule r. */
  captures: Uint32Array;
  count: number;
}

/**
 * The shares of pairs of one entity and of relatives among all `total` pairs of rows, by EM over the candidate pairs with
 * their Bayes factors fixed: pairs that no rule brings count as strangers.
 */
export function estimatePrior(pairs: WeighedPairs, total: number, rows: number, households: boolean): { prior: number; relatives: number } {
  const least = 0.01 / total;
  let prior = Math.min(0.2, 0.5 / rows);
  let relatives = households ? prior / 2 : 0;
  const oneFactor = pairs.weight.map((bits) => 2 ** Math.min(100, bits));
  const kinFactor = pairs.household.map((bits) => 2 ** Math.min(100, bits));
  for (let iteration = 0; iteration < 60; iteration++) {
    let matches = 0;
    let kin = 0;
    for (let p = 0; p < pairs.count; p++) {
      const one = pairs.verdict[p] === -1 ? 0 : prior * oneFactor[p]!;
      const relative = relatives * kinFactor[p]!;
      const all = one + relative + (1 - prior - relatives);
      matches += pairs.standsFor[p]! * (pairs.verdict[p] === 1 ? 1 : one / all);
      kin += pairs.standsFor[p]! * (pairs.verdict[p] === 1 ? 0 : relative / all);
    }
    const next = Math.min(0.5, Math.max(least, matches / total));
    const change = Math.abs(Math.log(next / prior));
    prior = next;
    if (households) relatives = Math.min(0.3, Math.max(least, kin / total));
    if (change < 1e-4 && iteration > 5) break;
  }
  return { prior, relatives };
}
