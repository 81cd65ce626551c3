// Values that people put right wherever they come: a telephone a till writes for everybody, a mail domain with a slip of the pen.
import type { RawRecord } from './normalise-record.ts';

/** Fields whose values can be corrected in bulk, and the fields of a row they come from. */
export const CORRECTED_FIELDS = {
  email: ['email'],
  mobile: ['mobile', 'phone'],
  phone: ['phone', 'mobile'],
  national_id: ['national_id'],
  birth_date: ['birth_date'],
  city: ['city'],
  province: ['province'],
  postcode: ['postcode'],
} as const satisfies Record<string, readonly string[]>;

export type CorrectedField = keyof typeof CORRECTED_FIELDS;

/** In place of a value: whatever is not valid. */
export const INVALID = '!';

/** By trait: what stands instead of a value, folded as {@link correctionKey} does; '' is none. */
export type Corrections = Readonly<Partial<Record<CorrectedField, Readonly<Record<string, string>>>>>;

/** Values are the same correction whatever their case and the spaces around them. */
export const correctionKey = (value: string): string => value.trim().toLowerCase();

/** The row as it would have come without the mistakes, or undefined when it has none of them. */
export function correctedRow(raw: RawRecord, traits: Readonly<Record<string, unknown>>, corrections: Corrections): RawRecord | undefined {
  let corrected: Record<string, string> | undefined;
  for (const [field, rights] of Object.entries(corrections) as [CorrectedField, Record<string, string>][]) {
    const value = traits[field];
    if (typeof value !== 'string') continue;
    const right = rightOf(field, value, (traits.invalid as readonly string[] | undefined)?.includes(field) ?? false, rights);
    if (right === undefined) continue;
    const column = CORRECTED_FIELDS[field].find((name) => raw[name] && comesFrom(field, raw[name], value));
    if (column) (corrected ??= { ...raw })[column] = right;
  }
  return corrected;
}

function rightOf(field: CorrectedField, value: string, invalid: boolean, rights: Readonly<Record<string, string>>): string | undefined {
  const key = correctionKey(value);
  if (Object.hasOwn(rights, key)) return rights[key];
  const at = field === 'email' ? key.lastIndexOf('@') : -1;
  const domain = at < 0 ? undefined : key.slice(at);
  // A domain is put right within its address; a domain that is none takes the address with it.
  if (domain !== undefined && Object.hasOwn(rights, domain)) return rights[domain] === '' ? '' : key.slice(0, at) + rights[domain];
  return invalid ? rights[INVALID] : undefined;
}

/** Telephones change column by their kind, so that the column is known by its digits; other fields have but one. */
function comesFrom(field: CorrectedField, written: string, value: string): boolean {
  if (field !== 'phone' && field !== 'mobile') return true;
  const digits = value.replace(/\D/g, '').slice(-7);
  return digits === '' ? written.trim() === value : written.replace(/\D/g, '').includes(digits);
}
