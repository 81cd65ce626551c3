// Coupons that come back and forms filled in on paper. Shared with the console as types; no server code here.
import { z } from 'zod';

const text = (most: number) => z.string().trim().max(most);
const cursor = { cursor: z.string().max(2_000).optional(), limit: z.coerce.number().int().min(1).max(200).default(50) };

/** A set of codes printed for a campaign. */
export const ReplyIssue = z.object({
  id: z.uuid(),
  name: z.string(),
  campaign: z.object({ key: z.string(), name: z.string() }),
  coupon: z.string(),
  /** For customers: each code is somebody's. Otherwise for nobody in particular. */
  personal: z.boolean(),
  /** Null while it is being counted. */
  wanted: z.number().nullable(),
  codes: z.number(),
  redeemed: z.number(),
  validUntil: z.iso.date().nullable(),
  state: z.enum(['making', 'ready']),
  author: z.string(),
  createdAt: z.iso.datetime(),
});
export const NewIssue = z.object({
  name: text(120).min(1),
  campaign: z.object({ key: text(100).min(1), name: text(120).min(1) }),
  coupon: text(100).min(1),
  validUntil: z.iso.date().nullable().default(null),
  /** One of them. */
  segment: z.uuid().optional(),
  customers: z.array(z.uuid()).min(1).max(10_000).optional(),
  count: z.number().int().min(1).max(100_000).optional(),
});
export const ListQuery = z.object(cursor);
export const LabelsQuery = z.object({
  symbol: z.enum(['code128', 'qr']).default('code128'),
  from: z.coerce.number().int().min(1).default(1).describe('First code, in the order of printing'),
  count: z.coerce.number().int().min(1).max(2_400).default(2_400),
});

/** What a paper form can ask: fields of the vocabulary of imports. */
export const FormField = z.enum([
  'full_name',
  'given_name',
  'surname1',
  'surname2',
  'company_name',
  'national_id',
  'birth_date',
  'gender',
  'mobile',
  'phone',
  'email',
  'address',
  'postcode',
  'city',
  'province',
  'notes',
]);
export const FormConsent = z.object({ purpose: text(60).min(1), channel: text(20).min(1).default('any'), words: text(300).default('') });
export const ReplyTemplate = z.object({
  id: z.uuid(),
  name: z.string(),
  sourceId: z.uuid(),
  fields: z.array(FormField),
  consents: z.array(FormConsent),
  archived: z.boolean(),
});
export const NewTemplate = z.object({
  name: text(120).min(1),
  fields: z.array(FormField).min(1).max(16),
  consents: z.array(FormConsent).max(10).default([]),
});
export const TemplateChange = z.object({
  name: text(120).min(1).optional(),
  fields: z.array(FormField).min(1).max(16).optional(),
  consents: z.array(FormConsent).max(10).optional(),
  archived: z.boolean().optional(),
});

export const BatchKind = z.enum(['coupons', 'forms']);
/** A pile of paper, and how it went. */
export const ReplyBatch = z.object({
  id: z.uuid(),
  kind: BatchKind,
  name: z.string(),
  template: ReplyTemplate.nullable(),
  receivedOn: z.iso.date(),
  author: z.string(),
  createdAt: z.iso.datetime(),
  closed: z.boolean(),
  undone: z.boolean(),
  counts: z.object({ all: z.number(), ok: z.number(), used: z.number(), tray: z.number() }),
});
export const BatchQuery = z.object({ ...cursor, kind: BatchKind.optional() });
export const NewBatch = z.object({
  kind: BatchKind,
  name: text(120).min(1),
  template: z.uuid().optional(),
  receivedOn: z.iso.date().optional().describe('Today, when absent'),
});

/** `ok` counts; `used` was used before; the others wait in the tray: not a code of ours, read badly, of nobody in particular, out of date. */
export const ReplyOutcome = z.enum(['ok', 'used', 'unknown', 'misread', 'nobody', 'expired', 'discarded']);
export const Reply = z.object({
  id: z.uuid(),
  batchId: z.uuid(),
  /** Its sheet in the batch. */
  n: z.number(),
  code: z.string(),
  outcome: ReplyOutcome,
  customer: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  campaign: z.string(),
  coupon: z.string(),
  /** Where and when the code was used before. */
  earlier: z.object({ at: z.iso.datetime(), batch: z.string(), n: z.number() }).nullable(),
  /** Of a form; personal values masked for readers without customer.read_personal. */
  fields: z.record(z.string(), z.string()),
  consents: z.array(z.string()),
  at: z.iso.datetime(),
  undone: z.boolean(),
});
export const ReplyQuery = z.object({ ...cursor, batch: z.uuid().optional(), tray: z.enum(['yes']).optional() });

export const Scan = z.object({ code: z.string().max(200) });
export const Resolution = z.union([
  /** It is this customer's; with a code that is not ours, of that set. */
  z.object({ customer: z.uuid(), issue: z.uuid().optional() }),
  z.object({ accept: z.literal(true) }).describe('Out of date, but it counts'),
  z.object({ discard: z.boolean() }),
]);

/** A filled form as it is typed. */
export const NewForm = z.object({
  fields: z.partialRecord(FormField, text(500)),
  /** Purposes that are ticked. */
  consents: z.array(text(60)).max(10).default([]),
  /** Saves it although the batch has one alike. */
  again: z.boolean().default(false),
});
/** `saved` is null when the batch has one alike: sheets with the same name, number, document or e-mail. */
export const FormTyped = z.object({
  saved: Reply.nullable(),
  alike: z.array(z.object({ n: z.number(), name: z.string(), same: z.array(z.string()) })),
  /** Fields that are kept although they are not valid. */
  invalid: z.array(z.string()),
  created: z.boolean(),
});
export const BatchUndone = z.object({ undone: z.number() });
