// What became of events: those that were rejected, and the devices of a customer. Shared with the console.
import { z } from 'zod';

/** `open`: waits for somebody. `replayed`: sent again and taken in. `dismissed`: let go. */
export const EventErrorState = z.enum(['open', 'replayed', 'dismissed']);

/** Why an event was rejected; sentences in the events catalogue, `reason.<key>.title` and `reason.<key>.advice`. */
export const EventReason = z.enum([
  'not_json',
  'not_an_object',
  'too_large',
  'unknown_type',
  'no_id',
  'long_id',
  'no_name',
  'no_group',
  'no_previous_id',
  'same_id',
  'bad_time',
  'bad_traits',
  'bad_properties',
  'bad_products',
  'bad_number',
  'bad_currency',
  'no_order',
  'no_amount',
]);

/** An event that could not be taken in. */
export const EventError = z.object({
  id: z.uuid(),
  sourceId: z.uuid(),
  sourceLabel: z.string(),
  messageId: z.string(),
  type: z.string(),
  name: z.string(),
  reason: EventReason,
  /** Where in the event: `properties.products.0.price`. */
  field: z.string(),
  /** What stood there; hidden from readers who may not see personal data. */
  value: z.string(),
  receivedAt: z.iso.datetime(),
  /** How often it came. */
  times: z.number().int(),
  state: EventErrorState,
  changedAt: z.iso.datetime(),
});
/** With the event as it came, JSON. Null for readers who may not see personal data. */
export const EventErrorDetail = EventError.extend({ body: z.unknown().nullable() });

const filters = {
  source: z.uuid().optional(),
  reason: EventReason.optional(),
  state: EventErrorState.optional(),
};
export const EventErrorFilter = z.object(filters);
/** How many there are, by reason, of the chosen source and state. */
export const EventErrorCounts = z.object({
  total: z.number().int(),
  reasons: z.array(z.object({ reason: EventReason, count: z.number().int() })),
});

/** Either some, or all that a filter finds (`state` is then open). At most 5,000 at once go: `left` says how many remain. */
export const ChosenErrors = z
  .strictObject({ ids: z.array(z.uuid()).min(1).max(500).optional(), filter: z.strictObject(filters).optional() })
  .refine(({ ids, filter }) => (ids === undefined) !== (filter === undefined), { error: 'Give either ids or filter' });
/** A rejected event with what was put right in it, whole. */
export const CorrectedEvent = z.strictObject({ body: z.record(z.string(), z.unknown()) });
/** `ids`: those it concerned, to undo it by. */
export const ChangedErrors = z.object({ changed: z.number().int(), left: z.number().int(), ids: z.array(z.uuid()) });

/** Somebody who said who they are on a device. */
export const DevicePerson = z.object({
  recordId: z.uuid(),
  /** Null while the record has no customer. */
  customerId: z.uuid().nullable(),
  customerName: z.string().nullable(),
  /** The key in the source: the userId. Hidden from readers who may not see personal data. */
  key: z.string(),
  firstSeen: z.iso.datetime(),
  /** When the device was found to be theirs, and how many earlier events became theirs with it. */
  joinedAt: z.iso.datetime(),
  joined: z.number().int(),
});

/** A browser or an app of a customer. */
export const Device = z.object({
  id: z.uuid(),
  sourceId: z.uuid(),
  sourceLabel: z.string(),
  anonymousId: z.string(),
  /** Of this customer's events on it. */
  firstSeen: z.iso.datetime(),
  lastSeen: z.iso.datetime(),
  events: z.number().int(),
  /** Of those, the ones that named nobody and are theirs because the device was. */
  anonymousEvents: z.number().int(),
  /** More people use it than the source allows: what nobody signs on it is nobody's, and it ties nobody to anybody. */
  shared: z.boolean(),
  people: z.number().int(),
  /** How many people may use a device before it is shared. */
  limit: z.number().int(),
  /** Whose it is now: the record of the last who signed in and did not sign out. */
  current: z.uuid().nullable(),
  /** This customer's own times on it, and the other people on it. */
  own: z.array(DevicePerson),
  others: z.array(DevicePerson),
});
export const DeviceList = z.object({ items: z.array(Device) });
