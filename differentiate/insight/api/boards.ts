// What the API says about boards, their cards, targets and mails. Shared with the console as types; no server code here.
import { z } from 'zod';

export const MEASURES = [
  'revenue',
  'margin',
  'profit',
  'cost_to_serve',
  'orders',
  'buyers',
  'new_buyers',
  'average_order',
  'spend_per_buyer',
  'orders_per_buyer',
  'returns',
  'return_share',
  'discount_share',
  'retention',
  'churn',
  'customers',
  'lifetime_value',
  'average_lifetime_value',
  'churn_risk',
  'expected_loss',
  'below_zero',
  'contacts',
  'campaign_contacts',
  'campaign_responses',
  'response_rate',
] as const;
export const DIMENSIONS = [
  'day',
  'week',
  'month',
  'quarter',
  'year',
  'channel',
  'store',
  'category',
  'province',
  'source',
  'kind',
  'rfm_group',
  'decile',
  'tier',
  'stage',
  'loyalty',
  'needs',
  'segment',
  'campaign',
] as const;
export const CARD_KINDS = ['number', 'trend', 'bar', 'pareto', 'map', 'rfm', 'cohort', 'funnel', 'sankey', 'question'] as const;

export const MeasureName = z.enum(MEASURES);
export const DimensionName = z.enum(DIMENSIONS);

/** Counted back from the last day with data, not from today: a company that loads its till on Mondays still sees its weeks. */
export const Period = z.union([
  z.enum([
    'last_7_days',
    'last_30_days',
    'last_90_days',
    'last_12_months',
    'this_month',
    'last_month',
    'this_quarter',
    'last_quarter',
    'this_year',
    'last_year',
    'all',
  ]),
  z.object({ from: z.iso.date(), to: z.iso.date() }),
]);

const some = z.array(z.string().max(200)).min(1).max(100);
export const BoardFilters = z
  .object({
    period: Period,
    segment: z.uuid(),
    province: some,
    channel: some,
    source: some,
    store: some,
    category: some,
    rfm_group: some,
    tier: some,
    stage: some,
    loyalty: some,
    needs: some,
    decile: some,
    kind: some,
  })
  .partial();

export const Comparison = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('none') }),
  z.object({ kind: z.literal('previous') }),
  z.object({ kind: z.literal('last_year') }),
  z.object({ kind: z.literal('plan') }),
  z.object({ kind: z.literal('store'), store: z.string().max(200) }),
  z.object({ kind: z.literal('average_store') }),
  /** A figure somebody typed in, with where it comes from. */
  z.object({ kind: z.literal('figure'), value: z.number(), source: z.string().trim().min(1).max(200) }),
]);

export const WIDTHS = [3, 4, 6, 8, 12] as const;
export const Card = z.object({
  id: z.uuid(),
  kind: z.enum(CARD_KINDS),
  /** Empty: named after what it shows. */
  title: z.string().trim().max(120).default(''),
  width: z.union([z.literal(3), z.literal(4), z.literal(6), z.literal(8), z.literal(12)]),
  measure: MeasureName.optional(),
  dimension: DimensionName.optional(),
  /** Where a sankey goes to. */
  second: DimensionName.optional(),
  filters: BoardFilters.default({}),
  comparison: Comparison.default({ kind: 'none' }),
  /** How many bars; the rest is summed up as one. */
  top: z.number().int().min(3).max(50).default(10),
  /** A saved question, for the kind `question`. */
  question: z.uuid().optional(),
});
export const Cards = z.array(Card).max(40);

export const Visibility = z.enum(['private', 'everyone', 'roles']);

export const BoardRow = z.object({
  id: z.uuid(),
  name: z.string(),
  template: z.string().nullable(),
  cards: z.number(),
  visibility: Visibility,
  mine: z.boolean(),
  ownerName: z.string(),
  changedAt: z.iso.datetime(),
});
export const Board = BoardRow.omit({ cards: true }).extend({
  cards: Cards,
  filters: BoardFilters,
  roles: z.array(z.string()),
  version: z.number(),
  /** Whether this reader may change it. */
  editable: z.boolean(),
});
export const NewBoard = z.object({
  name: z.string().trim().min(1).max(120),
  cards: Cards.default([]),
  filters: BoardFilters.default({}),
});
export const BoardChange = z.object({
  name: z.string().trim().min(1).max(120).optional(),
  cards: Cards.optional(),
  filters: BoardFilters.optional(),
  visibility: Visibility.optional(),
  roles: z.array(z.string().max(40)).max(20).optional(),
  /** The version it was read in. */
  version: z.number().int(),
});

