// What the API says of the life cycle: stages, risk, churn, cohorts.
import { z } from 'zod';

export const StageName = z.enum(['prospect', 'new', 'active', 'growing', 'at_risk', 'inactive', 'lost', 'won_back']);

/** How well a forecast did on customers and a time it had not seen. */
const Quality = z.object({
  auc: z.number(),
  brier: z.number(),
  reliability: z.array(z.object({ rows: z.number(), said: z.number(), happened: z.number() })),
});

export const LifeCycleSummary = z.object({
  computedAt: z.iso.datetime(),
  /** Day everything is about: today, or the last one the purchases reach. */
  asOf: z.iso.date(),
  /** Days of the period the risk is about. */
  periodDays: z.number(),
  /** The typical gap between two purchases, and from how many customers it was learned. */
  rhythm: z.object({ days: z.number(), learnedFrom: z.number() }),
  stages: z.array(
    z.object({
      stage: StageName,
      customers: z.number(),
      /** Money of each customer's last year as a buyer. */
      brought: z.number(),
      expectedLoss: z.number(),
      /** Who stands there and stood elsewhere thirty days before. */
      entered: z.number(),
    }),
  ),
  /** From where to where in the last thirty days, by the same rules; also who stayed. */
  moves: z.array(z.object({ before: StageName, after: StageName, customers: z.number(), brought: z.number() })),
  forecast: z.object({
    kind: z.enum(['model', 'rhythm']),
    why: z.enum(['better', 'too_little_history']),
    trial: z.object({ learnedFrom: z.number(), judgedOn: z.number(), leftShare: z.number(), model: Quality, rhythm: Quality }).nullable(),
  }),
});

const Share = z.number().gt(0).lt(1);
export const LifeCycleRules = z.object({
  /** Shares of the customer's own gaps that are shorter than the silence. */
  atRisk: Share,
  inactive: Share,
  lost: Share,
  newVisits: z.number().int().min(1).max(10),
  growth: z.number().min(1).max(10),
  growthGaps: z.number().min(2).max(50),
  wonBackGaps: z.number().min(1).max(50),
  period: z.discriminatedUnion('unit', [
    z.object({ unit: z.literal('days'), value: z.number().int().min(7).max(730) }),
    z.object({ unit: z.literal('gaps'), value: z.number().min(1).max(20) }),
  ]),
});

export const RulesView = z.object({
  rules: LifeCycleRules,
  defaults: LifeCycleRules,
  changes: z.array(
    z.object({ id: z.string(), rules: LifeCycleRules, undoes: z.string().nullable(), changedAt: z.iso.datetime(), changedBy: z.string() }),
  ),
});

export const RulesPreview = z.object({
  /** Who would stand elsewhere. */
  moved: z.number(),
  customers: z.number(),
  moves: z.array(z.object({ before: StageName, after: StageName, customers: z.number() })),
});

export const RulesChanged = z.object({ id: z.string(), jobId: z.string() });

export const Reason = z.object({
  /** Of the `life-cycle` catalogue: `reason.<key>.raises` or `.lowers`, with the facts. */
  key: z.string(),
  raises: z.boolean(),
  facts: z.record(z.string(), z.number()),
});

export const RiskQuery = z.object({
  stage: StageName.optional(),
  sort: z.enum(['-expected_loss', '-churn_risk', '-brought']).default('-expected_loss'),
  cursor: z.string().max(2_000).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

/** One customer in a list of this area. */
export const LifeCycleRow = z.object({
  id: z.string(),
  name: z.string(),
  stage: StageName,
  since: z.iso.date(),
  silentDays: z.number(),
  rhythmDays: z.number().nullable(),
  lastDay: z.iso.date().nullable(),
  brought: z.number(),
  periodValue: z.number(),
  churnRisk: z.number(),
  expectedLoss: z.number(),
  reasons: z.array(Reason),
});

/** Whose figures: everybody's, or those of one source, province, channel or segment. */
export const Whose = z.object({
  source: z.uuid().optional(),
  province: z.string().max(100).optional(),
  channel: z.string().max(100).optional(),
  segment: z.uuid().optional(),
});

export const ChurnMonth = z.object({
  month: z.string(),
  /** Customers at its beginning: had bought, and were not lost. */
  customers: z.number(),
  lost: z.number(),
  /** What those who were lost brought in their last year. */
  cost: z.number(),
  gained: z.number(),
  back: z.number(),
  /** The month is not over. */
  running: z.boolean(),
});
export const Churn = z.object({
  months: z.array(ChurnMonth),
  /** The last twelve whole months by where customers began, or where they live. */
  by: z.array(
    z.object({
      kind: z.enum(['source', 'channel', 'province']),
      key: z.string(),
      label: z.string(),
      customers: z.number(),
      lost: z.number(),
      cost: z.number(),
    }),
  ),
  /** Share still a customer so many months after the first purchase, by Kaplan and Meier. */
  survival: z.array(z.object({ month: z.number(), share: z.number(), atRisk: z.number() })),
});

export const CohortQuery = z.object({
  size: z.enum(['month', 'quarter']).default('month'),
  source: z.uuid().optional(),
  channel: z.string().max(100).optional(),
});
export const Cohorts = z.object({
  sources: z.array(z.object({ id: z.string(), label: z.string() })),
  channels: z.array(z.string()),
  cohorts: z.array(
    z.object({
      /** `2026-03`, or `2026-Q1`. */
      cohort: z.string(),
      customers: z.number(),
      cells: z.array(
        z.object({
          /** Months since the first purchase. */
          since: z.number(),
          /** Customers of the cohort who have come so far; the shares are of them. */
          of: z.number(),
          customers: z.number(),
          orders: z.number(),
          revenue: z.number(),
          margin: z.number().nullable(),
          running: z.boolean(),
        }),
      ),
    }),
  ),
});

/** Which customers: of a cell of the cohorts, of a move between stages, or lost in a month. */
export const MembersQuery = z.object({
  cohort: z
    .string()
    .regex(/^\d{4}-(\d{2}|Q[1-4])$/)
    .optional(),
  since: z.coerce.number().int().min(0).max(1_200).optional(),
  source: z.uuid().optional(),
  channel: z.string().max(100).optional(),
  province: z.string().max(100).optional(),
  segment: z.uuid().optional(),
  before: StageName.optional(),
  after: StageName.optional(),
  lostIn: z
    .string()
    .regex(/^\d{4}-\d{2}$/)
    .optional(),
  cursor: z.string().max(2_000).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export const Members = z.object({ items: z.array(LifeCycleRow), next: z.string().nullable(), count: z.number() });

export const CustomerLifeCycle = z.object({
  stage: StageName,
  since: z.iso.date(),
  asOf: z.iso.date(),
  periodDays: z.number(),
  silentDays: z.number(),
  /** The customer's own, null with a single purchase; and that of the whole base. */
  rhythmDays: z.number().nullable(),
  typicalDays: z.number(),
  /** Days of silence after which they would be at risk, inactive and lost. */
  limits: z.object({ atRisk: z.number(), inactive: z.number(), lost: z.number() }),
  /** Share of their own gaps shorter than the silence. */
  quantile: z.number(),
  gaps: z.array(z.object({ from: z.iso.date(), to: z.iso.date(), days: z.number() })),
  churnRisk: z.number(),
  expectedLoss: z.number(),
  periodValue: z.number(),
  brought: z.number(),
  reasons: z.array(Reason),
  byModel: z.boolean(),
  /** Stages as they were found night by night, newest first. */
  changes: z.array(z.object({ at: z.iso.date(), before: StageName.nullable(), after: StageName })),
});
