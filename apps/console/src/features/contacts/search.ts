import { z } from 'zod';

const day = z.iso.date();

/** What may stand in the URL of the list: the words of the API's ContactFilter. */
export const contactsSearch = z.object({
  search: z.string().optional(),
  kind: z.enum(['call', 'visit', 'post', 'fax', 'email', 'reply']).optional(),
  direction: z.enum(['in', 'out']).optional(),
  topic: z.string().optional(),
  outcome: z.string().optional(),
  author: z.string().optional(),
  customer: z.uuid().optional(),
  known: z.enum(['yes', 'no']).optional(),
  due: z.enum(['open', 'late', 'done']).optional(),
  from: day.optional(),
  to: day.optional(),
});
export type ContactsSearch = z.infer<typeof contactsSearch>;

/** A telephone system opens `/contacts/new?phone=+34655010203` when somebody calls. */
export const newContactSearch = z.object({
  kind: z.enum(['call', 'visit']).optional(),
  phone: z.string().max(40).optional(),
  direction: z.enum(['in', 'out']).optional(),
  customer: z.uuid().optional(),
  /** The contact that promised this one. */
  answers: z.uuid().optional(),
});
export type NewContactSearch = z.infer<typeof newContactSearch>;
