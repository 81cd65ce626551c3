import { z } from 'zod';

export const healthSearch = z.object({ kind: z.enum(['person', 'company']).optional() });
export type HealthSearch = z.infer<typeof healthSearch>;
