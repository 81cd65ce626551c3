import { z } from 'zod';

/** What may stand in the URL of the list: the words of the API's HouseholdFilter, and the order. */
export const householdsSearch = z.object({
  search: z.string().optional(),
  province: z.string().optional(),
  confirmed: z.enum(['yes', 'no']).optional(),
  sort: z.enum(['name', '-members', '-revenue']).optional(),
});
export type HouseholdsSearch = z.infer<typeof householdsSearch>;

export const householdSearch = z.object({ tab: z.string().optional() });
export type HouseholdSearch = z.infer<typeof householdSearch>;
