import { z } from 'zod';

/** What may stand in the URL of the list: the words of the API's CustomerFilter, and the order. */
export const customersSearch = z.object({
  search: z.string().optional(),
  kind: z.enum(['person', 'company']).optional(),
  source: z.string().optional(),
  province: z.string().optional(),
  group: z.string().optional(),
  decile: z.coerce.number().optional(),
  buyers: z.enum(['yes', 'no']).optional(),
  duplicates: z.enum(['yes']).optional(),
  sort: z.enum(['relevance', 'name', '-revenue', '-last_purchase', '-orders', '-changed']).optional(),
});
export type CustomersSearch = z.infer<typeof customersSearch>;

/** What may stand in the URL of a record. */
export const customerSearch = z.object({ tab: z.string().optional(), kinds: z.string().optional() });
export type CustomerSearch = z.infer<typeof customerSearch>;
