// What was written to the company or by it, by mail, post or fax.
import { z } from 'zod';

export const LetterKind = z.enum(['email', 'post', 'fax']);
export const LetterState = z.enum(['waiting', 'assigned', 'aside', 'stranger']);
export const LetterForm = z.enum(['letter', 'form', 'claim', 'order', 'invoice', 'contract', 'other']);
/** Why nobody knows whose it is, or why it was set aside. */
export const LetterWhy = z.enum(['', 'unknown', 'several', 'auto_reply', 'bounce', 'list']);

export const LetterDocument = z.object({
  id: z.uuid(),
  name: z.string(),
  mediaType: z.string(),
  size: z.number(),
  /** Shown by the console; others can be downloaded. */
  shown: z.enum(['image', 'pdf', 'none']),
  /** Why it was not kept. */
  refused: z.enum(['too_large']).nullable(),
});

export const LetterRow = z.object({
  id: z.uuid(),
  kind: LetterKind,
  direction: z.enum(['in', 'out']),
  state: LetterState,
  why: LetterWhy,
  /** Of paper. */
  form: z.union([LetterForm, z.literal('')]),
  /** In the register of paper. */
  number: z.string().nullable(),
  senderName: z.string(),
  /** Masked for readers who do not see personal data. */
  senderAddress: z.string(),
  topic: z.string(),
  excerpt: z.string(),
  receivedAt: z.iso.datetime(),
  documents: z.number(),
  customer: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  mailbox: z.string().nullable(),
  opened: z.boolean(),
});

export const LetterFilter = z.object({
  state: LetterState.optional(),
  kind: LetterKind.optional(),
  direction: z.enum(['in', 'out']).optional(),
  form: LetterForm.optional(),
  mailbox: z.uuid().optional(),
  customer: z.uuid().optional(),
  from: z.iso.date().optional().describe('First day, in the time zone of the business'),
  to: z.iso.date().optional().describe('Last day'),
  search: z.string().trim().max(200).optional(),
});
export const LetterCounts = z.object({ waiting: z.number(), assigned: z.number(), aside: z.number(), stranger: z.number() });
export const LetterCount = z.object({ count: z.number(), exact: z.boolean() });

export const LetterSuggestion = z.object({
  customerId: z.uuid(),
  name: z.string(),
  city: z.string().nullable(),
  /** They have this address; somebody said so before; they wrote before in this conversation. */
  why: z.enum(['address', 'remembered', 'thread']),
});

export const Letter = LetterRow.omit({ documents: true }).extend({
  /** True when the reader may not see what it says. */
  hidden: z.boolean(),
  /** The newest part of the text. */
  text: z.string(),
  /** What it answers, and the signature: folded away. */
  quoted: z.string(),
  cut: z.boolean(),
  hasHtml: z.boolean(),
  /** The HTML wants pictures of other servers, which then know that it was read. */
  remoteImages: z.boolean(),
  recipients: z.array(z.object({ name: z.string(), address: z.string() })),
  documents: z.array(LetterDocument),
  note: z.string(),
  author: z.string(),
  suggestions: z.array(LetterSuggestion),
  /** Others from the same sender that wait too. */
  alsoWaiting: z.number(),
  thread: z.array(
    z.object({ id: z.uuid(), topic: z.string(), senderName: z.string(), direction: z.enum(['in', 'out']), receivedAt: z.iso.datetime() }),
  ),
  decidedBy: z.string().nullable(),
  deleted: z.boolean(),
});

const text = (most: number) => z.string().trim().max(most);

export const NewLetter = z.object({
  kind: z.enum(['post', 'fax']),
  direction: z.enum(['in', 'out']).default('in'),
  form: LetterForm.default('letter'),
  /** The day it came or went. */
  receivedOn: z.iso.date(),
  customerId: z.uuid().nullable().default(null),
  senderName: text(200).default(''),
  senderAddress: text(200).default(''),
  topic: text(300).default(''),
  note: text(5_000).default(''),
  /** Uploaded before, in the order of the pages. */
  documents: z.array(z.uuid()).max(200).default([]),
});
export const LetterChange = NewLetter.omit({ customerId: true, kind: true, direction: true }).partial();
export const LetterMade = z.object({ id: z.uuid(), number: z.string().nullable() });

export const Assign = z.object({
  customerId: z.uuid(),
  /** What comes from this sender is theirs from now on, and what waits of it. */
  remember: z.boolean().default(false),
});
/** `once`: this letter alone. */
export const Stranger = z.object({ scope: z.enum(['once', 'address', 'domain']).default('once') });
/** How many letters it moved. */
export const Decided = z.object({ letters: z.number() });
