import { z } from 'zod';

export const MEASURES = ['grade', 'completeness', 'validity', 'uniqueness', 'agreement', 'freshness'] as const;
export type Measure = (typeof MEASURES)[number];

export const qualitySearch = z.object({ measure: z.enum(MEASURES).optional() });
export type QualitySearch = z.infer<typeof qualitySearch>;
