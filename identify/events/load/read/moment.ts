// When something happened, by the clock of whoever told it, put right by ours.

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Before the web had shops every date is a clock that was never set. */
const EARLIEST = Date.UTC(1995, 0, 1);
/** A clock that is a little fast is put right without a word. */
const DRIFT = MINUTE;

const DATE = /^(\d{4})-?(\d{2})-?(\d{2})/.source;
const TIME = /(?:[T ](\d{2})(?::?(\d{2})(?::?(\d{2})(?:[.,](\d{1,9}))?)?)?)?/.source;
const ZONE = /\s*(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?$/.source;
const ISO = new RegExp(DATE + TIME + ZONE, 'i');
/** What JavaScript itself writes, on days that every month has. */
const USUAL = /^\d{4}-\d\d-(?:[01]\d|2[0-8])T\d\d:\d\d:\d\d(?:\.\d{3})?Z$/;

/**
 * Milliseconds since 1970 of a moment in any form of ISO 8601 (without a zone it is UTC, as the Segment spec has it), or of a number
 * of seconds or milliseconds since then; `undefined` where it is no moment.
 */
export function readMoment(written: unknown): number | undefined {
  if (typeof written === 'number') return readNumber(written);
  if (typeof written !== 'string') return undefined;
  const text = written.trim();
  const usual = USUAL.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(usual)) return usual;
  if (/^\d{10}(\.\d+)?$|^\d{13}$/.test(text)) return readNumber(Number(text));
  const parts = ISO.exec(text);
  if (!parts) return undefined;
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '', zone = 'Z'] = parts;
  const milliseconds = Number(fraction.padEnd(3, '0').slice(0, 3));
  const at = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  const isDay = at.getUTCMonth() === Number(month) - 1 && at.getUTCDate() === Number(day);
  // 24:00 is the end of a day, :60 a leap second.
  if (!isDay || Number(hour) > 24 || Number(minute) > 59 || Number(second) > 60) return undefined;
  return at.getTime() + Number(hour) * HOUR + Number(minute) * MINUTE + Number(second) * SECOND + milliseconds - offset(zone);
}

function readNumber(number: number): number | undefined {
  if (!Number.isFinite(number) || number <= 0) return undefined;
  return valid(Math.round(number < 1e11 ? number * SECOND : number));
}

const valid = (at: number) => (Number.isNaN(at) || Math.abs(at) > 8e15 ? undefined : at);

function offset(zone: string): number {
  const parts = /^([+-])(\d{2}):?(\d{2})?$/.exec(zone);
  if (!parts) return 0;
  const [, sign, hours, minutes = '0'] = parts;
  return (sign === '-' ? -1 : 1) * (Number(hours) * HOUR + Number(minutes) * MINUTE);
}

export interface Occurred {
  /** Milliseconds since 1970. */
  at: number;
  /** What the clock said, ISO 8601, where it was too far off to be believed. */
  clock?: string;
}

/**
 * When an event happened: `receivedAt − (sentAt − timestamp)`, so that a device with a wrong clock is right by ours
 * (Segment spec, Common fields). Without `sentAt` the timestamp, without both when it was received. Nothing happens after it was
 * received, and nothing before there were shops on the web: then it is when it was received.
 */
export function occurredAt(receivedAt: number, sentAt: number | undefined, timestamp: number | undefined): Occurred {
  if (timestamp === undefined) return { at: receivedAt };
  const at = sentAt === undefined ? timestamp : receivedAt - (sentAt - timestamp);
  if (at <= receivedAt && at >= EARLIEST) return { at };
  if (at > receivedAt && at - receivedAt <= DRIFT) return { at: receivedAt };
  return { at: receivedAt, clock: new Date(Math.max(-8e15, Math.min(8e15, timestamp))).toISOString() };
}
