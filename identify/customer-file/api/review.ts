// Pairs of records that people decide. Shared with the console as types; no server code here.
import { z } from 'zod';
import { CustomerKind } from './customers.ts';

export const ReviewVerdict = z.enum(['same', 'different', 'unsure']);
/** Two customers that may be one, one that may be two, or two that look alike and were refused for a reason. */
export const ReviewDoubt = z.enum(['between', 'inside', 'refused']);
/** `waiting`: one person has decided and a second opinion is needed. */
export const ReviewState = z.enum(['open', 'waiting', 'disagreed', 'decided']);

/** `mine` is what the reader has given an opinion on, whatever became of it. */
export const ReviewList = z.enum(['open', 'disagreed', 'decided', 'mine']);
export const ReviewQuery = z.object({
  list: ReviewList.default('open').describe('`open`: those this reader has not decided yet'),
  doubt: ReviewDoubt.optional(),
  source: z.uuid().optional().describe('A source of either record'),
  pattern: z.string().max(500).optional(),
  cursor: z.string().max(2000).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

/** What one person said. */
export const ReviewOpinion = z.object({
  id: z.uuid(),
  verdict: ReviewVerdict,
  by: z.string(),
  mine: z.boolean(),
  settles: z.boolean(),
  note: z.string().nullable(),
  at: z.iso.datetime(),
  bulkId: z.uuid().nullable(),
});

const ReviewedRecord = z.object({ id: z.uuid(), sourceId: z.uuid(), sourceLabel: z.string(), key: z.string(), name: z.string() });

export const ReviewRow = z.object({
  id: z.uuid(),
  kind: CustomerKind,
  doubt: ReviewDoubt,
  state: ReviewState,
  verdict: ReviewVerdict.nullable(),
  pattern: z.string(),
  alike: z.number(),
  probability: z.number(),
  teaches: z.number(),
  a: ReviewedRecord,
  b: ReviewedRecord,
  opinions: z.array(ReviewOpinion),
});

/** A field of both records. `level` is null where it is not compared, `missing` where one of them lacks it; weights are in bits. */
export const ReviewField = z.object({
  field: z.string(),
  level: z.string().nullable(),
  weight: z.number().nullable(),
  valueA: z.string(),
  valueB: z.string(),
});

const ReviewedCustomer = z.object({
  id: z.uuid(),
  name: z.string(),
  records: z.number(),
  /** Absent for readers who may not see what customers are worth, and for customers that never bought. */
  revenue: z.number().nullable(),
  orders: z.number().nullable(),
});

export const ReviewPair = ReviewRow.extend({
  /** Whether it is still a question: false once decided, here or elsewhere. */
  asks: z.boolean(),
  refusal: z.string().nullable(),
  masked: z.boolean(),
  fields: z.array(ReviewField),
  /** The waterfall: from the prior, term by term, to the weight, in bits. */
  prior: z.number(),
  weight: z.number(),
  terms: z.array(z.object({ field: z.string(), level: z.string(), weight: z.number() })),
  customerA: ReviewedCustomer,
  /** Null when both records are of one customer. */
  customerB: ReviewedCustomer.nullable(),
  /** What a decision would do now. */
  consequences: z.object({
    /** `merge`: the two customers become one, with the id of `kept`. `stay`: they are one already. */
    same: z.object({ does: z.enum(['merge', 'stay']), kept: z.uuid(), records: z.number() }),
    /** `split`: that many records leave the customer. `stay`: they are two already. */
    different: z.object({ does: z.enum(['split', 'stay']), leaving: z.number(), staying: z.number() }),
  }),
});

export const ReviewDecide = z.object({ verdict: ReviewVerdict, note: z.string().trim().max(500).optional() });
export const ReviewSettle = z.object({ verdict: ReviewVerdict.exclude(['unsure']), note: z.string().trim().max(500).optional() });
export const ReviewDecided = z.object({
  pairId: z.uuid(),
  decisionId: z.uuid(),
  state: ReviewState,
  /** The identity change it caused; null when nobody's identity changed. */
  changeId: z.uuid().nullable(),
  customerId: z.uuid().nullable(),
});
export const ReviewUndone = z.object({ pairId: z.uuid(), state: ReviewState, verdict: ReviewVerdict });

export const ReviewPattern = z.object({
  pattern: z.string(),
  kind: CustomerKind,
  pairs: z.number(),
  /** Mean probability of being one, 0..1. */
  probability: z.number(),
  /** What people said of pairs like these. */
  same: z.number(),
  different: z.number(),
});
export const ReviewPatterns = z.object({ items: z.array(ReviewPattern) });

/** All open pairs of a pattern, or those chosen. */
const which = {
  pattern: z.string().min(1).max(500).optional(),
  pairs: z.array(z.uuid()).min(1).max(5000).optional(),
};
const one = ({ pattern, pairs }: { pattern?: string | undefined; pairs?: string[] | undefined }) =>
  (pattern === undefined) !== (pairs === undefined);
const oneOf = { message: 'Give a pattern or a list of pairs, not both.' };
export const ReviewBulkPreviewAsked = z.object({ ...which, verdict: ReviewVerdict }).refine(one, oneOf);
export const ReviewBulkAsked = z
  .object({ ...which, verdict: ReviewVerdict, note: z.string().trim().max(500).optional() })
  .refine(one, oneOf);
export const ReviewBulkPreview = z.object({
  pairs: z.number(),
  /** Customers that become others with `same`, or that are made with `different`; at most, as one may be in several pairs. */
  customers: z.number(),
  sample: z.array(ReviewRow),
});
export const ReviewBulk = z.object({
  id: z.uuid(),
  pattern: z.string().nullable(),
  verdict: ReviewVerdict,
  state: z.enum(['deciding', 'decided', 'undoing', 'undone']),
  pairs: z.number(),
  decided: z.number(),
  skipped: z.number(),
  by: z.string(),
  mine: z.boolean(),
  note: z.string().nullable(),
  createdAt: z.iso.datetime(),
});
export const ReviewBulkStarted = z.object({ id: z.uuid(), jobId: z.string() });

export const ReviewStatistics = z.object({
  /** Still open for this reader, and in all. */
  open: z.number(),
  openForAll: z.number(),
  waiting: z.number(),
  disagreed: z.number(),
  decided: z.number(),
  /** Today, in the company's time zone. */
  decidedToday: z.number(),
  mineToday: z.number(),
  people: z.array(
    z.object({ name: z.string(), mine: z.boolean(), today: z.number(), same: z.number(), different: z.number(), unsure: z.number() }),
  ),
  /** Pairs that two people decided: how often they say the same, and Cohen's kappa, which takes chance off. Null without any. */
  agreement: z.object({ pairs: z.number(), share: z.number(), kappa: z.number().nullable() }).nullable(),
  /** Of the doubtful pairs people decided, how many the model would have put right by itself: likelier one than two, or not. */
  model: z.object({ pairs: z.number(), right: z.number() }),
  /** Decisions the model in force has not learned from yet. */
  unlearned: z.number(),
});

export const ReviewSettings = z.object({ secondOpinion: z.boolean() });
