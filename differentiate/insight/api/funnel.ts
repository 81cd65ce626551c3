// The marketing funnel: steps as conditions in words, how many have come how far, and who stands where.
import { z } from 'zod';
import { StageName } from './life-cycle.ts';

const Days = z.number().int().min(1).max(3_650).nullable().describe('Only the last so many days; null is ever');

/** One thing that must be true of a customer. */
export const Condition = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('reachable'), ways: z.array(z.enum(['email', 'phone'])).min(1) }),
  z.object({ kind: z.literal('consent'), purpose: z.string().trim().max(60).describe('Empty is any purpose') }),
  z.object({ kind: z.literal('contacted'), direction: z.enum(['out', 'in', 'any']), days: Days }),
  z.object({ kind: z.literal('topic'), word: z.string().trim().min(2).max(60), days: Days }),
  z.object({ kind: z.literal('bought'), times: z.number().int().min(1).max(1_000), days: Days }),
  z.object({ kind: z.literal('spent'), amount: z.number().positive().max(1e9), days: Days }),
  z.object({ kind: z.literal('stage'), stages: z.array(StageName).min(1) }),
  z.object({ kind: z.literal('segment'), segment: z.uuid() }),
]);

export const Step = z.object({
  id: z.string().regex(/^[a-z0-9-]{1,40}$/),
  /** Null: the name the product gives this step, `funnel.step.<id>`. */
  name: z.string().trim().min(1).max(60).nullable(),
  /** All of them. */
  conditions: z.array(Condition).min(1).max(6),
});

export const FunnelDefinition = z
  .object({
    /** How many there are in the whole market, as the company states it. */
    target: z.object({ count: z.number().int().positive().max(1e10), statedOn: z.iso.date() }).nullable(),
    steps: z.array(Step).min(1).max(12),
  })
  .refine(({ steps }) => new Set(steps.map(({ id }) => id)).size === steps.length, { path: ['steps'], params: { code: 'duplicate' } });

export const FunnelQuery = z.object({
  source: z.uuid().optional(),
  /** Customers first seen in this time. */
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
});

const Reached = z.object({
  /** Who has come to this step or further. */
  customers: z.number(),
  /** Who stands exactly here. */
  stuck: z.number(),
});

export const Funnel = z.object({
  definition: FunnelDefinition,
  defaults: FunnelDefinition,
  computedAt: z.iso.datetime().nullable(),
  /** Everybody in the file that was asked for, and those who meet no step. */
  people: z.number(),
  before: z.number(),
  steps: z.array(Reached),
  /** The same by source: customers who reached each step. */
  sources: z.array(z.object({ id: z.string(), label: z.string(), people: z.number(), steps: z.array(z.number()) })),
  /** By quarter of the first sight of the customer. */
  periods: z.array(z.object({ period: z.string(), people: z.number(), steps: z.array(z.number()) })),
  /** As it was on earlier days, by this same definition; oldest first. */
  trend: z.array(z.object({ day: z.iso.date(), steps: z.array(z.number()) })),
  changes: z.array(z.object({ id: z.string(), undoes: z.string().nullable(), changedAt: z.iso.datetime(), changedBy: z.string() })),
});

export const FunnelPreview = z.object({ people: z.number(), steps: z.array(Reached) });
/** The change that what is saved was drawn from, so that nobody else's is written over; who names none has seen none, and draws from the standard. */
export const BasedOn = z.object({ basedOn: z.union([z.uuid(), z.literal('standard')]).default('standard') });
export const FunnelChanged = z.object({ id: z.string() });

export const StuckQuery = FunnelQuery.extend({
  /** 0 meets no step. */
  step: z.coerce.number().int().min(0).max(12),
  cursor: z.string().max(2_000).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export const StuckRow = z.object({
  id: z.string(),
  name: z.string(),
  /** The earliest of the day their sources say, that of loading and the first purchase; 1970-01-02 where nobody knows, or before. */
  firstSeen: z.iso.date(),
  province: z.string(),
  stage: StageName.nullable(),
  lastDay: z.iso.date().nullable(),
  brought: z.number(),
});
