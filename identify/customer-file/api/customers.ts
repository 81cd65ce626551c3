// What the API says about customers. Shared with the console as types; no server code here.
import { z } from 'zod';

export const Money = z.object({ amount: z.string(), currency: z.string() });
export const CustomerKind = z.enum(['person', 'company']);

/** The named RFM groups, best first; their sentences are in the `value` catalogue under `group.<key>`. */
export const RfmGroup = z.enum([
  'champions',
  'loyal',
  'potential',
  'new',
  'promising',
  'attention',
  'at_risk',
  'cant_lose',
  'hibernating',
  'lost',
]);

/** What a customer is worth next to the others; in the `value` catalogue under `tier.<key>`. */
export const ValueTier = z.enum(['most_valuable', 'most_growable', 'ordinary', 'below_zero']);
/** Where a customer stands in the life cycle; in the `value` catalogue under `stage.<key>`. Who has never bought is a prospect. */
export const LifeStage = z.enum(['new', 'active', 'growing', 'at_risk', 'inactive', 'lost', 'won_back']);
/** Whether somebody still is a customer, by the forecast: seven chances in ten or more, fewer than three, or between; in the `customers` catalogue under `alive.<key>`. */
export const Alive = z.enum(['likely', 'doubtful', 'unlikely']);
/** Why a customer comes back; in the `value` catalogue under `loyalty.<key>`. */
export const LoyaltyType = z.enum(['monopoly', 'inertia', 'latent', 'convenience', 'price', 'incentive', 'premium', 'unknown']);

export const CustomerScore = z.object({
  revenue: z.number(),
  margin: z.number().nullable(),
  /** Those that brought something: what was only brought back or given away is none, and who has nothing else has 0. */
  orders: z.number(),
  firstPurchaseAt: z.iso.datetime(),
  lastPurchaseAt: z.iso.datetime(),
  averageOrder: z.number().nullable(),
  returned: z.number(),
  discountShare: z.number(),
  channels: z.array(z.string()),
  recency: z.number(),
  frequency: z.number(),
  monetary: z.number(),
  rfmGroup: RfmGroup,
  decile: z.number(),
  /** These are null until they have been found out. */
  profit: z.number().nullable(),
  tier: ValueTier.nullable(),
  lifetimeValue: z.number().nullable(),
  stage: LifeStage.nullable(),
  churnRisk: z.number().nullable(),
  loyaltyType: LoyaltyType.nullable(),
  computedAt: z.iso.datetime(),
});

/** The score as a reader without value.read sees it: when and how often, not how much nor which group. */
export const SeenScore = CustomerScore.extend({
  revenue: z.number().nullable(),
  returned: z.number().nullable(),
  discountShare: z.number().nullable(),
  recency: z.number().nullable(),
  frequency: z.number().nullable(),
  monetary: z.number().nullable(),
  rfmGroup: RfmGroup.nullable(),
  decile: z.number().nullable(),
});

/** A row of the list. Personal fields are masked (`m•••@gmail.com`) for readers without customer.read_personal. */
export const CustomerRow = z.object({
  id: z.uuid(),
  kind: CustomerKind,
  name: z.string(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  city: z.string().nullable(),
  province: z.string().nullable(),
  records: z.number(),
  sources: z.array(z.uuid()),
  changedAt: z.iso.datetime(),
  score: SeenScore.pick({
    revenue: true,
    margin: true,
    orders: true,
    lastPurchaseAt: true,
    rfmGroup: true,
    decile: true,
    profit: true,
    tier: true,
    lifetimeValue: true,
    stage: true,
    churnRisk: true,
    loyaltyType: true,
  }).nullable(),
});

export const CustomerSort = z.enum([
  'relevance',
  'name',
  '-revenue',
  '-last_purchase',
  '-orders',
  '-changed',
  'profit',
  '-profit',
  '-lifetime_value',
  '-churn_risk',
]);

const Quintile = z.coerce.number().int().min(1).max(5);
const Month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/);

/**
 * The filters of the list, the count and the export: the same words in the URL of the screen. Those of worth (group, decile,
 * the quintiles, best, tier, stage, loyalty, needs, alive) need value.read.
 */
