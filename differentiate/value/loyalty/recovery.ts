// How well the model tells the types of a simulated town: for the tests and for the benchmark.
import { LOYALTY_TYPES, type LoyaltyType, type LoyaltyVerdict } from './loyalty-types.ts';
import { DEFAULT_LOYALTY_MODEL, type LoyaltyModel } from './model.ts';
import { measureMarket, observeLoyalty } from './observe.ts';
import { type LoyaltyResult, scoreLoyalty, signsOf, usualOf } from './score.ts';
import type { SimulatedTown } from './simulate-town.ts';

export interface Told {
  type: LoyaltyType;
  signs: Float64Array;
  result: LoyaltyResult;
}

export function tellTypes({ customers, stated, at }: SimulatedTown, model: LoyaltyModel = DEFAULT_LOYALTY_MODEL): Told[] {
  const market = measureMarket(customers);
  const facts = customers.map((customer) => observeLoyalty(customer, market, stated, at));
  const base = usualOf(facts);
  return customers.map(({ type, visits }, i) => {
    const signs = signsOf(facts[i]!, base);
    return { type, signs, result: scoreLoyalty(signs, visits.length, model) };
  });
}

/** Rows are the true types, columns what they were told to be. */
export function confusionOf(told: readonly Told[]): Record<LoyaltyType, Record<LoyaltyVerdict, number>> {
  const row = () => Object.fromEntries([...LOYALTY_TYPES, 'unknown'].map((type) => [type, 0])) as Record<LoyaltyVerdict, number>;
  const confusion = Object.fromEntries(LOYALTY_TYPES.map((type) => [type, row()])) as Record<LoyaltyType, Record<LoyaltyVerdict, number>>;
  for (const { type, result } of told) confusion[type][result.type]++;
  return confusion;
}

/** Of the customers of each type, the share told right; an `unknown` counts as wrong. */
export function recovered(told: readonly Told[]): Record<LoyaltyType | 'overall', number> {
  const share = (some: readonly Told[]) => some.filter(({ type, result }) => result.type === type).length / Math.max(1, some.length);
  const each = LOYALTY_TYPES.map((type) => [type, share(told.filter((one) => one.type === type))]);
  return { ...(Object.fromEntries(each) as Record<LoyaltyType, number>), overall: share(told) };
}

/** Mean distance between how sure the model says it is and how often it is right, by tenths of probability (ECE). */
export function calibrationError(told: readonly Told[]): number {
  const bins = Array.from({ length: 10 }, () => ({ count: 0, sure: 0, right: 0 }));
  for (const { type, result } of told) {
    const bin = bins[Math.min(9, Math.floor(result.probability * 10))]!;
    bin.count++;
    bin.sure += result.probability;
    if (result.probabilities[LOYALTY_TYPES.indexOf(type)] === result.probability) bin.right++;
  }
  return bins.reduce((total, { count, sure, right }) => total + (count ? Math.abs(sure - right) : 0), 0) / told.length;
}
