/**
 * The fields whose completeness and validity are watched. Bit n of `filled` and `invalid` in match_record is field n here:
 * only ever add at the end.
 */
export const QUALITY_FIELDS = [
  'given',
  'surname1',
  'surname2',
  'company',
  'birth_date',
  'gender',
  'national_id',
  'email',
  'phone',
  'street',
  'postcode',
  'city',
  'province',
] as const;

export type QualityField = (typeof QUALITY_FIELDS)[number];

const BITS: Record<string, number> = Object.fromEntries(QUALITY_FIELDS.map((field, bit) => [field, 1 << bit]));
/** Any telephone counts as one. */
BITS.mobile = BITS.phone!;

/** The bit mask of these fields; those not watched count for nothing. */
export function qualityMask(fields: Iterable<string>): number {
  let mask = 0;
  for (const field of fields) mask |= BITS[field] ?? 0;
  return mask;
}
