import { z } from 'zod';

/** What may stand in the URL of the list: the words of the API's CustomerFilter, and the order. */
export const customersSearch = z.object({
  search: z.string().optional(),
  kind: z.enum(['person', 'company']).optional(),
  source: z.string().optional(),
  province: z.string().optional(),
  group: z.string().optional(),
  decile: z.coerce.number().optional(),
  recency: z.coerce.number().optional(),
  frequency: z.coerce.number().optional(),
  monetary: z.coerce.number().optional(),
  best: z.coerce.number().optional(),
  tier: z.string().optional(),
  stage: z.string().optional(),
  loyalty: z.string().optional(),
  needs: z.string().optional(),
  alive: z.string().optional(),
  channel: z.string().optional(),
  segment: z.string().optional(),
  bought: z.string().optional(),
  lastPurchase: z.string().optional(),
  buyers: z.enum(['yes', 'no']).optional(),
  duplicates: z.enum(['yes']).optional(),
  sort: z
    .enum(['relevance', 'name', '-revenue', '-last_purchase', '-orders', '-changed', 'profit', '-profit', '-lifetime_value', '-churn_risk'])
    .optional(),
});
export type CustomersSearch = z.infer<typeof customersSearch>;

const WORTH = ['group', 'decile', 'recency', 'frequency', 'monetary', 'best', 'tier', 'stage', 'loyalty', 'needs', 'alive'] as const;
const WORTH_SORTS: readonly string[] = ['-revenue', 'profit', '-profit', '-lifetime_value', '-churn_risk'];

/** The words without those that tell the worth, for who may not see it: a link or a view of somebody who may. */
export function withoutWorth(words: CustomersSearch): CustomersSearch {
  const rest = { ...words };
  for (const word of WORTH) delete rest[word];
  if (rest.sort && WORTH_SORTS.includes(rest.sort)) delete rest.sort;
  return rest;
}

/** What may stand in the URL of a record. */
export const customerSearch = z.object({ tab: z.string().optional(), kinds: z.string().optional() });
export type CustomerSearch = z.infer<typeof customerSearch>;
