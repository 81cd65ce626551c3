import { z } from 'zod';
import { learnedSchema } from './learned.ts';
import { settingsSchema } from './settings.ts';

const level = z.strictObject({
  is: z.string(),
  at: z.number().optional(),
  /** Share of pairs of one entity that stand at this level, both values present. */
  m: z.number(),
  /** Share of pairs of different entities that do. */
  u: z.number(),
  /** Share of pairs of relatives (one household, different people) that do; only on fields that a household shares. */
  r: z.number().optional(),
});

const session = z.strictObject({
  /** The blocking rule whose pairs were used, as text. */
  rule: z.string(),
  pairs: z.number(),
  /** Pairs of one entity among them, as estimated. */
  matches: z.number(),
  relatives: z.number(),
  iterations: z.number(),
  converged: z.boolean(),
  /** Several starts that end in the same place are a good sign: the largest difference in any m between the two best. */
  spread: z.number(),
  logLikelihood: z.number(),
});

export const modelSchema = z.strictObject({
  version: z.literal(1),
  settings: settingsSchema,
  /** Probability that two records drawn at random are one entity. */
  prior: z.number(),
  /** Probability that two records drawn at random are of one household but not one entity. */
  relatives: z.number(),
  fields: z.array(z.strictObject({ name: z.string(), levels: z.array(level) })),
  training: z.strictObject({
    rows: z.number(),
    seed: z.number(),
    converged: z.boolean(),
    sessions: z.array(session),
    /** Fields whose m no session could estimate, and which keep their starting values. */
    untrained: z.array(z.string()),
    /** Estimated share of the pairs of one entity that no blocking rule brings. */
    missed: z.number().optional(),
  }),
  /** What it remembers of its file, values by their fingerprints only. A model without it takes the file at hand for that. */
  learned: learnedSchema.optional(),
});

/** What training learned: JSON-serialisable. It weighs a pair of records alike in whatever file they stand. */
export type Model = z.output<typeof modelSchema>;
export type TrainingSession = z.output<typeof session>;
