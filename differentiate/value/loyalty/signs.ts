import { LOYALTY_TYPES } from './loyalty-types.ts';

/**
 * How a sign reads what was observed. With `x` the value, the sign is
 *
 *     tanh((x − centre) / scale) · n / (n + half)
 *
 * which lies between −1 and 1: how far from what is usual, and how much was seen of it. Where a sign is `relative`, `x` is a
 * base-2 logarithm against the median of the base (1 is twice as much); where it is `shifted`, the centre is the mean of the
 * base; else the centre is absolute.
 */
export interface SignReading {
  of: 'behaviour' | 'attitude' | 'market';
  against: 'relative' | 'shifted' | 'absolute';
  centre: number;
  scale: number;
  /** So many observations are believed half. */
  half: number;
}

/** What is looked at of a customer, in the order of every array of signs and of every row of weights. */
export const LOYALTY_SIGNS = {
  /** Visits in thirty days, since the first one. */
  pace: { of: 'behaviour', against: 'relative', centre: 0, scale: 1, half: 3 },
  /** 1 − coefficient of variation of the days between visits: 0 is chance (Poisson), 1 a clock. */
  regularity: { of: 'behaviour', against: 'absolute', centre: 0.3, scale: 0.35, half: 4 },
  /** How much more often than chance two visits are on the same day of the week. */
  weekday: { of: 'behaviour', against: 'absolute', centre: 0, scale: 0.25, half: 4 },
  /** Probability that two of their lines are the same product. */
  sameness: { of: 'behaviour', against: 'relative', centre: 0, scale: 1.2, half: 8 },
  /** Probability that two of their lines are of different categories. */
  variety: { of: 'behaviour', against: 'shifted', centre: 0, scale: 0.2, half: 8 },
  /** Money of a visit. */
  basket: { of: 'behaviour', against: 'relative', centre: 0, scale: 1, half: 3 },
  /** Spending in the second half of their time against the first, as a base-2 logarithm. */
  growth: { of: 'behaviour', against: 'absolute', centre: 0, scale: 1, half: 6 },
  /** Days since the first purchase. */
  tenure: { of: 'behaviour', against: 'relative', centre: 0, scale: 1.2, half: 1 },
  /** How much more often than chance two visits are in the same store. */
  store: { of: 'behaviour', against: 'shifted', centre: 0, scale: 0.4, half: 4 },
  /** Share of visits in the store where the people of their postcode buy. */
  near: { of: 'behaviour', against: 'shifted', centre: 0, scale: 0.35, half: 4 },
  /** How much more often than chance two visits are through the same channel. */
  channel: { of: 'behaviour', against: 'shifted', centre: 0, scale: 0.5, half: 4 },
  /** Share of lines bought at a reduced price. */
  deals: { of: 'behaviour', against: 'shifted', centre: 0, scale: 0.2, half: 8 },
  /** Mean logarithm of what a unit usually costs against what they pay for it: above zero, they buy when and where it is cheap. */
  price: { of: 'behaviour', against: 'shifted', centre: 0, scale: 0.06, half: 8 },
  /** Correlation of how cheap a visit was with the days until the next: who buys for later comes back later. */
  stockpile: { of: 'behaviour', against: 'absolute', centre: 0, scale: 0.35, half: 8 },
  /** Share of visits with a coupon or a reward. */
  coupons: { of: 'behaviour', against: 'shifted', centre: 0, scale: 0.2, half: 4 },
  /** Share of campaigns they answered. */
  mailing: { of: 'behaviour', against: 'shifted', centre: 0, scale: 0.25, half: 4 },
  /** Mean of their answers to surveys, 0…1. */
  survey: { of: 'attitude', against: 'absolute', centre: 0.72, scale: 0.2, half: 0.5 },
  /** People they have sent. */
  referral: { of: 'attitude', against: 'absolute', centre: 0, scale: 1, half: 0 },
  /** Complaints, for each twenty visits and one more. */
  complaint: { of: 'attitude', against: 'absolute', centre: 0, scale: 1, half: 0 },
  /** Share of spending in what only this company sells. */
  exclusive: { of: 'market', against: 'absolute', centre: 0, scale: 0.4, half: 2 },
  /** Share of spending under a contract that binds. */
  contract: { of: 'market', against: 'absolute', centre: 0, scale: 0.4, half: 1 },
  /** Share of visits where there is no rival nearby. */
  no_rival: { of: 'market', against: 'absolute', centre: 0, scale: 0.6, half: 2 },
} as const satisfies Record<string, SignReading>;

export type LoyaltySign = keyof typeof LOYALTY_SIGNS;
export const SIGN_NAMES = Object.keys(LOYALTY_SIGNS) as LoyaltySign[];
/** How many types a row of weights is for. */
export const TYPE_COUNT = LOYALTY_TYPES.length;
