// What the API says of what serving customers costs, and of the margins the company states.
import { z } from 'zod';

/** What serving a customer takes. The order is that of the screen. */
export const EffortKind = z.enum([
  'contact_in',
  'contact_out',
  'contact',
  'visit',
  'case',
  'mailing',
  'delivery',
  'return',
  'coupon',
  'discount',
  'fixed',
]);

/** Money or a share with at most four decimals, so that it is the same number in the stores. */
const fourDecimals = (value: number) => Math.abs(value * 10_000 - Math.round(value * 10_000)) < 1e-6;

export const CostRate = z.object({
  /** First month it holds, `2026-03`; null is always. */
  from: z
    .string()
    .regex(/^(19|20)\d\d-(0[1-9]|1[0-2])$/)
    .nullable(),
  /** Money a unit; of `fixed`, money a year; of `discount`, per cent of what was taken off. */
  amount: z
    .number()
    .min(0)
    .max(1_000_000)
    .refine(fourDecimals, { params: { code: 'decimals' } }),
});

export const CostTerm = z.object({
  kind: EffortKind,
  /** The channel (of a case, the topic); null for all those that have no amount of their own. */
  via: z.string().max(200).nullable(),
  rates: z
    .array(CostRate)
    .min(1)
    .max(60)
    .refine((rates) => new Set(rates.map(({ from }) => from)).size === rates.length, { params: { code: 'repeated' } }),
});

export const StatedMargin = z
  .number()
  .min(-1)
  .max(1)
  .refine(fourDecimals, { params: { code: 'decimals' } });

export const CostTable = z.object({
  terms: z
    .array(CostTerm)
    .max(500)
    .refine((terms) => new Set(terms.map(({ kind, via }) => `${kind}\n${via}`)).size === terms.length, { params: { code: 'repeated' } }),
  margins: z.object({
    /** Share of what is paid that stays, 0.35: for sales whose cost nobody knows. */
    company: StatedMargin.nullable(),
    categories: z.array(z.object({ category: z.string().min(1).max(300), margin: StatedMargin })).max(5_000),
  }),
});

/** What there is to put a price on: found in the facts, never assumed. */
export const Effort = z.object({
  kind: EffortKind,
  via: z.string(),
  /** Over everything known; of a discount, money. */
  quantity: z.number(),
  /** In the last twelve months. */
  recent: z.number(),
});

/** Sales of a category: what its own costs say, and how much has none. */
export const CategoryMargin = z.object({
  category: z.string(),
  revenue: z.number(),
  /** Sales whose cost nobody knows. */
  uncosted: z.number(),
  /** The margin of the sales whose cost is known, as a share; a proposal somebody may accept. */
  observed: z.number().nullable(),
});

export const Costs = z.object({
  /** 0 while nobody has stated anything. */
  version: z.number(),
  table: CostTable,
  /** The version the profit on the screens was computed with; null before the first scoring. */
  scoredVersion: z.number().nullable(),
  currency: z.string(),
  efforts: z.array(Effort),
  categories: z.array(CategoryMargin),
  /** Of all sales with a known cost. */
  observedMargin: z.number().nullable(),
  /** Sales without any. */
  uncosted: z.number(),
});

export const CostsChange = z.object({
  /** The version that was edited: another one in force meanwhile is a conflict. */
  basedOn: z.number().int().min(0),
  table: CostTable,
  note: z.string().trim().max(500).default(''),
});

export const CostsVersion = z.object({
  version: z.number(),
  by: z.string(),
  at: z.iso.datetime(),
  note: z.string(),
  /** The version it brought back. */
  restores: z.number().nullable(),
  /** What it changed of the one before. */
  changes: z.array(
    z.object({
      /** `terms` and `margins`. */
      of: z.enum(['term', 'company_margin', 'category_margin']),
      kind: EffortKind.nullable(),
      /** Channel, topic or category; null for all the others. */
      via: z.string().nullable(),
      from: z.string().nullable(),
      before: z.number().nullable(),
      after: z.number().nullable(),
    }),
  ),
});

export const ProfitSide = z.object({
  /** Customers whose profit is known. */
  customers: z.number(),
  /** Of them, below zero. */
  belowZero: z.number(),
  /** Customers with sales whose margin nobody knows. */
  unknown: z.number(),
  profit: z.number(),
});

export const CostsPreview = z.object({
  before: ProfitSide,
  after: ProfitSide,
  /** From zero or more to below zero. */
  fall: z.number(),
  /** From below zero to zero or more. */
  rise: z.number(),
  /** Whom it changes most. */
  examples: z.array(z.object({ customerId: z.uuid(), name: z.string(), before: z.number().nullable(), after: z.number().nullable() })),
});
