// What the API says about purchases still to come.
import { z } from 'zod';

export const PurchaseModelName = z.enum(['bg_nbd', 'mbg_nbd', 'pareto_nbd', 'mbg_cnbd_k']);

export const ForecastSettings = z.object({
  /** Years that lifetime value looks ahead. */
  horizonYears: z.int().min(1).max(10),
  /** What money of next year is worth less today: 0.1 is 10 % a year. */
  discountRate: z.number().min(0).max(0.5),
});
export const ForecastSettingsInForce = ForecastSettings.extend({
  /** 0: nobody has changed them. */
  version: z.int(),
  changedBy: z.string().nullable(),
  changedAt: z.iso.datetime().nullable(),
});
export const ForecastSettingsChange = ForecastSettings.extend({ basedOn: z.int() });

/** Customers who had bought again equally often until the day of the test: purchases after it, as they were and as expected. */
export const ForecastGroup = z.object({
  /** Repeat purchases; the last group is this many or more. */
  purchases: z.int(),
  customers: z.int(),
  actual: z.number(),
  expected: z.number(),
});

export const ForecastCandidate = z.object({
  model: PurchaseModelName,
  /** Steps of the clock between purchases; 1 for models without one. */
  k: z.int(),
  parameters: z.record(z.string(), z.number()),
  logLikelihood: z.number(),
  /** Purchases in the time held out. */
  actual: z.number(),
  expected: z.number(),
  /** Share of the purchases held out that it expected of the wrong groups of customers, too many or too few: what decides. */
  error: z.number(),
  /** Mean difference of one customer, in purchases. */
  customerError: z.number(),
  groups: z.array(ForecastGroup),
});

/** What a scoring learnt. */
export const ForecastFound = z.object({
  computedAt: z.iso.datetime(),
  /** Day it is all about. */
  asOf: z.iso.date(),
  currency: z.string(),
  settings: ForecastSettings,
  model: PurchaseModelName,
  k: z.int(),
  parameters: z.record(z.string(), z.number()),
  /** Best first; the first was chosen. */
  candidates: z.array(ForecastCandidate),
  /** Models whose search did not end. */
  failed: z.array(z.object({ model: PurchaseModelName, k: z.int() })),
  holdOut: z.object({
    /** First purchase of all, last day that was known, last day that was tested. */
    from: z.iso.date(),
    cut: z.iso.date(),
    to: z.iso.date(),
    days: z.int(),
    /** How many customers were tested, and how many there were to test. */
    tested: z.int(),
    customers: z.int(),
    /** Purchases of all of them since the cut, summed up over time. */
    track: z.array(z.object({ day: z.iso.date(), actual: z.number(), expected: z.number() })),
  }),
  customers: z.int(),
  repeaters: z.int(),
  /** Customers by the chance that they still are. */
  alive: z.object({ likely: z.int(), doubtful: z.int(), unlikely: z.int() }),
  purchases90: z.number(),
  purchases365: z.number(),
  /** Sales to today's customers, not discounted. */
  sales365: z.number(),
  /** Twelfths of the coming year, named by the month most of each falls into. */
  months: z.array(z.object({ month: z.string(), expected: z.number() })),
  /** The same of the two years before: all sales, and those to customers whom the company already had a year ago. */
  history: z.array(z.object({ month: z.string(), revenue: z.number(), existing: z.number() })),
  lifetimeValue: z.number(),
  /** Whether lifetime value counts what is left of a sale (margin) or all of it (revenue). */
  money: z.enum(['margin', 'revenue']),
  marginShare: z.number().nullable(),
  spend: z.object({ p: z.number(), q: z.number(), gamma: z.number(), mean: z.number() }),
});

export const ForecastRefusal = z.object({
  computedAt: z.iso.datetime(),
  /** No purchases, fewer days than needed, too few who came back, nobody bought in the time held out, no model could be fitted. */
  why: z.enum(['no_purchases', 'short_history', 'few_repeats', 'quiet', 'no_fit']),
  days: z.int(),
  daysNeeded: z.int(),
  repeaters: z.int(),
  repeatersNeeded: z.int(),
});

export const Forecast = z.object({
  settings: ForecastSettingsInForce,
  /** Null before the first scoring, and where there was too little to learn from. */
  forecast: ForecastFound.nullable(),
  refused: ForecastRefusal.nullable(),
  /** Earlier choices, newest first. */
  earlier: z.array(
    z.object({ computedAt: z.iso.datetime(), model: PurchaseModelName, k: z.int(), error: z.number(), sales365: z.number() }),
  ),
});

export const CustomerForecast = z.object({
  forecast: z
    .object({
      model: PurchaseModelName,
      k: z.int(),
      asOf: z.iso.date(),
      currency: z.string(),
      alive: z.number(),
      purchases90: z.number(),
      purchases365: z.number(),
      /** Chance of at least one purchase. */
      buys90: z.number(),
      buys365: z.number(),
      lifetimeValue: z.number(),
      lifetimeLow: z.number(),
      lifetimeHigh: z.number(),
      /** Of the interval: how sure the mean of customers like this one is. */
      level: z.number(),
      money: z.enum(['margin', 'revenue']),
      horizonYears: z.int(),
      discountRate: z.number(),
      terms: z.object({
        /** Days with a purchase. */
        purchases: z.int(),
        firstDay: z.iso.date(),
        lastDay: z.iso.date(),
        /** Mean days between purchases; null after a single one. */
        rhythmDays: z.number().nullable(),
        silentDays: z.int(),
        /** Purchases to come within the horizon, discounted. */
        discountedPurchases: z.number(),
        ownMean: z.number(),
        everyonesMean: z.number(),
        /** How much the customer's own mean counts against everybody's, 0…1. */
        ownWeight: z.number(),
        /** Money of an order to come, before the margin. */
        spend: z.number(),
        marginShare: z.number().nullable(),
        orderValue: z.number(),
      }),
      computedAt: z.iso.datetime(),
    })
    .nullable(),
  /** Why there is none: no scoring yet, the base teaches too little, or this customer has bought nothing. */
  why: z.enum(['not_scored', 'no_model', 'no_purchases']).nullable(),
});
