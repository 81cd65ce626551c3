import { z } from 'zod';

/** What may stand in the URL of the six questions. */
export const reportSearch = z.object({
  from: z.string().optional(),
  to: z.string().optional(),
  against: z.enum(['before', 'year']).optional(),
  segment: z.string().optional(),
});
export type ReportSearch = z.infer<typeof reportSearch>;
