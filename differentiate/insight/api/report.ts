// What the API says to the six questions about customers: who is normal, how loyal, how much, growing how, for how long, leaving what.
import { LoyaltyType, ValueTier } from '@vinculo/customer-file/api/customers';
import { z } from 'zod';

export const ReportQuery = z.object({
  /** Days of the company's calendar; the last year with data without them. */
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  /** Compared with the days before of the same length, or with the same days a year earlier. */
  against: z.enum(['before', 'year']).default('before'),
  segment: z.uuid().optional(),
  /** Of the sentences; the reader's own without it. */
  language: z.enum(['es', 'en']).optional(),
});

/** Whose figure it is: of the buyers of the period, or of either period for those who come and go. */
export const ReportCustomersQuery = ReportQuery.omit({ language: true }).extend({
  who: z.enum(['buyers', 'new', 'back', 'more', 'less', 'gone', 'below']).optional(),
  /** The best so many per cent of them. */
  best: z.coerce.number().int().min(1).max(100).optional(),
  loyalty: LoyaltyType.optional(),
  years: z.enum(['0', '1', '2', '3', '5']).optional(),
  province: z.string().max(200).optional(),
  /** Who bought something of it in the period. */
  category: z.string().max(200).optional(),
});
export const ReportCustomer = z.object({
  id: z.uuid(),
  name: z.string(),
  spend: z.number(),
  orders: z.number(),
  spendBefore: z.number(),
  ordersBefore: z.number(),
  /** Of the months of the period; null where no margin is known. */
  profit: z.number().nullable(),
});

const Share = z.object({ name: z.string(), customers: z.number(), share: z.number() });
/** The figure of the period, and of the one it is compared with; null where that one has no data. */
const Compared = z.object({ now: z.number(), before: z.number().nullable() });
const Spread = z.object({ low: z.number(), middle: z.number(), high: z.number() });

export const Report = z.object({
  computedAt: z.iso.datetime().nullable(),
  currency: z.string(),
  from: z.iso.date(),
  to: z.iso.date(),
  beforeFrom: z.iso.date(),
  beforeTo: z.iso.date(),
  segment: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  /** Who bought in the period: everything is about them, unless it says otherwise. */
  buyers: Compared,
  normal: z.object({
    people: z.number(),
    companies: z.number(),
    age: Spread.nullable(),
    provinces: z.array(Share),
    channels: z.array(Share),
    categories: z.array(Share.extend({ revenue: z.number(), revenueShare: z.number() })),
    spend: Spread,
    orders: Spread,
    averageOrder: Spread,
    sentences: z.array(z.string()),
  }),
  loyalty: z.object({
    types: z.array(
      z.object({ type: LoyaltyType, customers: z.number(), share: z.number(), revenue: z.number(), profit: z.number().nullable() }),
    ),
    sentences: z.array(z.string()),
  }),
  volume: z.object({
    revenue: Compared,
    orders: Compared,
    units: Compared,
    averageOrder: Compared,
    byMonth: z.array(z.object({ month: z.string(), revenue: z.number(), before: z.number().nullable() })),
    sentences: z.array(z.string()),
  }),
  growth: z.object({
    /** Of revenue; null without a period to compare with. */
    rate: z.number().nullable(),
    /** Middle growth of those who bought in both. */
    ofSame: z.number().nullable(),
    /** From the revenue before to the revenue now. */
    steps: z.array(z.object({ step: z.enum(['new', 'back', 'more', 'less', 'gone']), customers: z.number(), money: z.number() })),
    sentences: z.array(z.string()),
  }),
  duration: z.object({
    /** Years since the first purchase of who bought in the period. */
    years: Spread.nullable(),
    bands: z.array(z.object({ years: z.enum(['0', '1', '2', '3', '5']), customers: z.number(), share: z.number(), revenue: z.number() })),
    /** Share of all who ever bought that still are customers so many months after the first purchase (Kaplan–Meier). */
    survival: z.array(z.object({ months: z.number(), share: z.number(), low: z.number(), high: z.number() })),
    sentences: z.array(z.string()),
  }),
  profit: z.object({
    /** Nothing here where no margin is known. */
    known: z.boolean(),
    margin: Compared,
    costToServe: Compared,
    profit: Compared,
    perBuyer: Compared,
    belowZero: z.object({ customers: z.number(), loss: z.number() }),
    /** What the best so many per cent bring of all revenue and of all profit above zero. */
    best: z.array(z.object({ percent: z.number(), customers: z.number(), revenueShare: z.number(), profitShare: z.number().nullable() })),
    curve: z.array(z.object({ customers: z.number(), revenue: z.number(), profit: z.number().nullable() })),
    sentences: z.array(z.string()),
  }),
  tiers: z.array(
    z.object({
      tier: ValueTier,
      customers: z.number(),
      revenue: z.number(),
      profit: z.number().nullable(),
      lifetimeValue: z.number().nullable(),
      potential: z.number().nullable(),
    }),
  ),
});
