// What the API says about incoming webhooks. Shared with the console as types; zod only.
import { z } from 'zod';

/** How a message proves that it comes from whom it says. */
export const HookVerify = z.discriminatedUnion('kind', [
  /** The address itself is the secret. */
  z.object({ kind: z.literal('none') }),
  /** Standard Webhooks; within five minutes of its timestamp. */
  z.object({ kind: z.literal('standard') }),
  /** Stripe-Signature: t=…,v1=…; within five minutes. */
  z.object({ kind: z.literal('stripe') }),
  /** A header with an HMAC of the body. */
  z.object({
    kind: z.literal('hmac'),
    header: z
      .string()
      .trim()
      .toLowerCase()
      .regex(/^[a-z0-9-]{1,80}$/),
    algorithm: z.enum(['sha1', 'sha256', 'sha512']).default('sha256'),
    encoding: z.enum(['hex', 'base64']).default('hex'),
    /** In front of the signature: `sha256=`. */
    prefix: z.string().max(20).default(''),
    /** The sender's own id of a message, so that one that comes twice counts once. */
    idHeader: z.string().trim().toLowerCase().max(80).default(''),
  }),
]);

/**
 * Where a value is: `email`, `billing.phone`, `items[0].sku` within the thing at hand, `$.order.id` from the top of the message,
 * or, with an equals sign in front, the value itself: `=web`.
 */
export const HookValue = z.string().trim().max(200);
const Values = z.record(z.string().max(40), HookValue);
export const HookMapping = z.object({
  /** A list in the message, each of whose entries is a thing by itself; empty: the message is one. */
  each: HookValue.default(''),
  /** Only things for which this value is one of these; the others are left alone. */
  only: z
    .object({ path: HookValue, values: z.array(z.string().max(200)).min(1).max(20) })
    .nullable()
    .default(null),
  /** The customer's key in the source, and fields of the vocabulary of imports. */
  customer: z.object({ key: HookValue.default(''), fields: Values.default({}) }),
  /** An order: `order_key`, `occurred_at`, `currency`, `channel`, `store` of the whole; what else of each line. */
  purchase: z
    .object({ lines: HookValue.default(''), fields: Values })
    .nullable()
    .default(null),
  contact: z.object({ fields: Values }).nullable().default(null),
});

export const HookState = z.enum(['on', 'paused']);
export const NewHook = z.object({
  name: z.string().trim().min(1).max(120),
  sourceId: z.uuid(),
  verify: HookVerify,
  /** The secret that the sender shows; for Standard Webhooks one is made if none is given. */
  secret: z.string().trim().max(500).optional(),
  mapping: HookMapping.nullable().default(null),
});
export const HookChange = z.object({
  name: z.string().trim().min(1).max(120).optional(),
  sourceId: z.uuid().optional(),
  verify: HookVerify.optional(),
  secret: z.string().trim().min(1).max(500).optional(),
  mapping: HookMapping.optional(),
  state: HookState.optional(),
});
export const Hook = z.object({
  id: z.uuid(),
  name: z.string(),
  sourceId: z.uuid(),
  sourceLabel: z.string(),
  verify: HookVerify,
  hasSecret: z.boolean(),
  mapping: HookMapping.nullable(),
  state: HookState,
  waiting: z.number(),
  rejected: z.number(),
  receivedToday: z.number(),
  lastAt: z.iso.datetime().nullable(),
  createdAt: z.iso.datetime(),
  createdBy: z.string(),
  /** Null for readers without connection.write: whoever knows it may send. */
  url: z.string().nullable(),
});
/** The secret is in no other answer; null where the sender's own is used. */
export const HookWithSecret = Hook.extend({ secret: z.string().nullable() });
export const HookQuery = z.object({
  search: z.string().max(200).optional(),
  state: HookState.optional(),
  cursor: z.string().max(2_000).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

export const MessageState = z.enum(['waiting', 'done', 'ignored', 'rejected']);
/** Why a thing cannot be taken; words in the catalogue `webhooks`, `reason.<reason>`. */
export const HookReason = z.object({ where: z.string(), reason: z.string(), value: z.string() });
export const HookMessage = z.object({
  id: z.uuid(),
  hookId: z.uuid(),
  receivedAt: z.iso.datetime(),
  deliveryKey: z.string(),
  bytes: z.number(),
  state: MessageState,
  attempts: z.number(),
  reasons: z.array(HookReason),
  result: z
    .object({
      customers: z.array(z.object({ key: z.string(), customerId: z.uuid().nullable(), outcome: z.string() })),
      purchases: z.number(),
      contacts: z.number(),
    })
    .nullable(),
});
/** The body is masked for readers without customer.read_personal. */
export const HookMessageDetail = HookMessage.extend({ headers: z.record(z.string(), z.string()), body: z.string(), masked: z.boolean() });
export const MessageQuery = z.object({
  state: MessageState.optional(),
  cursor: z.string().max(2_000).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
/** Which rejected messages to read again; without ids, all of them. */
export const HookReplay = z.object({ ids: z.array(z.uuid()).min(1).max(1_000).optional() });
export const HookReplayed = z.object({ replayed: z.number() });

export const HookPreviewRequest = z.object({ mapping: HookMapping, sourceId: z.uuid(), sample: z.string().max(1_000_000) });
const Pairs = z.record(z.string(), z.string());
export const HookPreview = z.object({
  /** Things found in the sample, the first twenty. */
  things: z.array(
    z.object({
      ignored: z.boolean(),
      customer: z.object({ key: z.string(), fields: Pairs }).nullable(),
      purchases: z.array(Pairs),
      contact: Pairs.nullable(),
      reasons: z.array(HookReason),
    }),
  ),
  count: z.number(),
});
