// What a reader without customer.read_personal sees instead of personal data: enough to tell two values apart on a
// screen, not enough to reach anybody. Names, cities and provinces stay, or nobody could work.
import type { Actor } from '@vinculo/postgres';

const DOTS = '•••';

/** Whether this reader sees e-mails, phones, ids, birth dates and streets as they are. */
export function seesPersonal(actor: Pick<Actor, 'kind' | 'permissions'>): boolean {
  return actor.kind === 'system' || actor.permissions.has('customer.read_personal');
}

/** `maria.lopez@gmail.com` → `m•••@gmail.com`. */
export function maskEmail(value: string): string;
export function maskEmail(value: string | null): string | null;
export function maskEmail(value: string | null): string | null {
  if (!value) return value;
  const at = value.lastIndexOf('@');
  return at < 1 ? DOTS : `${firstLetter(value)}${DOTS}${value.slice(at)}`;
}

/** `+34612345678` → `•••678`. */
export function maskPhone(value: string): string;
export function maskPhone(value: string | null): string | null;
export function maskPhone(value: string | null): string | null {
  return value ? keepEnd(value, 3) : value;
}

/** `12345678Z` → `•••8Z`. */
export function maskNationalId(value: string): string;
export function maskNationalId(value: string | null): string | null;
export function maskNationalId(value: string | null): string | null {
  return value ? keepEnd(value, 2) : value;
}

/** `1980-05-12` → `1980-••-••`: the year is what segments need, the day is what identity theft needs. */
export function maskBirthDate(value: string): string;
export function maskBirthDate(value: string | null): string | null;
export function maskBirthDate(value: string | null): string | null {
  if (!value) return value;
  return /^\d{4}-\d{2}-\d{2}/.test(value) ? `${value.slice(0, 4)}-••-••` : DOTS;
}

/** `C/ Mayor 12, 3º B` → `C•••`. */
export function maskAddress(value: string): string;
export function maskAddress(value: string | null): string | null;
export function maskAddress(value: string | null): string | null {
  return value ? `${firstLetter(value)}${DOTS}` : value;
}

/** Fields of the vocabulary (or of linkage) that hold personal data, and how each is hidden. */
const MASKS: [pattern: RegExp, mask: (value: string) => string][] = [
  [/email|mail|correo/, maskEmail],
  [/phone|mobile|telefono|movil|fax/, maskPhone],
  [/national_id|document|tax_id|passport|dni|nif/, maskNationalId],
  [/birth/, maskBirthDate],
  [/^(address|address_rest|street|street_number|floor_door|postcode|notes)$/, maskAddress],
];

/** The value of that field as this reader may see it. Fields that are not personal come back as they are. */
export function maskField(field: string, value: string): string {
  if (value === '') return value;
  for (const [pattern, mask] of MASKS) if (pattern.test(field)) return mask(value);
  return value;
}

/** {@link maskField} over a whole record, by field. */
export function maskFields(fields: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).map(([field, value]) => [field, maskField(field, value)]));
}

/** Where a file gives no keys, an id, an e-mail or a phone stands in for them (see customerKey), and is as personal there as anywhere. */
const STAND_IN = /^(national_id|email|mobile|phone):(.+)$/;

/** A record's key in its source, as a reader who sees personal data (`open`), or one who does not, may see it. */
export function shownKey(key: string, open: boolean): string {
  if (open) return key;
  const [, field, value] = STAND_IN.exec(key) ?? [];
  if (field && value) return `${field}:${maskField(field, value)}`;
  // A shop on the web may number its customers by their e-mail.
  return key.includes('@') ? maskEmail(key) : key;
}

const firstLetter = (value: string) => String.fromCodePoint(value.codePointAt(0)!);

function keepEnd(value: string, length: number): string {
  // A value as short as what would be shown is hidden whole.
  return value.length > length * 2 ? DOTS + value.slice(-length) : DOTS;
}
