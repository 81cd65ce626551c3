import { z } from 'zod';

export const connectionsSearch = z.object({ search: z.string().optional(), source: z.string().optional() });
export type ConnectionsSearch = z.infer<typeof connectionsSearch>;

export const connectionSearch = z.object({ tab: z.enum(['runs', 'columns', 'settings']).optional() });
export type ConnectionSearch = z.infer<typeof connectionSearch>;

export const STEPS = ['kind', 'where', 'what', 'columns', 'when', 'start'] as const;
export type Step = (typeof STEPS)[number];

/** How far the wizard has come, and the connection it changes where it makes no new one. */
export const newConnectionSearch = z.object({ step: z.enum(STEPS).optional(), edit: z.uuid().optional(), source: z.uuid().optional() });
export type NewConnectionSearch = z.infer<typeof newConnectionSearch>;
