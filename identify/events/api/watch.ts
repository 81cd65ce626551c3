// Events as they arrive. Shared with the console.
import { z } from 'zod';

export const EventType = z.enum(['track', 'page', 'screen', 'identify', 'group', 'alias']);

/**
 * Whose it is, and why: `named`, it said so itself; `device`, whoever the device belongs to; `anonymous`, nobody has said who uses the
 * device, or several people do; `consent`, tied to nobody because the visitor did not agree.
 */
export const EventWhose = z.enum(['named', 'device', 'anonymous', 'consent']);

const Product = z.object({ key: z.string(), name: z.string() });

export const LiveEvent = z.object({
  /** For GET /events/{id} while it is news; of a rejected one, the id of its error. */
  id: z.string(),
  rejected: z.boolean(),
  receivedAt: z.iso.datetime(),
  occurredAt: z.iso.datetime(),
  sourceId: z.uuid(),
  sourceLabel: z.string(),
  type: z.string(),
  name: z.string(),
  path: z.string(),
  products: z.array(Product),
  value: z.number().nullable(),
  currency: z.string(),
  search: z.string(),
  orderKey: z.string(),
  /** Null for a rejected one. */
  whose: EventWhose.nullable(),
  /** The customer it belongs to; null where nobody is known, and for readers who may not see customers. */
  customer: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  /** Why it was rejected: `reason.<reason>` of the events catalogue. */
  error: z.object({ reason: z.string(), field: z.string(), value: z.string() }).nullable(),
});

export const LiveEventQuery = z.object({
  source: z.uuid().optional(),
  type: EventType.optional(),
  name: z.string().trim().max(200).optional().describe('Part of the name, of the path or of what was searched'),
  whose: z.enum(['known', 'unknown']).optional(),
  state: z.enum(['taken', 'rejected']).optional(),
  cursor: z.string().max(2000).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(100),
});

/** How much arrived at one source, or at all of them. */
const Arrived = z.object({
  minute: z.number().int(),
  hour: z.number().int(),
  /** Rejected in the last hour and still open. */
  rejected: z.number().int(),
  /** Acknowledged and not yet loaded. */
  waiting: z.number().int(),
  /** Of the last day; null where nothing came. */
  lastAt: z.iso.datetime().nullable(),
});
export const EventFigures = Arrived.extend({
  /** How long the oldest that waits has waited, in seconds. */
  oldestSeconds: z.number(),
  /** Rejected at any time and still open. */
  open: z.number().int(),
  /** Of each minute of the last hour, the oldest first. */
  minutes: z.array(z.number().int()).length(60),
  sources: z.array(Arrived.extend({ sourceId: z.uuid(), label: z.string() })),
});

/** What an event has become. */
export const EventFact = z.object({
  kind: z.enum(['event', 'purchase', 'redemption', 'customer']),
  /** Of purchases: lines and what was paid in all; of redemptions: the coupon. */
  lines: z.number().int(),
  amount: z.number().nullable(),
  currency: z.string(),
  what: z.string(),
});
export const EventDetail = LiveEvent.extend({
  /** As it was kept, without what names people for readers who may not see that. */
  body: z.record(z.string(), z.unknown()),
  facts: z.array(EventFact),
  referrer: z.string(),
  campaign: z.string(),
});
