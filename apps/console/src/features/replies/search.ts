import { z } from 'zod';

export const repliesSearch = z.object({
  tab: z.enum(['batches', 'tray', 'codes', 'templates']).optional(),
  /** A dialog that opens with the screen. */
  begin: z.enum(['coupons', 'forms']).optional(),
  create: z.enum(['codes', 'template']).optional(),
  template: z.uuid().optional(),
});
export type RepliesSearch = z.infer<typeof repliesSearch>;
