// What the API says of a customer's value tier.
import { ValueTier } from '@vinculo/customer-file/api/customers';
import { z } from 'zod';

export const CustomerTier = z.object({
  tier: ValueTier,
  computedAt: z.iso.datetime(),
  currency: z.string(),
  /** What `worth` is: the expected lifetime value, or profit, margin or revenue so far where that is what is known. */
  basis: z.enum(['lifetime', 'profit', 'margin', 'revenue']),
  worth: z.number(),
  profit: z.number().nullable(),
  /** 1 is worth most. */
  place: z.number(),
  buyers: z.number(),
  /** Money of the last year. */
  spent: z.number(),
  /** Money a year that customers like this one spend here and this one does not; null where too few are alike. */
  potential: z.number().nullable(),
  /** `spent` of it and `potential` together. */
  wallet: z.number().nullable(),
  /** How many customers are alike. */
  alike: z.number(),
  /** The categories with most to win. */
  missing: z.array(z.object({ category: z.string(), typical: z.number(), own: z.number() })),
});
