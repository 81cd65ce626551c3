import { z } from 'zod';

/** `create: 'yes'` opens the form of a new one. */
export const webhooksSearch = z.object({
  search: z.string().optional(),
  state: z.enum(['on', 'paused', 'failing', 'gone']).optional(),
  create: z.enum(['yes']).optional(),
});
export type WebhooksSearch = z.infer<typeof webhooksSearch>;

export const webhookSearch = z.object({
  tab: z.string().optional(),
  state: z.enum(['waiting', 'delivered', 'dead']).optional(),
  type: z.string().optional(),
  /** The message that lies open. */
  message: z.string().optional(),
});
export type WebhookSearch = z.infer<typeof webhookSearch>;

export const hooksSearch = z.object({
  search: z.string().optional(),
  state: z.enum(['on', 'paused']).optional(),
  create: z.enum(['yes']).optional(),
});
export type HooksSearch = z.infer<typeof hooksSearch>;

export const hookSearch = z.object({
  tab: z.string().optional(),
  state: z.enum(['waiting', 'done', 'ignored', 'rejected']).optional(),
  message: z.string().optional(),
});
export type HookSearch = z.infer<typeof hookSearch>;
