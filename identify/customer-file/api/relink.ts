// How records are linked: the rules in force, changes of them, how the model fits, and the records of one customer as a graph.
import { settingsSchema } from '@vinculo/matching';
import { z } from 'zod';

const Kind = z.enum(['person', 'company']);
const Level = z.object({
  is: z.string(),
  at: z.number().optional(),
  m: z.number(),
  u: z.number(),
  /** log2(m ÷ u): what standing at this level says, before the rarity of the value. */
  bits: z.number(),
});
/** Expected precision and recall of the links made at a threshold, 0..1; pairs at or above it. Recall is of all pairs of one entity, found by blocking or not. */
const CurvePoint = z.object({ threshold: z.number(), edges: z.number(), precision: z.number(), recall: z.number(), f1: z.number() });
const Estimate = z.object({ threshold: z.number().nullable(), precision: z.number().nullable(), recall: z.number().nullable() });

export const LinkageRules = z.object({
  kind: Kind,
  /** 0 for the library's own. */
  version: z.number(),
  settings: settingsSchema,
  note: z.string(),
  by: z.string(),
  at: z.iso.datetime().nullable(),
  /** The library's own, to return to. */
  own: settingsSchema,
  /** Columns there are to compare. */
  columns: z.array(z.string()),
  model: z
    .object({
      trainedAt: z.iso.datetime(),
      records: z.number(),
      threshold: z.number(),
      precision: z.number().nullable(),
      recall: z.number().nullable(),
      curve: z.array(CurvePoint),
    })
    .nullable(),
});

export const NewRelink = z.object({
  kind: Kind,
  /** Those in force where absent: to learn the parameters anew. */
  settings: settingsSchema.optional(),
  note: z.string().trim().min(1).max(300),
  train: z.boolean().default(false),
});

export const RelinkState = z.enum(['draft', 'previewed', 'applied', 'undone', 'discarded']);
export const RelinkSummary = z.object({
  id: z.uuid(),
  kind: Kind,
  state: RelinkState,
  note: z.string(),
  by: z.string(),
  createdAt: z.iso.datetime(),
  changedAt: z.iso.datetime(),
  version: z.number().nullable(),
  joins: z.number().nullable(),
  parts: z.number().nullable(),
  moves: z.number().nullable(),
  /** The job at work on it now. */
  jobId: z.string().nullable(),
});

const PairTerm = z.object({ field: z.string(), level: z.string(), weight: z.number(), valueA: z.string(), valueB: z.string() });
export const RelinkPair = z.object({
  a: z.uuid(),
  b: z.uuid(),
  weight: z.number(),
  probability: z.number(),
  prior: z.number(),
  rule: z.string().nullable(),
  /** The constraint that keeps them apart whatever the weight. */
  apart: z.string().nullable(),
  terms: z.array(PairTerm),
});
export const RelinkSample = z.object({
  sides: z.array(
    z.object({
      /** Null for a customer still to be made. */
      customerId: z.uuid().nullable(),
      name: z.string(),
      /** Records in all; some are shown. */
      of: z.number(),
      records: z.array(z.object({ id: z.uuid(), sourceLabel: z.string(), key: z.string(), values: z.record(z.string(), z.string()) })),
    }),
  ),
  pair: RelinkPair.nullable(),
});
export const Relink = RelinkSummary.extend({
  settings: settingsSchema,
  /** Those it replaces, or replaced. */
  former: settingsSchema,
  train: z.boolean(),
  /** The file changed after the preview somebody applied: this preview is another one and waits for a new yes. */
  outdated: z.boolean(),
  /** Of the last job, when it failed. */
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
  preview: z
    .object({
      at: z.iso.datetime(),
      seconds: z.number(),
      trained: z.boolean(),
      records: z.number(),
      customersBefore: z.number(),
      customersAfter: z.number(),
      joins: z.number(),
      parts: z.number(),
      moves: z.number(),
      before: Estimate,
      after: Estimate,
      sources: z.array(z.object({ sourceId: z.uuid(), sourceLabel: z.string(), joined: z.number(), parted: z.number() })),
      joinSamples: z.array(RelinkSample),
      partSamples: z.array(RelinkSample),
    })
    .nullable(),
  undone: z
    .object({
      records: z.number(),
      customers: z.number(),
      conflictCount: z.number(),
      conflicts: z.array(
        z.object({
          from: z.object({ id: z.uuid(), name: z.string() }),
          to: z.object({ id: z.uuid(), name: z.string() }),
          records: z.number(),
          because: z.enum(['moved', 'merged', 'decided']),
        }),
      ),
    })
    .nullable(),
  steps: z.array(
    z.object({
      step: z.enum(['drafted', 'previewed', 'outdated', 'applied', 'undone', 'discarded']),
      by: z.string(),
      at: z.iso.datetime(),
      detail: z.record(z.string(), z.number()),
    }),
  ),
});

