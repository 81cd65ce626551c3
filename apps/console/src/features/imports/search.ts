import { z } from 'zod';

export const importsSearch = z.object({ source: z.string().optional() });
export type ImportsSearch = z.infer<typeof importsSearch>;

export const importSearch = z.object({ tab: z.enum(['result', 'rejected']).optional() });
export type ImportSearch = z.infer<typeof importSearch>;

export const STEPS = ['file', 'what', 'columns', 'check', 'start'] as const;
export type Step = (typeof STEPS)[number];

/** The file the server keeps and how far we got with it, so that the wizard can be left and found again. */
export const newImportSearch = z.object({ upload: z.uuid().optional(), step: z.enum(STEPS).optional(), source: z.uuid().optional() });
export type NewImportSearch = z.infer<typeof newImportSearch>;
