import type { z } from 'zod';
import type { LifeStage, LoyaltyType, ValueTier } from '../api/customers.ts';

/** What scoring found out beside the purchases themselves; null until it has. */
export interface Findings {
  profit: string | null;
  tier: z.infer<typeof ValueTier> | null;
  lifetime_value: string | null;
  stage: z.infer<typeof LifeStage> | null;
  churn_risk: number | null;
  loyalty_type: z.infer<typeof LoyaltyType> | null;
}

export const toFindings = (row: Findings) => ({
  profit: row.profit === null ? null : Number(row.profit),
  tier: row.tier,
  lifetimeValue: row.lifetime_value === null ? null : Number(row.lifetime_value),
  stage: row.stage,
  churnRisk: row.churn_risk,
  loyaltyType: row.loyalty_type,
});
/** For a reader without value.read. */
export const NO_FINDINGS = toFindings({
  profit: null,
  tier: null,
  lifetime_value: null,
  stage: null,
  churn_risk: null,
  loyalty_type: null,
});
