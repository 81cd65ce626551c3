// What the API says about outgoing webhooks. Shared with the console as types; zod only.
import { z } from 'zod';

const Name = z.string().trim().min(1).max(120);
export const WebhookState = z.enum(['on', 'paused', 'failing', 'gone']);
export const WebhookDetails = z.enum(['ids', 'contact']);
const HeaderName = z.string().trim().min(1).max(80);

export const NewWebhook = z.object({
  name: Name,
  url: z.string().trim().max(2_000),
  events: z.array(z.string().max(80)).min(1).max(50),
  /** Of segment events, only of these; null: of all. */
  segments: z.array(z.uuid()).max(200).nullable().default(null),
  /** What a message tells of the customer: its id, or contact data too (needs customer.read_personal). */
  details: WebhookDetails.default('ids'),
  /** The address may lead into the own network. */
  private: z.boolean().default(false),
  /** Sent along with each message; what they say is kept encrypted and never shown again. */
  headers: z.record(HeaderName, z.string().max(2_000)).default({}),
  /** Who hears that it was switched off. */
  alertEmail: z.email().max(254).nullable().default(null),
});
/** Of headers: a new value, or null to take it away; those not named stay. */
export const WebhookChange = z.object({
  name: Name.optional(),
  url: z.string().trim().max(2_000).optional(),
  events: z.array(z.string().max(80)).min(1).max(50).optional(),
  segments: z.array(z.uuid()).max(200).nullable().optional(),
  details: WebhookDetails.optional(),
  private: z.boolean().optional(),
  headers: z.record(HeaderName, z.string().max(2_000).nullable()).optional(),
  alertEmail: z.email().max(254).nullable().optional(),
  /** Switches it on or pauses it: what happens while it is paused waits. */
  state: z.enum(['on', 'paused']).optional(),
});

export const Webhook = z.object({
  id: z.uuid(),
  name: z.string(),
  url: z.string(),
  events: z.array(z.string()),
  segments: z.array(z.uuid()).nullable(),
  details: WebhookDetails,
  private: z.boolean(),
  /** Names of own headers. */
  headers: z.array(z.string()),
  alertEmail: z.string().nullable(),
  state: WebhookState,
  stateAt: z.iso.datetime(),
  failingSince: z.iso.datetime().nullable(),
  /** Both secrets sign until then. */
  formerUntil: z.iso.datetime().nullable(),
  waiting: z.number(),
  dead: z.number(),
  deliveredToday: z.number(),
  lastAt: z.iso.datetime().nullable(),
  createdAt: z.iso.datetime(),
  createdBy: z.string(),
});
/** The secret is in no other answer. */
export const WebhookWithSecret = Webhook.extend({ secret: z.string() });
export const WebhookQuery = z.object({
  search: z.string().max(200).optional(),
  state: WebhookState.optional(),
  cursor: z.string().max(2_000).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
/** How long the former secret signs too, in hours; 0 ends it at once. */
export const NewSecret = z.object({ overlapHours: z.number().int().min(0).max(168).default(24) });

export const WebhookEvents = z.object({ items: z.array(z.object({ type: z.string(), example: z.record(z.string(), z.unknown()) })) });

export const DeliveryState = z.enum(['waiting', 'delivered', 'dead']);
export const Delivery = z.object({
  id: z.uuid(),
  webhookId: z.uuid(),
  type: z.string(),
  customerId: z.uuid(),
  state: DeliveryState,
  attempts: z.number(),
  status: z.number().nullable(),
  /** `timeout`, `private`, `gone`, `status`, or what the network said: ECONNREFUSED. */
  error: z.string().nullable(),
  occurredAt: z.iso.datetime(),
  /** Of one that waits: the next attempt. */
  nextAt: z.iso.datetime().nullable(),
  endedAt: z.iso.datetime().nullable(),
});
export const DeliveryDetail = Delivery.extend({
  /** `webhook-id` of its messages. */
  messageId: z.string(),
  /** As it is sent; masked for readers without customer.read_personal. Null before the first attempt. */
  payload: z.string().nullable(),
  masked: z.boolean(),
  log: z.array(
    z.object({
      id: z.uuid(),
      at: z.iso.datetime(),
      milliseconds: z.number(),
      status: z.number().nullable(),
      error: z.string().nullable(),
      headers: z.record(z.string(), z.string()),
      answer: z.string().nullable(),
    }),
  ),
});
const DeliveryFilter = z.object({
  state: DeliveryState.optional(),
  type: z.string().max(80).optional(),
  customer: z.uuid().optional(),
  since: z.iso.datetime().optional(),
});
export const DeliveryQuery = DeliveryFilter.extend({
  cursor: z.string().max(2_000).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
/** Which to send again: these, or all that fit. Those that wait are not touched. */
export const Replay = z
  .object({
    ids: z.array(z.uuid()).min(1).max(1_000).optional(),
    since: z.iso.datetime().optional(),
    /** `delivered` sends what arrived once more, under the id it had. */
    state: z.enum(['dead', 'delivered', 'all']).default('dead'),
  })
  .refine(({ ids, since }) => ids !== undefined || since !== undefined, { error: 'Give ids or since' });
export const Replayed = z.object({ replayed: z.number() });
export const TestResult = z.object({
  ok: z.boolean(),
  deliveryId: z.uuid(),
  status: z.number().nullable(),
  error: z.string().nullable(),
  milliseconds: z.number(),
  answer: z.string().nullable(),
});
