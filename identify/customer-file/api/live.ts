// Records and people one by one: who is this, records through the API, customers entered and edited by people.
import { z } from 'zod';
import { ChoosableField, CustomerKind } from './customers.ts';

const text = (most = 500) => z.string().trim().max(most);

/** A customer as one source knows it, raw, by the vocabulary of imports. An empty value is none. */
export const RecordFields = z.strictObject({
  kind: text(40).optional(),
  full_name: text().optional(),
  given_name: text().optional(),
  surname: text().optional(),
  surname1: text().optional(),
  surname2: text().optional(),
  company_name: text().optional(),
  trade_name: text().optional(),
  gender: text(40).optional(),
  birth_date: text(40).optional(),
  national_id: text(60).optional(),
  email: text().optional(),
  phone: text(60).optional(),
  mobile: text(60).optional(),
  address: text().optional(),
  street_number: text(40).optional(),
  floor_door: text(80).optional(),
  postcode: text(20).optional(),
  city: text(120).optional(),
  province: text(120).optional(),
  country: text(60).optional(),
  language: text(40).optional(),
  job_title: text(200).optional(),
  department: text(200).optional(),
  company_tax_id: text(60).optional(),
  person_key: text(200).optional(),
  notes: text(10_000).optional(),
  created_at: text(60).optional(),
  updated_at: text(60).optional(),
});

/** Who is this? Any fields, as they were said or typed. */
export const Lookup = RecordFields.extend({ limit: z.number().int().min(1).max(20).default(5) });

export const LookupVerdict = z.enum(['match', 'doubtful', 'none']);
export const LookupCandidate = z.object({
  customerId: z.uuid(),
  kind: CustomerKind,
  name: z.string(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  nationalId: z.string().nullable(),
  birthDate: z.string().nullable(),
  city: z.string().nullable(),
  /** The record of that customer which resembles most. */
  recordId: z.uuid(),
  /** 0..1 that they are one. */
  probability: z.number(),
  /** log2 Bayes factor; with `prior` added, the log2 odds. */
  weight: z.number(),
  prior: z.number(),
  /** The deterministic rule that joins them. */
  rule: z.string().nullable(),
  verdict: LookupVerdict,
  /** Field by field: how alike, and how many bits that is worth. */
  reasons: z.array(z.object({ field: z.string(), level: z.string(), weight: z.number() })),
});
/** `threshold` is the probability from which two records are taken for one; null before the first unification. */
export const LookupAnswer = z.object({
  verdict: LookupVerdict,
  threshold: z.number().nullable(),
  candidates: z.array(LookupCandidate),
});

export const RecordKey = z.string().trim().min(1).max(400);
export const NewRecords = z.object({
  records: z
    .array(z.object({ key: RecordKey, fields: RecordFields }))
    .min(1)
    .max(500),
});

/** What became of a record. */
export const SavedRecord = z.object({
  key: z.string(),
  recordId: z.uuid(),
  /** Null while it waits for a unification that is at work. */
  customerId: z.uuid().nullable(),
  outcome: z.enum(['created', 'changed', 'unchanged']),
  identity: z.enum(['new_customer', 'joined', 'same', 'moved', 'waiting']),
  /** Fields that are kept although they are not valid. */
  invalid: z.array(z.string()),
});
/** Customers that became one, or parted, because of it: `customerId` stays, `otherId` went or was made. */
export const SavedChange = z.object({ kind: z.enum(['merged', 'split']), customerId: z.uuid(), otherId: z.uuid() });
export const SavedRecords = z.object({ records: z.array(SavedRecord), changes: z.array(SavedChange) });

/** `customerId`: whose it was; `hidden` when that customer has no other record. */
export const WithdrawnRecord = z.object({
  key: z.string(),
  recordId: z.uuid(),
  customerId: z.uuid().nullable(),
  outcome: z.enum(['withdrawn', 'unchanged']),
  hidden: z.boolean(),
  changes: z.array(SavedChange),
});

/** State of the live index. Times in milliseconds, over the last thousand changes. */
export const LiveState = z.object({
  state: z.enum(['off', 'building', 'ready']),
  records: z.number(),
  megabytes: z.number(),
  builtAt: z.iso.datetime().nullable(),
  buildSeconds: z.number().nullable(),
  linked: z.number(),
  median: z.number().nullable(),
  p99: z.number().nullable(),
});

/** What people type of a customer. An empty value is none. */
export const CustomerFields = RecordFields.omit({
  kind: true,
  person_key: true,
  created_at: true,
  updated_at: true,
});
export const NewCustomer = CustomerFields.extend({ kind: CustomerKind });
export const EnteredCustomer = z.object({
  customerId: z.uuid(),
  /** False when they turned out to be a customer already there. */
  created: z.boolean(),
});

export const CustomerChange = z.object({
  /** GoldenRecord.version that was seen; the header If-Match says the same. */
  version: z.string().max(40).optional(),
  /** Values to enter. Empty ones are taken back, like `clear`. */
  set: CustomerFields.optional(),
  /** Source record whose value holds, by field. */
  choose: z.partialRecord(ChoosableField, z.uuid()).optional(),
  /** Fields that go back to the rules. */
  clear: z.array(ChoosableField).max(20).optional(),
});
export const CustomerEdited = z.object({ customerId: z.uuid(), editId: z.uuid(), version: z.string() });

export const CustomerEdit = z.object({
  id: z.uuid(),
  by: z.string(),
  at: z.iso.datetime(),
  /** Null where there was, or is, no value. */
  fields: z.array(z.object({ field: z.string(), before: z.string().nullable(), after: z.string().nullable() })),
  /** The edit this one undid. */
  undoes: z.uuid().nullable(),
  undone: z.boolean(),
});
