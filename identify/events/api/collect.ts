// How sources send events: write keys and how the events of a source are treated. Shared with the console.
import { z } from 'zod';

/** A site whose pages may use a key: scheme, host and port, as browsers send it in Origin. `https://*.tienda.example` stands for all its subdomains. */
export const WriteKeyOrigin = z
  .string()
  .trim()
  .toLowerCase()
  // As copied from the address bar.
  .overwrite((origin) => origin.replace(/\/+$/, ''))
  .max(253)
  .regex(/^https?:\/\/(\*\.)?[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?$/);

/** Works; works until it expires, since it was rotated; does not work any more. */
export const WriteKeyState = z.enum(['active', 'expiring', 'expired', 'revoked']);

/** A key with which a source sends events. It is no secret: pages show it to everybody, and it opens nothing but the event API. */
export const WriteKey = z.object({
  id: z.uuid(),
  sourceId: z.uuid(),
  key: z.string().describe('vk_ and 32 letters and digits'),
  name: z.string(),
  origins: z.array(z.string()).describe('Sites whose pages may use it; none: any'),
  state: WriteKeyState,
  createdBy: z.string(),
  createdAt: z.iso.datetime(),
  lastUsedAt: z.iso.datetime().nullable(),
  expiresAt: z.iso.datetime().nullable(),
  revokedAt: z.iso.datetime().nullable(),
});
/** All keys of a source: those that work first, each half the newest first. */
export const WriteKeyList = z.object({ items: z.array(WriteKey) });

export const NewWriteKey = z.object({
  name: z.string().trim().min(1).max(80).describe('Where it is used: web shop, till 3'),
  origins: z.array(WriteKeyOrigin).max(50).default([]),
});
export const WriteKeyChange = z.object({
  name: z.string().trim().min(1).max(80).optional(),
  origins: z.array(WriteKeyOrigin).max(50).optional(),
});

/** How long the old key goes on working beside the new one. */
export const WriteKeyRotation = z.object({ hours: z.number().int().min(0).max(720).default(24) });
/** The new key, and the old one with the moment it expires. */
export const RotatedWriteKey = z.object({ created: WriteKey, replaced: WriteKey });

/** `given`: a person is tied to events only after a yes. `not_refused`: unless they said no. */
export const EventConsent = z.enum(['given', 'not_refused']);

/** How the events of a source are treated. */
export const EventSettings = z.object({
  sourceId: z.uuid(),
  consent: EventConsent,
  consentCategory: z.string().describe('Of context.consent.categoryPreferences; also the purpose of the consents of a customer'),
  devicePeople: z.number().int().describe('A device that more people used is nobody’s'),
  recognise: z.boolean().describe('Pages of the source may greet a visitor who agreed to it by the name their own browser told'),
  /** Null while they are the defaults. */
  updatedAt: z.iso.datetime().nullable(),
  updatedBy: z.string().nullable(),
});
export const EventSettingsChange = z.object({
  consent: EventConsent.optional(),
  consentCategory: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9_.-]{1,60}$/)
    .optional(),
  devicePeople: z.number().int().min(1).max(100).optional(),
  recognise: z.boolean().optional(),
});

/** A source that can send events: it has, or had, a key. */
export const EventSource = z.object({
  sourceId: z.uuid(),
  name: z.string(),
  label: z.string(),
  /** Keys that work now. */
  keys: z.number().int(),
  /** To the minute. */
  lastUsedAt: z.iso.datetime().nullable(),
});
export const EventSourceList = z.object({ items: z.array(EventSource) });

/** What waits at the door, and what this server has taken in and turned away since it started. */
export const DoorState = z.object({
  /** Acknowledged and not yet in the warehouse. */
  waitingEvents: z.number().int(),
  waitingBytes: z.number().int(),
  /** How long the oldest of them has waited, in seconds; 0 where nothing waits. */
  oldestSeconds: z.number(),
  /** Events acknowledged by this server since it started. */
  accepted: z.number().int(),
  /** Requests it refused since it started, by reason. */
  refused: z.record(z.enum(['key', 'origin', 'size', 'json', 'envelope', 'overload']), z.number().int()),
});