export const CustomerFilter = z.object({
  search: z.string().max(200).optional(),
  kind: CustomerKind.optional(),
  source: z.uuid().optional(),
  province: z.string().max(80).optional(),
  group: RfmGroup.optional(),
  decile: z.coerce.number().int().min(1).max(10).optional(),
  recency: Quintile.optional(),
  frequency: Quintile.optional(),
  monetary: Quintile.optional(),
  best: z.coerce.number().int().min(1).max(100).optional().describe('The best so many per cent of buyers, by revenue'),
  tier: ValueTier.optional(),
  stage: LifeStage.optional(),
  loyalty: LoyaltyType.optional(),
  needs: z.uuid().optional().describe('A group of needs'),
  alive: Alive.optional().describe('Whether they still are customers, by the forecast'),
  channel: z.string().min(1).max(80).optional().describe('Has bought over this channel, as the purchases name it'),
  segment: z.uuid().optional().describe('Is in this segment or list'),
  bought: Month.optional().describe('Bought in this month, as 2026-03; the last five years of each customer are known'),
  lastPurchase: Month.optional().describe('Bought for the last time in this month, as 2026-03'),
  buyers: z.enum(['yes', 'no']).optional(),
  duplicates: z.enum(['yes']).optional(),
});
export const CustomerListQuery = CustomerFilter.extend({
  sort: CustomerSort.optional(),
  cursor: z.string().max(2000).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
/** `exact: false` where counting further than `count` would take too long; the screen then says "más de". */
export const CustomerCount = z.object({ count: z.number(), exact: z.boolean() });

/** The left-hand summary of the record page: everything needed while the telephone rings, in one request. */
export const CustomerSummary = z.object({
  id: z.uuid(),
  /** Set when the id asked for was merged: the customer shown is the one it became. */
  redirectedFrom: z.uuid().nullable(),
  kind: CustomerKind,
  name: z.string(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  nationalId: z.string().nullable(),
  birthDate: z.string().nullable(),
  city: z.string().nullable(),
  province: z.string().nullable(),
  masked: z.boolean(),
  records: z.number(),
  sources: z.array(z.object({ id: z.uuid(), label: z.string() })),
  /** Since when: the earliest of the day their sources say (noon UTC), the first purchase and the moment of loading. */
  firstSeen: z.iso.datetime(),
  changedAt: z.iso.datetime(),
  score: SeenScore.nullable(),
  /** Figures of this moment, where purchases came that the score does not have yet. `revenue` null for readers without value.read. */
  recent: z.object({ revenue: z.number().nullable(), orders: z.number(), lastPurchaseAt: z.iso.datetime() }).nullable(),
  lastContact: z.object({ at: z.iso.datetime(), kind: z.string(), channel: z.string(), topic: z.string() }).nullable(),
  /** What to do now, with the sentence that says why (keys of the customers catalogue, with values). */
  nextAction: z.object({ key: z.string(), params: z.record(z.string(), z.union([z.string(), z.number()])) }),
});

/** Fields of the golden record that are entered or chosen, those of a name and of an address as one. */
export const ChoosableField = z.enum([
  'name',
  'company',
  'trade_name',
  'gender',
  'birth_date',
  'national_id',
  'email',
  'phone',
  'mobile',
  'phone2',
  'address',
  'language',
  'job_title',
  'department',
  'company_tax_id',
  'notes',
  'contact_name',
]);

/** One field of the golden record: the value in force, where it came from, by which rule, and its rivals. */
export const GoldenField = z.object({
  field: z.string(),
  value: z.string(),
  sourceId: z.uuid(),
  sourceLabel: z.string(),
  recordId: z.uuid(),
  rule: z.enum(['most_trusted', 'most_recent', 'most_complete', 'most_frequent', 'person']),
  /** Who entered or chose it, and when; null where a rule decided. */
  by: z.string().nullable(),
  at: z.iso.datetime().nullable(),
  /** Under which name it is chosen by hand; null where it cannot be. */
  choosable: ChoosableField.nullable(),
  rivals: z.array(
    z.object({ value: z.string(), recordId: z.uuid(), sourceLabel: z.string(), changedAt: z.iso.datetime(), valid: z.boolean() }),
  ),
});
/** `version` changes with the customer: whoever edits says which one they saw. */
export const GoldenRecord = z.object({ version: z.string(), fields: z.array(GoldenField) });

export const TimelineKind = z.enum(['purchase', 'contact', 'campaign', 'redemption', 'event', 'consent', 'note', 'identity']);
/** One line of the timeline. Purchases come as whole orders with their lines. `title` and `detail` are data, not sentences. */
export const TimelineItem = z.object({
  id: z.string(),
  kind: TimelineKind,
  at: z.iso.datetime(),
  channel: z.string(),
  sourceId: z.uuid().nullable(),
  data: z.record(z.string(), z.unknown()),
});
export const TimelineQuery = z.object({
  kinds: z.string().max(200).optional(), // comma-separated TimelineKind
  cursor: z.string().max(2000).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(30),
});

/** Figures behind the value tab, from the facts themselves. */
export const CustomerValue = z.object({
  score: CustomerScore.nullable(),
  byMonth: z.array(z.object({ month: z.string(), revenue: z.number(), margin: z.number().nullable(), orders: z.number() })),
  byCategory: z.array(z.object({ category: z.string(), revenue: z.number(), share: z.number() })),
  byChannel: z.array(z.object({ channel: z.string(), revenue: z.number(), orders: z.number() })),
});

export const SourceRecord = z.object({
  id: z.uuid(),
  sourceId: z.uuid(),
  sourceLabel: z.string(),
  key: z.string(),
  raw: z.record(z.string(), z.string()),
  invalid: z.array(z.string()),
  firstSeen: z.iso.datetime(),
  changedAt: z.iso.datetime(),
  link: z.object({
    reason: z.enum(['alone', 'rule', 'model', 'person']),
    evidence: z.record(z.string(), z.unknown()),
    validFrom: z.iso.datetime(),
  }),
});

/** Why two records are one: the waterfall of weights (log2 Bayes factors), from the prior to the probability. */
export const PairExplanation = z.object({
  a: z.uuid(),
  b: z.uuid(),
  weight: z.number(),
  probability: z.number(),
  prior: z.number(),
  rule: z.string().nullable(),
  terms: z.array(z.object({ field: z.string(), level: z.string(), weight: z.number(), valueA: z.string(), valueB: z.string() })),
});
export const CustomerIdentity = z.object({
  records: z.array(SourceRecord),
  explanations: z.array(PairExplanation),
  history: z.array(
    z.object({
      id: z.uuid(),
      kind: z.enum(['merged', 'split', 'undone']),
      customerId: z.uuid(),
      otherId: z.uuid().nullable(),
      records: z.array(z.uuid()),
      by: z.string(),
      reason: z.string().nullable(),
      changedAt: z.iso.datetime(),
      undone: z.boolean(),
    }),
  ),
});

export const MergeCustomers = z.object({ into: z.uuid(), from: z.uuid(), reason: z.string().trim().min(1).max(500) });
export const SplitCustomer = z.object({ records: z.array(z.uuid()).min(1).max(500), reason: z.string().trim().min(1).max(500) });
export const IdentityChanged = z.object({ changeId: z.uuid(), customerId: z.uuid(), otherId: z.uuid().nullable() });

export const ConsentState = z.object({
  purpose: z.string(),
  channel: z.string(),
  granted: z.boolean(),
  legalBasis: z.string(),
  proof: z.string().nullable(),
  occurredAt: z.iso.datetime(),
  sourceLabel: z.string(),
});
export const Consents = z.object({ current: z.array(ConsentState), history: z.array(ConsentState) });

export const NewNote = z.object({ body: z.string().trim().min(1).max(10_000) });
export const Note = z.object({ id: z.uuid(), body: z.string(), authorName: z.string(), createdAt: z.iso.datetime(), mine: z.boolean() });

export const SavedView = z.object({
  id: z.uuid(),
  screen: z.string(),
  name: z.string(),
  query: z.record(z.string(), z.unknown()),
  shared: z.boolean(),
  mine: z.boolean(),
});
export const NewSavedView = z.object({
  screen: z.string().max(40),
  name: z.string().trim().min(1).max(80),
  query: z.record(z.string(), z.unknown()),
  shared: z.boolean().default(false),
});

/** ⌘K: the best few, whatever was typed: name, phone, e-mail, id, card number, with or without typing errors. */
export const SearchHit = z.object({ id: z.uuid(), kind: CustomerKind, name: z.string(), detail: z.string(), corrected: z.boolean() });
export const SearchQuery = z.object({ q: z.string().trim().min(1).max(200), limit: z.coerce.number().int().min(1).max(20).default(8) });
