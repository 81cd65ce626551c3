// What the API says of value models: formulas over the facts of contracts and accounts.
import { z } from 'zod';

/** How the rows of a measure in one month of one contract become one number. */
export const Combine = z.enum(['sum', 'average', 'last', 'highest']);

const name = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[\p{L}_][\p{L}\d_]{0,59}$/u);
const label = z.string().trim().min(1).max(120);
const formulaText = z.string().max(2_000);

export const ModelVariable = z.object({ name, label, measure: z.string().trim().toLowerCase().min(1).max(200), combine: Combine });
export const ModelParameter = z.object({ name, label, value: z.number().min(-1e9).max(1e9) });
export const ModelTerm = z.object({
  name,
  label,
  side: z.enum(['income', 'cost']),
  /** By contract and month. */
  formula: formulaText,
  explanation: z.string().trim().max(1_000).default(''),
});

/** A version of a model, whole. */
export const ModelContent = z.object({
  format: z.literal(1).default(1),
  title: label,
  description: z.string().trim().max(2_000).default(''),
  /** Kinds of contract it is about; none is all. */
  products: z.array(z.string().trim().toLowerCase().min(1).max(200)).max(200).default([]),
  variables: z.array(ModelVariable).max(100),
  parameters: z.array(ModelParameter).max(100),
  terms: z.array(ModelTerm).min(1).max(60),
});

/** Something wrong in a model, and where it stands. */
export const ModelProblem = z.object({
  /** `terms`, `variables` or `parameters`, and which of them. */
  part: z.enum(['terms', 'variables', 'parameters']),
  index: z.number(),
  problem: z.string(),
  /** The place in the formula; null where it is about the name. */
  from: z.number().nullable(),
  to: z.number().nullable(),
  text: z.string(),
});

export const ValueModel = z.object({
  id: z.uuid(),
  version: z.number(),
  active: z.boolean(),
  content: ModelContent,
  changedBy: z.string(),
  changedAt: z.iso.datetime(),
});

export const NewModel = z.object({ content: ModelContent, active: z.boolean().default(false) });
export const ModelChange = NewModel.extend({ basedOn: z.number().int().min(1) });

export const ModelVersion = z.object({
  version: z.number(),
  by: z.string(),
  at: z.iso.datetime(),
  restores: z.number().nullable(),
  content: ModelContent,
});

const TermResult = z.object({
  name: z.string(),
  label: z.string(),
  side: z.enum(['income', 'cost']),
  amount: z.number(),
  /** Contract months in which something was divided by nothing: they count nothing. */
  undefined: z.number(),
});

/** What a model would say, without keeping anything. */
export const ModelResult = z.object({
  problems: z.array(ModelProblem),
  base: z
    .object({
      customers: z.number(),
      contracts: z.number(),
      contractMonths: z.number(),
      income: z.number(),
      cost: z.number(),
      belowZero: z.number(),
      terms: z.array(TermResult),
      byMonth: z.array(z.object({ month: z.string(), income: z.number(), cost: z.number() })),
    })
    .nullable(),
  customer: z
    .object({
      id: z.uuid(),
      name: z.string(),
      income: z.number(),
      cost: z.number(),
      terms: z.array(TermResult),
      /** By contract and month, newest first, with the numbers that went in. */
      months: z.array(
        z.object({
          month: z.string(),
          account: z.string(),
          product: z.string(),
          values: z.record(z.string(), z.number()),
          terms: z.record(z.string(), z.number().nullable()),
        }),
      ),
    })
    .nullable(),
});

export const ModelTrial = z.object({ content: ModelContent, customerId: z.uuid().nullable().default(null) });

/** What the imported facts offer to a model. */
export const AccountFacts = z.object({
  measures: z.array(z.object({ measure: z.string(), rows: z.number(), customers: z.number(), from: z.string(), to: z.string() })),
  products: z.array(z.object({ product: z.string(), contracts: z.number() })),
});
