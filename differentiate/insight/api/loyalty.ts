// What the API says about why customers come back. Shared with the console as types; no server code here.
import { z } from 'zod';
import { LOYALTY_TYPES, SIGN_NAMES, WEIGHT_LIMIT } from '@vinculo/value';

export const LoyaltyType = z.enum(LOYALTY_TYPES);
/** With those of whom too little is known. */
export const LoyaltyVerdict = z.enum([...LOYALTY_TYPES, 'unknown']);
export const LoyaltySign = z.enum(SIGN_NAMES);

/** What a sign adds to the points of a type, beyond what it adds to types in general. Below zero speaks against it. */
export const LoyaltyTerm = z.object({
  sign: LoyaltySign,
  points: z.number(),
  /** −1…1: less or more of it than is usual. */
  strength: z.number(),
});

/** So many customers, and the money they have brought. */
const Crowd = z.object({ customers: z.number(), revenue: z.number() });
const Cell = Crowd.extend({ type: LoyaltyVerdict });

export const LoyaltySnapshot = z.object({
  computedAt: z.iso.datetime(),
  customers: z.number(),
  /** In the order of the types, `unknown` last; those that nobody is of with zeros. */
  types: z.array(
    Cell.extend({
      /** Mean probability of the type among its customers: how sure the model is of them. */
      probability: z.number(),
    }),
  ),
  /** By decile of value, 1 is the best; only cells with somebody in them, like what follows. */
  byDecile: z.array(Cell.extend({ decile: z.number() })),
  byTier: z.array(Cell.extend({ tier: z.string() })),
  /** '' unknown. */
  byProvince: z.array(Cell.extend({ province: z.string() })),
  /** The channel most of their visits were through. */
  byChannel: z.array(Cell.extend({ channel: z.string() })),
});

export const LoyaltyOverview = z.object({
  /** Null before the first scoring. */
  now: LoyaltySnapshot.nullable(),
  /** The latest of four weeks before or more, or the oldest of another day; null where there is none. */
  before: z.object({ computedAt: z.iso.datetime(), customers: z.number(), types: z.array(Cell) }).nullable(),
  /** A few customers of each type of whom the model is surest. */
  examples: z.array(
    z.object({
      type: LoyaltyVerdict,
      customerId: z.uuid(),
      name: z.string(),
      probability: z.number(),
      terms: z.array(LoyaltyTerm),
    }),
  ),
  /** Facts of the market in force: without any, nobody can be told to have no choice. */
  marketFacts: z.number(),
});

/** What is seen of the customer for one sign. */
export const LoyaltySignSeen = z.object({
  sign: LoyaltySign,
  of: z.enum(['behaviour', 'attitude', 'market']),
  /** In the unit of the sign; null where it cannot be known. */
  value: z.number().nullable(),
  /** What is usual in the base, where the sign is read against it. */
  usual: z.number().nullable(),
  /** How many observations it rests on. */
  n: z.number(),
  /** −1…1: how far from the usual, and how well known. */
  strength: z.number(),
});

export const CustomerLoyalty = z.object({
  /** Null for who has not bought, and before the first scoring. */
  loyalty: z
    .object({
      type: LoyaltyVerdict,
      /** Likeliest of the seven, also where the verdict is `unknown`. */
      likeliest: LoyaltyType,
      probability: z.number(),
      probabilities: z.array(
        z.object({
          type: LoyaltyType,
          probability: z.number(),
          /** What speaks for and against it, strongest for first. */
          terms: z.array(LoyaltyTerm),
        }),
      ),
      signs: z.array(LoyaltySignSeen),
      visits: z.number(),
      /** The rules that may make it `unknown`. */
      leastVisits: z.number(),
      threshold: z.number(),
      computedAt: z.iso.datetime(),
      modelVersion: z.number(),
    })
    .nullable(),
});

/** The purchases behind a sign, as last computed. */
export const LoyaltyPurchases = z.object({
  /** Lines, also those beyond the limit. */
  total: z.number(),
  items: z.array(
    z.object({
      at: z.iso.datetime(),
      /** Of the line, and its product where it has one. */
      product: z.string(),
      category: z.string(),
      quantity: z.number(),
      /** Below zero where it came back. */
      amount: z.number(),
      discount: z.number(),
      coupon: z.number(),
      /** What the line would usually cost, before coupons; null where unknown. */
      usual: z.number().nullable(),
      store: z.string(),
      channel: z.string(),
    }),
  ),
});
export const LoyaltyPurchasesQuery = z.object({ sign: LoyaltySign, limit: z.coerce.number().int().min(1).max(1000).default(20) });

const Weight = z.number().int().min(-WEIGHT_LIMIT).max(WEIGHT_LIMIT);
const Row = z.partialRecord(LoyaltySign, Weight);
const byType = <T extends z.ZodType>(of: T) => z.record(LoyaltyType, of);

/** The model as people edit it. */
export const LoyaltyModelContent = z.object({
  weights: byType(Row),
  start: byType(z.number().min(-5).max(5)),
  temperature: z.number().min(0.1).max(10),
  threshold: z.number().min(0.15).max(0.95),
  leastVisits: z.number().int().min(1).max(50),
});
export const LoyaltyModelChange = z.object({
  content: LoyaltyModelContent,
  note: z.string().trim().max(300).default(''),
  /** The version that was edited. */
  basedOn: z.number().int().min(0),
});
export const LoyaltyModelHistory = z.object({
  version: z.number(),
  content: LoyaltyModelContent,
  /** The one of the library. */
  standard: LoyaltyModelContent,
  versions: z.array(
    z.object({
      version: z.number(),
      note: z.string(),
      restores: z.number().nullable(),
      changedBy: z.string(),
      changedAt: z.iso.datetime(),
    }),
  ),
});

/** What another model would change. */
export const LoyaltyPreview = z.object({
  customers: z.number(),
  /** Of them, those whose type would be another. */
  changed: z.number(),
  types: z.array(z.object({ type: LoyaltyVerdict, before: z.number(), after: z.number() })),
  moves: z.array(Crowd.extend({ from: LoyaltyVerdict, to: LoyaltyVerdict })),
  /** Some who would change, those who bring most first. */
  sample: z.array(
    z.object({
      customerId: z.uuid(),
      name: z.string(),
      revenue: z.number(),
      from: LoyaltyVerdict,
      to: LoyaltyVerdict,
      probability: z.number(),
    }),
  ),
});

export const MarketFactKind = z.enum([
  'exclusive_product',
  'exclusive_category',
  'contract_product',
  'contract_category',
  'no_rival_province',
  'no_rival_store',
]);
export const NewMarketFact = z.object({
  kind: MarketFactKind,
  subject: z.string().trim().min(1).max(200),
  note: z.string().trim().max(300).default(''),
});
export const MarketFact = z.object({
  id: z.uuid(),
  kind: MarketFactKind,
  subject: z.string(),
  /** Of the product, where it has one; else the subject. */
  name: z.string(),
  note: z.string(),
  statedBy: z.string(),
  statedAt: z.iso.datetime(),
  endedBy: z.string().nullable(),
  endedAt: z.iso.datetime().nullable(),
});
export const MarketFactList = z.object({ items: z.array(MarketFact) });
/** What a fact can be about, for who states one: what there is. */
export const MarketSubjectQuery = z.object({ kind: MarketFactKind, search: z.string().trim().max(100).default('') });
export const MarketSubjects = z.object({ items: z.array(z.object({ subject: z.string(), name: z.string() })) });
