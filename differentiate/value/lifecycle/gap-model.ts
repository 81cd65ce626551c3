import { digamma } from '../arithmetic/gamma.ts';
import { inverseTrigamma, trigamma } from './trigamma.ts';

/**
 * How long customers of one base take between two purchases. The logarithm of a customer's gaps, in days, is normal around a
 * rhythm of their own; rhythms are normal around that of the base, and their variances are inverse gamma around its own.
 * Plain data: what every customer's own few gaps are shrunk towards.
 */
export interface GapModel {
  /** Mean of the rhythms, in log days: `exp(mean)` is the rhythm of a customer nobody knows yet. */
  mean: number;
  /** Variance of the rhythms between customers. */
  between: number;
  /** Typical variance of one customer's gaps, and how many gaps that is worth as evidence (degrees of freedom). */
  within: number;
  degrees: number;
  /** Customers with at least one gap it was learned from. */
  customers: number;
}

/** Of the logarithms of each customer's gaps: how many, their sum and the sum of their squares. Entries without gaps are passed over. */
export interface GapSums {
  count: ArrayLike<number>;
  sum: ArrayLike<number>;
  squares: ArrayLike<number>;
}

/** What is assumed where nobody has come back often enough to learn from: about a month, and not sure of it at all. */
export const UNLEARNED: GapModel = { mean: Math.log(30), between: 1, within: 0.8, degrees: 4, customers: 0 };
/** Fewer customers with gaps than this teach nothing. */
const FEWEST = 5;
/** Whole days tell no more than this of a variance: somebody who comes every third day is not infinitely regular. */
const LEAST_VARIANCE = 0.01;
const MOST_DEGREES = 100;
/** Logarithms of the variances of two or three gaps are too wild to tell how far customers differ in regularity. */
const ENOUGH_GAPS = 5;

/**
 * Learns the base from its customers' gaps by moments: the one-way random effects model for the rhythms (Searle, Casella &
 * McCulloch, "Variance Components", 1992, ch. 3), and for the variances the moments of their logarithms (Smyth, "Linear models
 * and empirical Bayes methods", Statistical Applications in Genetics and Molecular Biology 3(1), 2004, section 6.2).
 * Empirical Bayes: the base is learned once, and each customer's own gaps weigh the more the more of them there are.
 */
export function learnGaps({ count, sum, squares }: GapSums): GapModel {
  let [customers, gaps, total, gapsSquared] = [0, 0, 0, 0];
  let [inside, freedom, logs, logsSquared, expected, several] = [0, 0, 0, 0, 0, 0];
  for (let i = 0; i < count.length; i++) {
    const n = count[i]!;
    if (n === 0) continue;
    customers++;
    gaps += n;
    gapsSquared += n * n;
    total += sum[i]!;
    if (n < 2) continue;
    const spread = Math.max(squares[i]! - (sum[i]! * sum[i]!) / n, LEAST_VARIANCE * (n - 1));
    inside += spread;
    freedom += n - 1;
    if (n < ENOUGH_GAPS) continue;
    const half = (n - 1) / 2;
    const log = Math.log(spread / (n - 1)) - digamma(half) + Math.log(half);
    logs += log;
    logsSquared += log * log;
    expected += trigamma(half);
    several++;
  }
  if (customers < FEWEST || freedom === 0) return UNLEARNED;

  const pooled = inside / freedom;
  const grand = total / gaps;
  let outside = 0;
  for (let i = 0; i < count.length; i++) if (count[i]! > 0) outside += count[i]! * (sum[i]! / count[i]! - grand) ** 2;
  const each = (gaps - gapsSquared / gaps) / (customers - 1);
  const between = Math.max(0, (outside / (customers - 1) - pooled) / each);

  let [within, degrees] = [pooled, 2 * UNLEARNED.degrees];
  if (several >= FEWEST) {
    const meanLog = logs / several;
    const excess = (logsSquared - several * meanLog * meanLog) / (several - 1) - expected / several;
    degrees = excess > 0 ? Math.min(2 * inverseTrigamma(excess), MOST_DEGREES) : MOST_DEGREES;
    within = Math.exp(meanLog + digamma(degrees / 2) - Math.log(degrees / 2));
  }

  let [weights, weighted] = [0, 0];
  for (let i = 0; i < count.length; i++) {
    const gapsOf = count[i]!;
    if (gapsOf === 0) continue;
    const weight = 1 / (between + pooled / count[i]!);
    weights += weight;
    weighted += weight * (sum[i]! / count[i]!);
  }
  return { mean: weighted / weights, between, within, degrees, customers };
}
