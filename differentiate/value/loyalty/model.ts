import { type LoyaltySign, SIGN_NAMES } from './signs.ts';
import { LOYALTY_TYPES, type LoyaltyType } from './loyalty-types.ts';

/** What a sign says for a type: −3 speaks much against it, 0 nothing, 3 much for it. */
export type LoyaltyWeights = Record<LoyaltyType, Partial<Record<LoyaltySign, number>>>;

/** The scoring model as data: what people may edit. */
export interface LoyaltyModel {
  weights: LoyaltyWeights;
  /** Points a type has before anything is known of the customer: below zero asks for more evidence. */
  start: Record<LoyaltyType, number>;
  /** By how much points are divided before they become probabilities; see `calibrateTemperature`. */
  temperature: number;
  /** A likeliest type less probable than this is `unknown`. */
  threshold: number;
  /** With fewer visits the type is `unknown`, unless a fact of the market binds the customer. */
  leastVisits: number;
}

/** Most that a weight can say, for or against. */
export const WEIGHT_LIMIT = 3;

/**
 * What the definitions of the seven types say of each sign, not what made a sample come out best; docs/adr/0009 gives the
 * reasons. The temperature is the one that `calibrateTemperature` finds on simulated customers.
 */
export const DEFAULT_LOYALTY_MODEL: LoyaltyModel = {
  weights: {
    monopoly: {
      exclusive: 3,
      contract: 3,
      no_rival: 3,
      complaint: 1,
      survey: -1,
      referral: -1,
      deals: -1,
      price: -1,
      coupons: -1,
      mailing: -1,
    },
    inertia: {
      regularity: 3,
      weekday: 2,
      sameness: 2,
      variety: -2,
      store: 1,
      growth: -1,
      deals: -1,
      price: -1,
      coupons: -1,
      mailing: -1,
      referral: -1,
      contract: -2,
      exclusive: -2,
      no_rival: -2,
    },
    latent: {
      pace: -3,
      survey: 2,
      referral: 2,
      variety: 1,
      tenure: 1,
      regularity: -1,
      deals: -1,
      coupons: -1,
      complaint: -1,
      contract: -1,
      no_rival: -1,
    },
    convenience: {
      near: 3,
      store: 1,
      basket: -2,
      regularity: -1,
      weekday: -1,
      deals: -1,
      price: -1,
      coupons: -1,
      sameness: -1,
      pace: 1,
      referral: -1,
      growth: -1,
      no_rival: -1,
    },
    price: { deals: 3, price: 3, stockpile: 2, store: -2, near: -1, coupons: -1, regularity: -1, survey: -1, referral: -1 },
    incentive: { coupons: 3, mailing: 3, regularity: -1, stockpile: -1, referral: -1 },
    premium: {
      pace: 3,
      growth: 2,
      variety: 1,
      survey: 2,
      referral: 2,
      basket: 2,
      store: -1,
      deals: -1,
      price: -1,
      coupons: -1,
      complaint: -1,
      contract: -1,
      no_rival: -1,
    },
  },
  start: { monopoly: 0, inertia: 0, latent: 0, convenience: 0, price: 0, incentive: 0, premium: 0 },
  temperature: 0.8,
  threshold: 0.4,
  leastVisits: 3,
};

/** The weights as the arithmetic takes them: a row a type, a column a sign, in their orders. */
export const weightRows = ({ weights }: Pick<LoyaltyModel, 'weights'>): number[][] =>
  LOYALTY_TYPES.map((type) => SIGN_NAMES.map((sign) => weights[type][sign] ?? 0));

/** The points every type starts with, in their order. */
export const startRow = ({ start }: Pick<LoyaltyModel, 'start'>): number[] => LOYALTY_TYPES.map((type) => start[type]);