/** A number of a card beside another. `better` is null where neither is. */
export const Against = z.object({
  value: z.number(),
  /** 0.12 is twelve per cent more; null where there is nothing to divide by. */
  change: z.number().nullable(),
  better: z.boolean().nullable(),
  /** Of a share: by how many points of a hundred it differs. */
  points: z.number().nullable(),
  /** «frente a octubre», in the reader's language. */
  words: z.string(),
});
export const Point = z.object({
  key: z.string(),
  label: z.string(),
  value: z.number().nullable(),
  /** Of all, for what adds up. */
  share: z.number().nullable(),
  /** Of this and those before, for a Pareto. */
  cumulative: z.number().nullable(),
  against: z.number().nullable(),
  target: z.number().nullable(),
});
/** Why there is nothing to see, and what to do: words in the `boards` catalogue, `advice.<key>`. */
export const ADVICE = [
  'no_purchases',
  'no_data',
  'no_costs',
  'no_forecast',
  'no_life_cycle',
  'no_loyalty',
  'no_tiers',
  'no_needs',
  'no_segments',
  'no_contacts',
  'no_provinces',
  'no_categories',
  'no_question',
  'question_refused',
  'no_numbers',
] as const;
export const CardResult = z.object({
  cardId: z.uuid(),
  title: z.string(),
  /** What its number means. */
  definition: z.string(),
  unit: z.enum(['money', 'count', 'number', 'share']),
  currency: z.string(),
  /** When the facts were computed that it is of. */
  computedAt: z.iso.datetime().nullable(),
  advice: z.enum(ADVICE).nullable(),
  period: z.object({ from: z.iso.date(), to: z.iso.date(), words: z.string() }).nullable(),
  value: z.number().nullable(),
  against: Against.nullable(),
  /** Why it is compared with nothing although somebody asked, and what to do; else empty. */
  notAgainst: z.string(),
  target: z
    .object({
      value: z.number(),
      /** Null where the target is nothing, or a loss. */
      reached: z.number().nullable(),
      /** Null where no part of it can be said to be due: different people in a month that is not over. */
      onPace: z.boolean().nullable(),
      words: z.string(),
    })
    .nullable(),
  /** Bars, points of time, stages of a funnel, nodes of a map. */
  points: z.array(Point),
  /** What the second line or the lighter bars are: «mismo periodo del año anterior». */
  againstWords: z.string(),
  /** A sankey. */
  flows: z.array(z.object({ from: z.string(), fromLabel: z.string(), to: z.string(), toLabel: z.string(), value: z.number() })),
  /** RFM: recency × frequency. Cohorts: month of the first purchase × months after it. */
  cells: z.array(z.object({ row: z.string(), rowLabel: z.string(), column: z.number(), value: z.number(), share: z.number().nullable() })),
  /** A question's answer. */
  table: z.object({ columns: z.array(z.object({ name: z.string(), type: z.string() })), rows: z.array(z.array(z.unknown())) }).nullable(),
});
export const BoardResults = z.object({
  asOf: z.iso.date().nullable(),
  computedAt: z.iso.datetime().nullable(),
  cards: z.array(CardResult),
});

export const Behind = z.object({
  card: Card,
  filters: BoardFilters.default({}),
  /** Which bar, point or cell; absent for the whole number. */
  key: z.string().max(300).optional(),
  /** The second part of a sankey's flow, or the column of a cell. */
  second: z.string().max(300).optional(),
  offset: z.number().int().min(0).max(100_000).default(0),
  limit: z.number().int().min(1).max(100).default(50),
});
export const BehindList = z.object({
  count: z.number(),
  measure: z.string(),
  unit: z.enum(['money', 'count', 'number', 'share']),
  rows: z.array(z.object({ id: z.uuid(), name: z.string(), province: z.string(), value: z.number().nullable() })),
  more: z.boolean(),
  /** The same people as a filter of the list of customers, where it has one. */
  list: z.record(z.string(), z.string()).nullable(),
  /** By what it can be looked at one level deeper. */
  deeper: z.array(z.object({ dimension: DimensionName, label: z.string() })),
});

const Word = z.object({ key: z.string(), label: z.string() });
/** What a card can be made of, in the reader's words. */
export const BoardChoices = z.object({
  measures: z.array(
    Word.extend({
      definition: z.string(),
      unit: z.enum(['money', 'count', 'number', 'share']),
      dimensions: z.array(DimensionName),
      /** Adds up over parts: can be a share, a Pareto, a sankey. */
      additive: z.boolean(),
      /** What it needs that is not there yet. */
      advice: z.enum(ADVICE).nullable(),
    }),
  ),
  dimensions: z.array(Word),
  periods: z.array(Word),
  /** What can be filtered by, with its values. */
  values: z.record(z.string(), z.array(Word)),
  segments: z.array(Word),
});

export const Target = z.object({
  id: z.uuid(),
  measure: MeasureName,
  scope: z.enum(['company', 'store', 'channel', 'source']),
  scopeKey: z.string().max(200),
  unit: z.enum(['month', 'quarter', 'year']),
  startsOn: z.iso.date(),
  endsOn: z.iso.date(),
  value: z.number(),
  note: z.string(),
  changedBy: z.string(),
  changedAt: z.iso.datetime(),
});
export const NewTarget = z.object({
  measure: MeasureName,
  scope: z.enum(['company', 'store', 'channel', 'source']).default('company'),
  scopeKey: z.string().max(200).default(''),
  unit: z.enum(['month', 'quarter', 'year']),
  /** Any day of the month, quarter or year it is for. */
  day: z.iso.date(),
  value: z.number(),
  note: z.string().trim().max(300).default(''),
});

export const Schedule = z.object({
  id: z.uuid(),
  boardId: z.uuid(),
  every: z.enum(['day', 'week', 'month']),
  onDay: z.number().int(),
  atHour: z.number().int(),
  language: z.enum(['es', 'en']),
  recipients: z.array(z.object({ id: z.uuid(), name: z.string(), email: z.string(), me: z.boolean() })),
  paused: z.boolean(),
  nextAt: z.iso.datetime(),
});
export const NewSchedule = z.object({
  every: z.enum(['day', 'week', 'month']),
  /** 1 (Monday) to 7 of the week; 1 to 28 of the month. */
  onDay: z.number().int().min(1).max(28).default(1),
  atHour: z.number().int().min(0).max(23),
  language: z.enum(['es', 'en']),
  recipients: z.array(z.uuid()).min(1).max(100),
  paused: z.boolean().default(false),
});
export const Sending = z.object({
  id: z.uuid(),
  recipient: z.string(),
  state: z.enum(['sent', 'refused', 'queued', 'kept', 'failed']),
  reason: z.string(),
  bySchedule: z.boolean(),
  sentAt: z.iso.datetime(),
});
export const Recipients = z.object({ items: z.array(z.object({ id: z.uuid(), name: z.string(), email: z.string() })) });