const Blocking = z.object({
  rule: z.string(),
  newPairs: z.number(),
  newEdges: z.number(),
  /**
   * Likely pairs it brings, whichever rule brought them first; those that no other rule brings, and how many of these are expected to be
   * right. From a sample where there are many; null for a model older than that.
   */
  edges: z.number().nullable(),
  onlyEdges: z.number().nullable(),
  onlyMatches: z.number().nullable(),
  droppedRows: z.number(),
  droppedPairs: z.number(),
});
export const ModelHealth = z.object({
  kind: Kind,
  trainedAt: z.iso.datetime(),
  /** It was trained on. */
  records: z.number(),
  threshold: z.number(),
  precision: z.number().nullable(),
  recall: z.number().nullable(),
  /** Probability that two records drawn at random are one. */
  prior: z.number(),
  /** Expected share, 0..1, of the pairs of one entity that no blocking rule brings; `recall` counts them. Null for a model older than that. */
  missed: z.number().nullable(),
  converged: z.boolean(),
  /** Fields that kept their starting values. */
  untrained: z.array(z.string()),
  fields: z.array(z.object({ name: z.string(), levels: z.array(Level) })),
  /** As it stood when it was trained; null for a model older than that. */
  figures: z
    .object({
      pairs: z.number(),
      joined: z.number(),
      linked: z.number(),
      curve: z.array(CurvePoint),
      /** Compared pairs by probability, in 20 equal bands. */
      bands: z.array(z.number()),
      blocking: z.array(Blocking),
    })
    .nullable(),
  /** Measured since; null until it was. */
  since: z
    .object({
      at: z.iso.datetime(),
      newRecords: z.number(),
      looked: z.number(),
      linkedBefore: z.number(),
      linkedAfter: z.number().nullable(),
      /** Population stability index by field: under 0.1 as it was, over 0.25 another world; null with too few pairs. Shares by level, `missing` last. */
      drift: z.array(z.object({ field: z.string(), psi: z.number().nullable(), before: z.array(z.number()), after: z.array(z.number()) })),
      completeness: z.array(z.object({ column: z.string(), before: z.number(), after: z.number() })),
      bands: z.array(z.number()),
      /** People's decisions in force, and what the model says of the same pairs. */
      agreement: z.object({
        decisions: z.number(),
        agreed: z.number(),
        precision: z.number().nullable(),
        recall: z.number().nullable(),
      }),
    })
    .nullable(),
});
export const ModelsHealth = z.object({ models: z.array(ModelHealth), jobId: z.string().nullable() });

export const CustomerCluster = z.object({
  customer: z.object({ id: z.uuid(), name: z.string(), kind: Kind }),
  records: z.array(
    z.object({
      id: z.uuid(),
      sourceId: z.uuid(),
      sourceLabel: z.string(),
      key: z.string(),
      name: z.string(),
      reason: z.enum(['alone', 'rule', 'model', 'person']),
      values: z.record(z.string(), z.string()),
    }),
  ),
  /** More records than are drawn. */
  more: z.number(),
  threshold: z.number().nullable(),
  edges: z.array(
    RelinkPair.extend({
      /** Of the strongest tree, which holds the records together. */
      tree: z.boolean(),
      /** What people said of the two. */
      decided: z.enum(['same', 'different']).nullable(),
    }),
  ),
  /** Index of the weakest edge of the tree; null with one record. */
  weakest: z.number().nullable(),
  history: z.array(
    z.object({
      id: z.uuid(),
      kind: z.enum(['merged', 'split', 'undone']),
      by: z.string(),
      reason: z.string().nullable(),
      changedAt: z.iso.datetime(),
      undone: z.boolean(),
      moves: z.array(
        z.object({
          record: z.string(),
          from: z.object({ id: z.uuid(), name: z.string() }),
          to: z.object({ id: z.uuid(), name: z.string() }),
        }),
      ),
      /** More moves than are listed. */
      more: z.number(),
    }),
  ),
});

/** The golden record two customers would have as one. */
export const MergePreview = z.object({
  name: z.string(),
  records: z.number(),
  left: z.object({ id: z.uuid(), name: z.string(), records: z.number() }),
  right: z.object({ id: z.uuid(), name: z.string(), records: z.number() }),
  fields: z.array(
    z.object({ field: z.string(), value: z.string(), sourceLabel: z.string(), rule: z.string(), left: z.string(), right: z.string() }),
  ),
});
