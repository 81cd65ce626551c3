import { z } from 'zod';

/** A pair opened from a list; without it the next one to decide. */
export const reviewSearch = z.object({ pair: z.string().optional() });
export type ReviewSearch = z.infer<typeof reviewSearch>;

/** What may stand in the URL of the list: the words of the API's ReviewQuery. */
export const reviewListSearch = z.object({
  list: z.enum(['open', 'disagreed', 'decided', 'mine']).optional(),
  doubt: z.enum(['between', 'inside', 'refused']).optional(),
  source: z.string().optional(),
  pattern: z.string().optional(),
});
export type ReviewListSearch = z.infer<typeof reviewListSearch>;
