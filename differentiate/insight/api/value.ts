// What the API says about the worth of the whole base.
import { z } from 'zod';

/** Share of revenue (and of margin, where known) brought by the best p per cent of buyers. */
export const BestShare = z.object({
  percent: z.number(),
  customers: z.number(),
  revenueShare: z.number(),
  marginShare: z.number().nullable(),
});

export const ValueOverview = z.object({
  computedAt: z.iso.datetime().nullable(),
  customers: z.number(),
  buyers: z.number(),
  revenue: z.number(),
  margin: z.number().nullable(),
  orders: z.number(),
  currency: z.string(),
  best: z.array(BestShare),
  /** The concentration (Lorenz) curve of revenue, best customers first: 101 points. */
  concentration: z.array(z.object({ customers: z.number(), revenue: z.number() })),
  gini: z.number(),
  deciles: z.array(z.object({ decile: z.number(), customers: z.number(), revenue: z.number(), share: z.number() })),
  groups: z.array(z.object({ group: z.string(), customers: z.number(), revenue: z.number() })),
  /** The RFM map: how many customers in each recency × frequency cell (quintiles, 5 is best). */
  map: z.array(z.object({ recency: z.number(), frequency: z.number(), customers: z.number(), revenue: z.number() })),
  byMonth: z.array(z.object({ month: z.string(), revenue: z.number(), buyers: z.number() })),
});
