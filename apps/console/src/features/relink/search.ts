import { z } from 'zod';

export const rulesSearch = z.object({ kind: z.enum(['person', 'company']).optional() });
export type RulesSearch = z.infer<typeof rulesSearch>;
