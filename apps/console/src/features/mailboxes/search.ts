import { z } from 'zod';

/** `create: 'yes'` opens the form of a new mailbox, `edit` that of one there is. */
export const mailboxesSearch = z.object({ create: z.enum(['yes']).optional(), edit: z.uuid().optional() });
export type MailboxesSearch = z.infer<typeof mailboxesSearch>;
