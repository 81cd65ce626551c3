import { z } from 'zod';

/** What may stand in the URL of the list: the words of the API's SegmentFilter, and the order. */
export const segmentsSearch = z.object({
  search: z.string().optional(),
  kind: z.enum(['rule', 'list', 'prospects']).optional(),
  archived: z.enum(['yes', 'no']).optional(),
  sort: z.enum(['name', '-size', '-moved']).optional(),
  /** A dialog opened from elsewhere. */
  create: z.enum(['list', 'prospects']).optional(),
});
export type SegmentsSearch = z.infer<typeof segmentsSearch>;

export const segmentSearch = z.object({
  tab: z.string().optional(),
  sort: z.enum(['name', '-revenue', '-last_purchase']).optional(),
  search: z.string().optional(),
});
export type SegmentSearch = z.infer<typeof segmentSearch>;
