// What unification found.
import { z } from 'zod';

export const DuplicatesOverview = z.object({
  records: z.number(),
  customers: z.number(),
  duplicates: z.number(),
  /** How many customers have 1, 2, 3 … source records; the last is "that many or more". */
  sizes: z.array(z.object({ records: z.number(), customers: z.number() })),
  reasons: z.array(z.object({ reason: z.enum(['alone', 'rule', 'model', 'person']), rule: z.string().nullable(), records: z.number() })),
  /** Records of one source also found in the other. */
  overlap: z.array(z.object({ a: z.uuid(), b: z.uuid(), customers: z.number() })),
  lastRun: z
    .object({
      at: z.iso.datetime(),
      scope: z.enum(['all', 'new']),
      seconds: z.number(),
      pairs: z.number(),
      estimatedPrecision: z.number().nullable(),
      estimatedRecall: z.number().nullable(),
    })
    .nullable(),
});

/** A customer made of several records, the most doubtful first. */
export const DuplicateGroup = z.object({
  customerId: z.uuid(),
  name: z.string(),
  records: z.array(
    z.object({
      id: z.uuid(),
      sourceLabel: z.string(),
      name: z.string(),
      email: z.string(),
      phone: z.string(),
      birthDate: z.string(),
      nationalId: z.string(),
      city: z.string(),
    }),
  ),
  /** Probability of the weakest link that holds it together, 0..1. */
  weakest: z.number(),
});

export const SurvivorshipRule = z.enum(['most_trusted', 'most_recent', 'most_complete', 'most_frequent']);
/** By field: rules in the order they decide. `default` serves every field not named. */
export const Survivorship = z.object({
  default: z.array(SurvivorshipRule).min(1),
  fields: z.record(z.string(), z.array(SurvivorshipRule).min(1)),
});
