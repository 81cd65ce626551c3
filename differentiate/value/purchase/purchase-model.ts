import type { Histories } from './histories.ts';

export const PURCHASE_MODELS = ['bg_nbd', 'mbg_nbd', 'pareto_nbd', 'mbg_cnbd_k'] as const;
export type PurchaseModelName = (typeof PURCHASE_MODELS)[number];

/**
 * A story of how customers buy until, unseen, they stop. Parameters are positive numbers in the order of `parameters`.
 */
export interface PurchaseModel {
  name: PurchaseModelName;
  /** Steps of the clock between two purchases: 1 is chance alone, more is more regular. */
  k: number;
  parameters: readonly string[];
  /** Places to start a search from, most promising first. */
  starts(histories: Histories): number[][];
  /** Log-likelihood of all customers; writes its gradient by the parameters (not their logarithms). */
  logLikelihood(histories: Histories, parameters: Float64Array, gradient: Float64Array): number;
  predictor(parameters: ArrayLike<number>): Predictor;
}

/**
 * What a fitted model says of one customer. Given that the customer is still there, what comes next depends on x and T alone
 * (and, for k > 1, on which of the `phases` of the clock has been reached): a table of those serves everybody.
 */
export interface Predictor {
  phases: number;
  /** Writes, by phase, the probability of being still a customer and in that phase. Their sum is P(alive). */
  alive(x: number, tx: number, T: number, into: Float64Array): void;
  /** Expected purchases in (T, T + t] of one who is alive and in `phase`. */
  purchases(phase: number, x: number, T: number, t: number): number;
  /** Expected purchases in (0, t] of a new customer, after the first one. */
  ofNewcomer(t: number): number;
  /** Probability of at least one purchase in (T, T + t]. */
  buysWithin(x: number, tx: number, T: number, t: number): number;
}
