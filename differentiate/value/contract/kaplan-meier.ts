import { normalQuantile } from '../arithmetic/normal.ts';

/** The share that survives beyond a time, with an interval. */
export interface SurvivalStep {
  time: number;
  /** Still watched just before this time. */
  atRisk: number;
  events: number;
  survival: number;
  /** Greenwood's standard error of `survival`. */
  error: number;
  low: number;
  high: number;
}

export interface SurvivalCurve {
  steps: SurvivalStep[];
  /** The first time at which half or fewer survive; null where more than half outlive the observation. */
  median: number | null;
}

/**
 * The Kaplan–Meier curve of how long customers stay, of those who left and of those who are still there (censored).
 *
 * Intervals: Greenwood's variance, on the scale of ln(−ln S), so that they stay within 0…1.
 * Sources: Kaplan & Meier, JASA 53, 1958; Greenwood, "The natural duration of cancer", 1926; Kalbfleisch & Prentice, 2nd ed., 1.4.
 *
 * @param durations Time from the start to the end, or to the last look.
 * @param ended Whether the customer left then; false or 0 is still there.
 * @param options.level Of the interval; 0.95 when absent.
 * @param options.counts How many customers each row stands for; one when absent.
 */
export function kaplanMeier(
  durations: ArrayLike<number>,
  ended: ArrayLike<number | boolean>,
  { level = 0.95, counts }: { level?: number; counts?: ArrayLike<number> } = {},
): SurvivalCurve {
  const n = durations.length;
  if (ended.length !== n || (counts && counts.length !== n)) throw new RangeError('The columns must be of one length.');
  const order = Uint32Array.from({ length: n }, (_, i) => i).toSorted((a, b) => durations[a]! - durations[b]!);
  const z = normalQuantile((1 + level) / 2);
  const steps: SurvivalStep[] = [];
  let survival = 1;
  let greenwood = 0;
  let median: number | null = null;
  let watched = 0;
  for (let i = 0; i < n; i++) watched += counts?.[i] ?? 1;
  for (let i = 0; i < n; ) {
    const time = durations[order[i]!]!;
    if (!(time >= 0)) throw new RangeError(`A duration is 0 or more, not ${time}.`);
    const atRisk = watched;
    let events = 0;
    for (; i < n && durations[order[i]!] === time; i++) {
      const customers = counts?.[order[i]!] ?? 1;
      watched -= customers;
      if (ended[order[i]!]) events += customers;
    }
    if (events === 0) continue;
    survival *= 1 - events / atRisk;
    greenwood += events / (atRisk * (atRisk - events));
    steps.push({ time, atRisk, events, survival, ...interval(survival, greenwood, z) });
    if (median === null && survival <= 0.5) median = time;
  }
  return { steps, median };
}

function interval(survival: number, greenwood: number, z: number): { error: number; low: number; high: number } {
  if (survival <= 0) return { error: 0, low: 0, high: 0 };
  const root = Math.sqrt(greenwood);
  const spread = (z * root) / -Math.log(survival);
  return { error: survival * root, low: survival ** Math.exp(spread), high: survival ** Math.exp(-spread) };
}
