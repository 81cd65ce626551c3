// What the API says of profit: of the whole base, of lists of customers, and of one.
import { z } from 'zod';
import { EffortKind } from './costs.ts';

/** Something that is added or taken away on the way to profit. */
export const ProfitTerm = z.object({
  /** `contact_in.phone`, or `model.<id>.<term>`. */
  term: z.string(),
  side: z.enum(['income', 'cost']),
  /** Null for a term of a value model. */
  kind: EffortKind.nullable(),
  via: z.string().nullable(),
  /** Of a value model: its name and that of the term. */
  model: z.object({ id: z.uuid(), title: z.string(), label: z.string(), explanation: z.string() }).nullable(),
  amount: z.number(),
});

/** From what was paid to what was left. */
export const ProfitSteps = z.object({
  revenue: z.number(),
  /** Cost of what was sold. */
  goods: z.number(),
  margin: z.number(),
  terms: z.array(ProfitTerm),
  profit: z.number(),
});

/** Why somebody is below zero: `no_sales`, `no_margin`, or the term that costs most. */
export const LossReason = z.object({
  reason: z.string(),
  kind: EffortKind.nullable(),
  via: z.string().nullable(),
  model: z.object({ id: z.uuid(), title: z.string(), label: z.string(), explanation: z.string() }).nullable(),
  customers: z.number(),
  loss: z.number(),
});

export const ProfitMonth = z.object({
  month: z.string(),
  revenue: z.number(),
  margin: z.number(),
  income: z.number(),
  costToServe: z.number(),
  profit: z.number(),
});

export const ProfitOverview = z.object({
  computedAt: z.iso.datetime().nullable(),
  currency: z.string(),
  /** Customers whose profit is known: everything here is about them. */
  customers: z.number(),
  steps: ProfitSteps,
  /** How the margins are known: customers by the weakest source that was needed. */
  bases: z.object({ cost: z.number(), category: z.number(), company: z.number() }),
  /** Customers with sales whose margin nobody knows. */
  unknown: z.object({ customers: z.number(), revenue: z.number() }),
  belowZero: z.object({ customers: z.number(), loss: z.number(), neverBought: z.number(), reasons: z.array(LossReason) }),
  /** Tenths of the customers by profit, best first. */
  deciles: z.array(z.object({ decile: z.number(), customers: z.number(), profit: z.number(), share: z.number().nullable() })),
  /** Cumulative profit, best customers first: at each hundredth of the customers, 0 to 100. */
  curve: z.array(z.object({ customers: z.number(), profit: z.number() })),
  byMonth: z.array(ProfitMonth),
  costsVersion: z.number(),
  /** The cost table has changed since, and the new figures are not there yet. */
  outdated: z.boolean(),
});

export const ProfitCustomersQuery = z.object({
  order: z.enum(['worst', 'best']).default('worst'),
  /** `below`: below zero. `unknown`: with sales of unknown margin. */
  which: z.enum(['below', 'above', 'unknown']).optional(),
  reason: z.string().max(300).optional(),
  decile: z.coerce.number().int().min(1).max(10).optional(),
  basis: z.enum(['cost', 'category', 'company']).optional(),
});

export const ProfitCustomer = z.object({
  id: z.uuid(),
  name: z.string(),
  revenue: z.number(),
  margin: z.number().nullable(),
  income: z.number(),
  costToServe: z.number(),
  profit: z.number().nullable(),
  /** Why they are below zero; null for the others. */
  reason: LossReason.omit({ customers: true, loss: true }).nullable(),
});

/** A term of one customer: how many units at which price. */
export const CustomerTerm = ProfitTerm.extend({
  /** Contacts, returns, months …; null for a value model. */
  quantity: z.number().nullable(),
  /** The prices that held, with how many units each. */
  prices: z.array(z.object({ from: z.string().nullable(), amount: z.number(), quantity: z.number(), cost: z.number() })),
});

export const CustomerProfit = z.object({
  computedAt: z.iso.datetime(),
  currency: z.string(),
  revenue: z.number(),
  goods: z.number().nullable(),
  margin: z.number().nullable(),
  marginBasis: z.enum(['cost', 'category', 'company', 'none']),
  /** Sales whose margin nobody knows. */
  unknownRevenue: z.number(),
  income: z.number(),
  costToServe: z.number(),
  profit: z.number().nullable(),
  terms: z.array(CustomerTerm),
  /** What serving them took and costs nothing yet, because nobody has stated a price. */
  unpriced: z.array(z.object({ kind: EffortKind, via: z.string(), quantity: z.number() })),
  byMonth: z.array(ProfitMonth.extend({ margin: z.number().nullable(), profit: z.number().nullable() })),
  outdated: z.boolean(),
});
