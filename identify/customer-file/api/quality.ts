// How good the data is, what is worst in it, and what people put right in bulk.
import { z } from 'zod';

/** Shares are 0..1; null where the question makes no sense for the field or nothing could be compared. */
export const QualityField = z.object({
  sourceId: z.uuid(),
  sourceLabel: z.string(),
  field: z.string(),
  records: z.number(),
  completeness: z.number(),
  validity: z.number(),
  /** Of the values, those that are not another record's of the source too. */
  uniqueness: z.number().nullable(),
  /** Of the records whose customer another source gives the field for, those that say the same as one of them. */
  agreement: z.number().nullable(),
  /** Of the records with the field, those that came or changed within a year. */
  freshness: z.number().nullable(),
});

export const ProblemKind = z.enum(['invalid', 'shared', 'placeholder', 'misspelt', 'repeated', 'conflicting', 'missing']);

/** What is asked to see the records behind a problem. `value` is as the problem gives it. */
export const ProblemQuery = z.object({
  kind: ProblemKind,
  field: z.string().max(40),
  source: z.uuid().optional(),
  value: z.string().max(200).optional(),
});

export const QualityProblem = z.object({
  kind: ProblemKind,
  field: z.string(),
  sourceId: z.uuid().nullable(),
  sourceLabel: z.string().nullable(),
  /** The value the problem is about, masked for who may not see personal data; null where it is about many. */
  value: z.string().nullable(),
  /** What it should probably be. */
  right: z.string().nullable(),
  records: z.number(),
  /** Whether it can be put right in bulk. */
  correctable: z.boolean(),
});

/** `score` is the mean over fields of completeness × validity, 0..1, weighted by records. */
export const Quality = z.object({
  score: z.number(),
  takenAt: z.iso.datetime(),
  fields: z.array(QualityField),
  /** The ten worst, worst first. */
  problems: z.array(QualityProblem),
  /** One a day, oldest first, at most a year. */
  trend: z.array(z.object({ on: z.iso.date(), score: z.number() })),
});

export const ProblemRecordQuery = ProblemQuery.extend({
  cursor: z.string().max(2000).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

export const ProblemRecord = z.object({
  recordId: z.uuid(),
  sourceLabel: z.string(),
  key: z.string(),
  customerId: z.uuid().nullable(),
  name: z.string(),
  value: z.string(),
});

/** `right` empty: the value is disregarded. */
export const NewCorrection = ProblemQuery.omit({ kind: true }).extend({
  value: z.string().min(1).max(200).describe('The wrong value; @domain for a mail domain; ! for whatever is not valid'),
  right: z.string().max(200).default(''),
});

export const CorrectionPreview = z.object({
  records: z.number(),
  sample: z.array(z.object({ recordId: z.uuid(), name: z.string(), before: z.string(), after: z.string() })),
});

export const Correction = z.object({
  id: z.uuid(),
  field: z.string(),
  sourceId: z.uuid().nullable(),
  sourceLabel: z.string().nullable(),
  value: z.string(),
  right: z.string(),
  records: z.number(),
  state: z.enum(['applying', 'applied', 'undone']),
  madeBy: z.string(),
  madeAt: z.iso.datetime(),
  undoneBy: z.string().nullable(),
  undoneAt: z.iso.datetime().nullable(),
});
