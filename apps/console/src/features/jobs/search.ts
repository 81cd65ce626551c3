import { z } from 'zod';

export const jobsSearch = z.object({ state: z.enum(['waiting', 'running', 'done', 'failed', 'cancelled']).optional() });
export type JobsSearch = z.infer<typeof jobsSearch>;
