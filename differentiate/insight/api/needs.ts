// What the API says about groups of customers who need alike things. Shared with the console as types; no server code here.
import { z } from 'zod';

export const NeedsFeature = z.enum([
  'gap',
  'basket',
  'lines',
  'variety',
  'discount',
  'weekend',
  'morning',
  'evening',
  'channel',
  'category',
  'answer',
]);

export const NeedsDifference = z.object({
  feature: NeedsFeature,
  /** The category, channel or question it is about. */
  subject: z.string().nullable(),
  /** Means in the group and among all others: days for `gap`, money for `basket`, 0…1 for shares, variety and answers. */
  inside: z.number(),
  outside: z.number(),
  /** In standard deviations: 0.2 is little, 0.8 much. */
  distance: z.number(),
});

const Typical = z.object({ id: z.uuid(), name: z.string() });

export const NeedsGroup = z.object({
  id: z.uuid(),
  name: z.string(),
  /** What it would be called by what sets it apart. */
  proposedName: z.string(),
  renamed: z.boolean(),
  hidden: z.boolean(),
  customers: z.number(),
  /** Of all customers in groups, and of the money they have brought; 0…1. */
  share: z.number(),
  revenue: z.number(),
  revenueShare: z.number(),
  /** How much nearer its customers are to each other than to the next group, −1…1. */
  silhouette: z.number(),
  /** Strongest first. */
  differences: z.array(NeedsDifference),
  typical: z.array(Typical),
});

export const NeedsQuality = z.object({
  foundAt: z.iso.datetime(),
  /** Who asked for it; null when it was found by itself. */
  foundBy: z.string().nullable(),
  silhouette: z.number(),
  /** How alike the groups are when learned from other customers, 0…1. */
  stability: z.number(),
  customers: z.number(),
  learnedFrom: z.number(),
});

export const NeedsTrial = z.object({
  count: z.number(),
  stability: z.number(),
  silhouette: z.number(),
  /** Share of the smallest group. */
  smallest: z.number(),
});

export const ProposedGroup = z.object({
  name: z.string(),
  /** The group in force it continues, if any. */
  continues: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  customers: z.number(),
  share: z.number(),
  silhouette: z.number(),
  differences: z.array(NeedsDifference),
  typical: z.array(Typical),
});

/** Groups found and not yet taken: nothing changes until somebody keeps them. */
export const NeedsProposal = NeedsQuality.extend({
  id: z.uuid(),
  /** How many were asked for; null left it to the data. */
  asked: z.number().nullable(),
  trials: z.array(NeedsTrial),
  groups: z.array(ProposedGroup),
  /** Groups in force that none of the new ones continues. */
  lost: z.array(Typical),
});

export const NeedsOverview = z.object({
  /** Null until groups have been found. */
  quality: NeedsQuality.nullable(),
  groups: z.array(NeedsGroup),
  proposal: NeedsProposal.nullable(),
  /** The finding in force, where the groups of before can be put back, and when those were found. */
  undo: z.object({ id: z.uuid(), foundAt: z.iso.datetime() }).nullable(),
  currency: z.string(),
  /** Customers with orders enough to learn from, and how many are needed: why there are no groups yet. */
  ready: z.object({ customers: z.number(), needed: z.number(), orders: z.number() }),
  /** The search that runs now. */
  jobId: z.string().nullable(),
});

export const NeedsSearch = z.object({
  /** How many groups; null leaves it to the data. */
  count: z.int().min(2).max(12).nullable(),
});

export const NeedsGroupChange = z.object({
  /** Null goes back to the proposed name. */
  name: z.string().trim().min(1).max(80).nullable(),
});

/** Why a customer is in a group: what they share with it and not with the rest. */
export const NeedsReason = NeedsDifference.extend({
  /** The customer's own. */
  own: z.number(),
});

export const CustomerNeeds = z.object({
  needs: z
    .object({
      group: z.object({ id: z.uuid(), name: z.string(), customers: z.number(), share: z.number() }),
      /** How well the group fits, −1…1. */
      fit: z.number(),
      /** Strongest first: in which the customer is as the group is, and then in which they are not. */
      reasons: z.array(NeedsReason),
      against: z.array(NeedsReason),
      orders: z.number(),
      computedAt: z.iso.datetime(),
    })
    .nullable(),
});
