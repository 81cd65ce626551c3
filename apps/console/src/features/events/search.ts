import { z } from 'zod';

/** `event` is open beside the list; `connect: 'yes'` opens the dialog of a new site or app. */
export const liveSearch = z.object({
  source: z.string().optional(),
  type: z.string().optional(),
  search: z.string().optional(),
  whose: z.enum(['known', 'unknown']).optional(),
  state: z.enum(['taken', 'rejected']).optional(),
  event: z.string().optional(),
  connect: z.enum(['yes']).optional(),
});
export type LiveSearch = z.infer<typeof liveSearch>;

/** `error` is open beside the list. */
export const rejectedSearch = z.object({
  source: z.string().optional(),
  reason: z.string().optional(),
  state: z.enum(['open', 'replayed', 'dismissed']).optional(),
  error: z.string().optional(),
});
export type RejectedSearch = z.infer<typeof rejectedSearch>;

export const sourceEventsSearch = z.object({
  tab: z.enum(['keys', 'install', 'treat']).optional(),
  /** How it is installed: on a page, with Segment's libraries, by a program. */
  way: z.string().optional(),
  create: z.enum(['yes']).optional(),
});
export type SourceEventsSearch = z.infer<typeof sourceEventsSearch>;
