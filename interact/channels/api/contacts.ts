// Calls, visits and whatever else is written down by hand. Shared with the console as types; no server code here.
import { z } from 'zod';

export const ContactKind = z.enum(['call', 'visit', 'post', 'fax', 'email', 'reply']);
/** Written in the log by people; the others come in by their own ways. */
export const LoggedKind = z.enum(['call', 'visit']);
export const ContactDirection = z.enum(['in', 'out']);

const words = (most: number) => z.string().trim().max(most);

/** Something to come back to on a day of the company's calendar. */
export const FollowUp = z.object({ on: z.iso.date(), note: z.string(), doneAt: z.iso.datetime().nullable() });

export const ContactRow = z.object({
  id: z.uuid(),
  kind: ContactKind,
  direction: ContactDirection,
  topic: z.string(),
  outcome: z.string(),
  body: z.string(),
  minutes: z.number().nullable(),
  place: z.string(),
  occurredAt: z.iso.datetime(),
  /** Null while nobody knows whose it is. */
  customer: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  /** The number a call came from, or went to, where it is known; masked for readers without customer.read_personal. */
  phone: z.string(),
  /** Who spoke for the company. */
  author: z.string(),
  mine: z.boolean(),
  /** Whether this reader may change or delete it. */
  editable: z.boolean(),
  followUp: FollowUp.nullable(),
  deleted: z.boolean(),
  version: z.number(),
});

/** The words of the list, of its count, figures and export: the same as in the URL of the screen. */
export const ContactFilter = z.object({
  search: z.string().max(200).optional().describe('In the name of the customer, the subject, the outcome or the note'),
  kind: ContactKind.optional(),
  direction: ContactDirection.optional(),
  topic: words(200).optional(),
  outcome: words(200).optional(),
  author: z.string().max(100).optional().describe('Id of a person, or `me`'),
  customer: z.uuid().optional(),
  known: z.enum(['yes', 'no']).optional().describe('`no`: of nobody known'),
  due: z.enum(['open', 'late', 'done']).optional().describe('With something to come back to: still, already late, or done'),
  from: z.iso.date().optional().describe('First day, by the calendar of the company'),
  to: z.iso.date().optional().describe('Last day'),
});
export const ContactListQuery = ContactFilter.extend({
  cursor: z.string().max(2_000).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export const ContactCount = z.object({ count: z.number(), exact: z.boolean() });

/** Of the days asked for. */
export const ContactFigures = z.object({
  calls: z.number(),
  visits: z.number(),
  others: z.number(),
  minutes: z.number(),
  /** Commonest first, six at most. */
  outcomes: z.array(z.object({ outcome: z.string(), count: z.number() })),
  /** To come back to: today and before, whatever days are asked for; of the author asked for. */
  due: z.number(),
  late: z.number(),
});

export const NewContact = z.object({
  kind: LoggedKind,
  direction: ContactDirection,
  customer: z.uuid().nullable(),
  topic: words(80).default(''),
  outcome: words(80).default(''),
  body: words(10_000).default(''),
  minutes: z.number().int().min(0).max(1_440).nullable().default(null),
  place: words(200).default(''),
  phone: words(40).default(''),
  occurredAt: z.iso.datetime().optional().describe('Now, when absent'),
  followUp: z
    .object({ on: z.iso.date(), note: words(300).default('') })
    .nullable()
    .default(null),
});
export const ContactChange = NewContact.omit({ kind: true })
  .partial()
  .extend({
    topic: words(80).optional(),
    outcome: words(80).optional(),
    body: words(10_000).optional(),
    minutes: z.number().int().min(0).max(1_440).nullable().optional(),
    place: words(200).optional(),
    phone: words(40).optional(),
    followUp: z
      .object({ on: z.iso.date(), note: words(300).default('') })
      .nullable()
      .optional(),
    version: z.number().int().optional().describe('Version that was seen'),
  });

export const FollowUpDone = z.object({ done: z.boolean() });

export const ChoiceList = z.enum(['topic', 'outcome']);
/** A word of the company's own, for what a call or a visit is about or how it ends. */
export const ContactChoice = z.object({
  id: z.uuid(),
  kind: LoggedKind,
  list: ChoiceList,
  label: z.string(),
  /** Proposes to come back to it in so many days. */
  followUpDays: z.number().nullable(),
  archived: z.boolean(),
});
/** In the order of the keyboard; those put away last. */
export const ContactChoices = z.object({
  items: z.array(ContactChoice),
  /** Who has written something down. */
  authors: z.array(z.object({ id: z.string(), name: z.string() })),
});
export const NewChoice = z.object({
  kind: LoggedKind,
  list: ChoiceList,
  label: words(80).min(1),
  followUpDays: z.number().int().min(0).max(365).nullable().default(null),
});
export const ChoiceChange = z.object({
  label: words(80).min(1).optional(),
  followUpDays: z.number().int().min(0).max(365).nullable().optional(),
  archived: z.boolean().optional(),
  /** Its new place among those in use, from 0. */
  place: z.number().int().min(0).max(200).optional(),
});
