import { z } from 'zod';

export const TABS = ['cycle', 'funnel', 'cohorts', 'risk'] as const;
export type Tab = (typeof TABS)[number];
export const MEASURES = ['share', 'customers', 'orders', 'revenue', 'margin'] as const;
export type Measure = (typeof MEASURES)[number];

/** What may stand in the URL of «Ciclo y embudo». */
export const lifeCycleSearch = z.object({
  tab: z.enum(TABS).optional(),
  source: z.string().optional(),
  channel: z.string().optional(),
  province: z.string().optional(),
  segment: z.string().optional(),
  size: z.enum(['month', 'quarter']).optional(),
  measure: z.enum(MEASURES).optional(),
  stage: z.string().optional(),
  sort: z.enum(['-expected_loss', '-churn_risk', '-brought']).optional(),
  from: z.string().optional(),
  to: z.string().optional(),
});
export type LifeCycleSearch = z.infer<typeof lifeCycleSearch>;

/** Of the list behind a number: the words of the API's MembersQuery. */
export const lifeCycleCustomersSearch = z.object({
  cohort: z.string().optional(),
  since: z.coerce.number().optional(),
  source: z.string().optional(),
  channel: z.string().optional(),
  province: z.string().optional(),
  segment: z.string().optional(),
  before: z.string().optional(),
  after: z.string().optional(),
  lostIn: z.string().optional(),
});
export type LifeCycleCustomersSearch = z.infer<typeof lifeCycleCustomersSearch>;

export const funnelStuckSearch = z.object({
  step: z.coerce.number().optional(),
  source: z.string().optional(),
  from: z.string().optional(),
  to: z.string().optional(),
});
export type FunnelStuckSearch = z.infer<typeof funnelStuckSearch>;
