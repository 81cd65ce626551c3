// What a year would bring if some things were done differently.
import { z } from 'zod';

export const Levers = z.object({
  kept: z.number().min(0).max(1),
  frequency: z.number().min(-0.9).max(2),
  order: z.number().min(-0.9).max(2),
  margin: z.number().min(-0.5).max(0.5),
  newcomers: z.number().min(-1).max(5),
  cost: z.number().min(0).max(1e12),
});

export const ScenarioBase = z.object({
  customers: z.number(),
  sales: z.number(),
  margin: z.number(),
  lost: z.object({ customers: z.number(), sales: z.number(), margin: z.number() }),
  newcomers: z.object({ aMonth: z.number(), firstYear: z.array(z.number()), marginShare: z.number() }),
});

/** Null where there is no forecast yet. `error`: by how much the model missed the purchases held out, as a share of them. */
export const ScenarioBaseAnswer = z.object({
  base: ScenarioBase.nullable(),
  segment: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  currency: z.string(),
  /** `revenue`: no cost is known, what is left of a sale is all of it. */
  money: z.enum(['margin', 'revenue']),
  asOf: z.iso.date().nullable(),
  error: z.number().nullable(),
});

export const NewScenario = z.object({
  name: z.string().trim().min(1).max(120),
  segment: z.uuid().nullable().default(null),
  levers: Levers,
});
export const Scenario = NewScenario.extend({
  id: z.uuid(),
  segmentName: z.string().nullable(),
  changedBy: z.string(),
  changedAt: z.iso.datetime(),
});
