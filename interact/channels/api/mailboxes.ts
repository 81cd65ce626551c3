// Mailboxes that are read by IMAP.
import { z } from 'zod';

const text = (most: number) => z.string().trim().max(most);

export const MailboxSecurity = z.enum(['tls', 'starttls', 'none']);
/** With a mail that was read: nothing, mark it as seen, put it into another folder. */
export const MailboxAfter = z.enum(['leave', 'seen', 'move']);

export const MailboxSettings = z.object({
  name: text(100).min(1),
  host: text(253).min(1),
  port: z.number().int().min(1).max(65_535),
  security: MailboxSecurity,
  /** PEM of a server that made its own; empty for one that everybody trusts. */
  certificate: text(20_000).default(''),
  username: text(300).min(1),
  folder: text(300).min(1).default('INBOX'),
  after: MailboxAfter.default('seen'),
  moveTo: text(300).default(''),
  /** Mails before this day are not read. */
  since: z.iso.date(),
  active: z.boolean().default(true),
});
const Password = z.string().min(1).max(1_000);
export const NewMailbox = MailboxSettings.extend({ password: Password });
/** Without a password, the one that is kept. */
export const MailboxChange = NewMailbox.partial();
/** Settings not yet saved; without a password those of the mailbox named. */
export const MailboxTry = MailboxSettings.omit({ name: true, active: true }).extend({
  password: Password.optional(),
  mailboxId: z.uuid().optional(),
});
export const MailboxTried = z.object({
  folders: z.array(z.string()),
  /** In the folder, since the day. */
  mails: z.number(),
});

export const MailboxState = z.enum(['new', 'connected', 'reading', 'failing', 'refused', 'off']);
export const Mailbox = MailboxSettings.extend({
  id: z.uuid(),
  state: MailboxState,
  /** In the reader's language, what is wrong and what to do. */
  error: z.object({ code: z.string(), detail: z.string() }).nullable(),
  nextTryAt: z.iso.datetime().nullable(),
  connectedAt: z.iso.datetime().nullable(),
  lastMailAt: z.iso.datetime().nullable(),
  mails: z.number(),
});
export const MailboxList = z.object({ items: z.array(Mailbox), scanFolders: z.object({ post: z.string(), fax: z.string() }) });
