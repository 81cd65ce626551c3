import { z } from 'zod';

/** What may stand in the URL of the tray: the words of the API's LetterFilter, and the letter that is open. */
export const inboxSearch = z.object({
  state: z.enum(['waiting', 'assigned', 'aside', 'stranger']).optional(),
  kind: z.enum(['email', 'post', 'fax']).optional(),
  direction: z.enum(['in', 'out']).optional(),
  form: z.enum(['letter', 'form', 'claim', 'order', 'invoice', 'contract', 'other']).optional(),
  search: z.string().optional(),
  letter: z.uuid().optional(),
});
export type InboxSearch = z.infer<typeof inboxSearch>;

export const newLetterSearch = z.object({ customer: z.uuid().optional(), kind: z.enum(['post', 'fax']).optional() });
export type NewLetterSearch = z.infer<typeof newLetterSearch>;
