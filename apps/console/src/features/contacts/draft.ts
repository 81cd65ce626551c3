// What is being written down of a call or a visit, before it is sent.
import type { NewContact } from '@vinculo/channels/api/contacts';
import type { z } from 'zod';
import { instantOf, localTime } from './local-time.ts';
import type { Contact, Kind } from './use-choices.ts';
import type { Who } from './who-field.tsx';

export interface Draft {
  direction: 'in' | 'out';
  outcome: string;
  topic: string;
  body: string;
  /** Empty: what the timer says. */
  minutes: string;
  place: string;
  phone: string;
  /** `2026-03-01T09:30`; empty: now. */
  at: string;
  followUpOn: string;
  followUpNote: string;
}

export const emptyDraft = (direction: 'in' | 'out', phone = ''): Draft => ({
  direction,
  outcome: '',
  topic: '',
  body: '',
  minutes: '',
  place: '',
  phone,
  at: '',
  followUpOn: '',
  followUpNote: '',
});

export function draftOf(contact: Contact, timeZone: string): Draft {
  return {
    direction: contact.direction,
    outcome: contact.outcome,
    topic: contact.topic,
    body: contact.body,
    minutes: contact.minutes === null ? '' : String(contact.minutes),
    place: contact.place,
    phone: contact.phone,
    at: localTime(new Date(contact.occurredAt), timeZone),
    followUpOn: contact.followUp?.on ?? '',
    followUpNote: contact.followUp?.note ?? '',
  };
}

/** As the API takes it. `elapsed` in milliseconds: minutes begun count, as on a telephone bill. */
export function toContact(draft: Draft, kind: Kind, who: Who, timeZone: string, elapsed: number | undefined): z.input<typeof NewContact> {
  const timed = elapsed === undefined ? null : Math.min(1_440, Math.max(1, Math.ceil(elapsed / 60_000)));
  return {
    kind,
    direction: draft.direction,
    customer: who === 'unknown' ? null : who.id,
    topic: draft.topic,
    outcome: draft.outcome,
    body: draft.body.trim(),
    minutes: draft.minutes.trim() === '' ? timed : Math.max(0, Math.min(1_440, Math.round(Number(draft.minutes)) || 0)),
    place: draft.place.trim(),
    phone: draft.phone.trim(),
    ...(draft.at === '' ? {} : { occurredAt: instantOf(draft.at, timeZone) }),
    followUp: draft.followUpOn === '' ? null : { on: draft.followUpOn, note: draft.followUpNote.trim() },
  };
}
