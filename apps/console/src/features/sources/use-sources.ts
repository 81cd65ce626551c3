import type { Source as SourceSchema } from '@vinculo/customer-file/api/imports';
import type { z } from 'zod';
import { useGet } from '../../api/queries.ts';

export type Source = z.infer<typeof SourceSchema>;

/** All sources; there are never many. */
export const useSources = () => useGet<{ items: Source[] }>('/sources');
