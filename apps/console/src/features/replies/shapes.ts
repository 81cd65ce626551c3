import type { FormField, Reply as ReplyShape, ReplyBatch, ReplyIssue, ReplyTemplate } from '@vinculo/channels/api/replies';
import type { z } from 'zod';

export type Reply = z.infer<typeof ReplyShape>;
export type Batch = z.infer<typeof ReplyBatch>;
export type Issue = z.infer<typeof ReplyIssue>;
export type Template = z.infer<typeof ReplyTemplate>;
export type Field = z.infer<typeof FormField>;

/** In the order one asks. */
export const FIELDS: readonly Field[] = [
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
];
