import { z } from 'zod';

/** `create: 'yes'` opens the form of a new source, `edit` that of one there is. */
export const sourcesSearch = z.object({ create: z.enum(['yes']).optional(), edit: z.string().optional() });
export type SourcesSearch = z.infer<typeof sourcesSearch>;
