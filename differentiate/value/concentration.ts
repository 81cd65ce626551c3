/**
 * A concentration curve: entry i is the share (0…1) of the whole that the best i/(length−1) of the customers bring. It
 * starts at 0 and ends at 1, unless some customers bring less than nothing: then it rises above 1 on its way.
 */
export type Curve = Float64Array;

/**
 * The concentration curve of what each customer brings, best first.
 *
 * @param values Money per customer, in any order.
 * @param steps How many equal steps of customers the curve has; between two customers it is interpolated.
 */
export function concentrationCurve(values: Float64Array, steps = 100): Curve {
  const sorted = values.toSorted().toReversed();
  const cumulated = new Float64Array(sorted.length + 1);
  for (let i = 0; i < sorted.length; i++) cumulated[i + 1] = cumulated[i]! + sorted[i]!;
  return curveFromTotals(cumulated, steps);
}

/**
 * The curve of running totals that somebody else summed (a warehouse), best customers first, starting at 0.
 *
 * @param cumulated Running total after 0, 1, 2 … equal groups of customers.
 */
export function curveFromTotals(cumulated: Float64Array, steps = cumulated.length - 1): Curve {
  const groups = cumulated.length - 1;
  const total = cumulated[groups] ?? 0;
  const curve = new Float64Array(steps + 1);
  if (groups < 1 || total === 0) return curve;
  for (let i = 0; i <= steps; i++) {
    const place = (i * groups) / steps;
    const below = Math.min(Math.floor(place), groups - 1);
    const between = cumulated[below]! + (place - below) * (cumulated[below + 1]! - cumulated[below]!);
    curve[i] = between / total;
  }
  return curve;
}

/** The share of the whole that the best `percent` per cent of the customers bring. */
export function bestShare(curve: Curve, percent: number): number {
  const place = (percent / 100) * (curve.length - 1);
  const below = Math.min(Math.floor(place), curve.length - 2);
  return curve[below]! + (place - below) * (curve[below + 1]! - curve[below]!);
}

/**
 * The Gini coefficient of the curve: 0 when everybody brings the same, near 1 when one customer brings everything.
 * Trapezoids over the curve. Source: C. Gini, "Variabilità e mutabilità", 1912.
 */
export function gini(curve: Curve): number {
  let area = 0;
  for (let i = 1; i < curve.length; i++) area += (curve[i]! + curve[i - 1]!) / 2;
  area /= curve.length - 1;
  return 2 * area - 1;
}
