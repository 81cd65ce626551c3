import type { LoyaltyModel } from './model.ts';
import { startRow, weightRows } from './model.ts';
import { type LoyaltyFacts, median, type Observed } from './observe.ts';
import { LOYALTY_SIGNS, type LoyaltySign, SIGN_NAMES, type SignReading } from './signs.ts';
import { LOYALTY_TYPES, type LoyaltyType, type LoyaltyVerdict } from './loyalty-types.ts';

/** What is usual in the base: the median of each relative sign, the mean of each shifted one, 0 for the rest. */
export type LoyaltyBase = Record<LoyaltySign, number>;

/** Kept from zero, so that a logarithm exists. */
export const SMALLEST = 0.005;

export function usualOf(everybody: readonly LoyaltyFacts[]): LoyaltyBase {
  const usual = (sign: LoyaltySign): number => {
    const { against } = LOYALTY_SIGNS[sign];
    if (against === 'absolute') return 0;
    const values = everybody.map((facts) => facts[sign].value).filter((value) => value !== null);
    if (values.length === 0) return 0;
    return against === 'relative' ? median(values) : values.reduce((total, value) => total + value, 0) / values.length;
  };
  return Object.fromEntries(SIGN_NAMES.map((sign) => [sign, usual(sign)])) as LoyaltyBase;
}

/** −1…1 for each sign, in the order of SIGN_NAMES; 0 where nothing is known. */
export const signsOf = (facts: LoyaltyFacts, base: LoyaltyBase): Float64Array =>
  Float64Array.from(SIGN_NAMES, (sign) => readSign(LOYALTY_SIGNS[sign], facts[sign], base[sign]));

function readSign({ against, centre, scale, half }: SignReading, { value, n }: Observed, usual: number): number {
  if (value === null || n === 0) return 0;
  const x = against === 'relative' ? Math.log2((value + SMALLEST) / (usual + SMALLEST)) : against === 'shifted' ? value - usual : value;
  return (Math.tanh((x - centre) / scale) * n) / (n + half);
}

/** What a sign adds to the points of a type, beyond what it adds to types in general. */
export interface LoyaltyTerm {
  sign: LoyaltySign;
  /** Above zero speaks for the type, below against it. */
  points: number;
  /** −1…1: whether the customer has less or more of it than is usual. */
  strength: number;
}

export interface LoyaltyResult {
  type: LoyaltyVerdict;
  /** Of the likeliest type, also where the verdict is `unknown`. */
  probability: number;
  /** Of the seven, in the order of LOYALTY_TYPES; they sum to 1. */
  probabilities: number[];
  /** Of the likeliest type, strongest first; their sum is its lead over the mean of the types, but for the points at the start. */
  terms: LoyaltyTerm[];
}

/** Why somebody comes back: points by type, and probabilities out of them (softmax). */
export function scoreLoyalty(signs: Float64Array, visits: number, model: LoyaltyModel): LoyaltyResult {
  const rows = weightRows(model);
  const start = startRow(model);
  const points = rows.map((row, type) => start[type]! + row.reduce((total, weight, i) => total + weight * signs[i]!, 0));
  const probabilities = softmax(points.map((value) => value / model.temperature));
  const best = probabilities.reduce((top, value, type) => (value > probabilities[top]! ? type : top), 0);
  const terms = termsOf(signs, best, model).filter(({ points: value }) => value !== 0);
  const bound = SIGN_NAMES.some((sign, i) => LOYALTY_SIGNS[sign].of === 'market' && signs[i]! > 0.2);
  const enough = (visits >= model.leastVisits || bound) && probabilities[best]! >= model.threshold;
  return { type: enough ? LOYALTY_TYPES[best]! : 'unknown', probability: probabilities[best]!, probabilities, terms };
}

/** What every sign says of one type (its place in LOYALTY_TYPES), strongest first. */
export function termsOf(signs: Float64Array, type: number, model: Pick<LoyaltyModel, 'weights'>): LoyaltyTerm[] {
  const rows = weightRows(model);
  return SIGN_NAMES.map((sign, i) => {
    const common = rows.reduce((total, row) => total + row[i]!, 0) / rows.length;
    return { sign, points: (rows[type]![i]! - common) * signs[i]!, strength: signs[i]! };
  }).toSorted((a, b) => b.points - a.points);
}

export function softmax(points: readonly number[]): number[] {
  const most = Math.max(...points);
  const powers = points.map((value) => Math.exp(value - most));
  const total = powers.reduce((a, b) => a + b, 0);
  return powers.map((value) => value / total);
}

/**
 * The temperature that makes probabilities mean what they say: the one under which the true types of known customers are the
 * likeliest (least log loss). Source: Guo et al., "On Calibration of Modern Neural Networks", ICML 2017.
 */
export function calibrateTemperature(known: readonly { signs: Float64Array; type: LoyaltyType }[], model: LoyaltyModel): number {
  const rows = weightRows(model);
  const start = startRow(model);
  const scored = known.map(({ signs, type }) => ({
    points: rows.map((row, i) => start[i]! + row.reduce((total, weight, j) => total + weight * signs[j]!, 0)),
    truth: LOYALTY_TYPES.indexOf(type),
  }));
  const loss = (temperature: number) =>
    scored.reduce((total, { points, truth }) => total - Math.log(softmax(points.map((value) => value / temperature))[truth]! + 1e-12), 0);
  // Log loss has one valley in 1/temperature: golden section over its logarithm.
  const GOLDEN = (Math.sqrt(5) - 1) / 2;
  let [low, high] = [Math.log(0.05), Math.log(20)];
  while (high - low > 1e-3) {
    const [a, b] = [high - GOLDEN * (high - low), low + GOLDEN * (high - low)];
    if (loss(Math.exp(a)) < loss(Math.exp(b))) high = b;
    else low = a;
  }
  return Math.exp((low + high) / 2);
}
