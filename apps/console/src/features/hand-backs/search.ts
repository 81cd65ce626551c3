import { z } from 'zod';

export const handBacksSearch = z.object({ search: z.string().optional(), state: z.enum(['on', 'paused']).optional() });
export type HandBacksSearch = z.infer<typeof handBacksSearch>;

export const STEPS = ['who', 'what', 'where', 'when', 'check'] as const;
export type Step = (typeof STEPS)[number];
/** The step on screen. */
export const handBackWizardSearch = z.object({ step: z.enum(STEPS).optional() });
export type HandBackWizardSearch = z.infer<typeof handBackWizardSearch>;

export const handBackSearch = z.object({ tab: z.string().optional() });
