/** Columns of customer_profile, each as it is where the desk has told nothing. */
const UNTOLD = {
  kind: "''",
  province: "''",
  city: "''",
  sources: '[]',
  first_seen: "toDateTime(0, 'UTC')",
  has_email: '0',
  has_phone: '0',
  consents: '[]',
} as const;

const PROFILES = 'from customer_profile final where alive';

/**
 * A query of every customer with these columns of their profile; of whom the desk has not told, empty ones.
 * Profiles are wide: let them lead, and join to them, since what is joined is kept whole.
 *
 * @param besides who is there without a profile: whoever has a record, or only who has bought. A record may for a moment still be
 *   of a customer who was led to another and is nobody any more: where people are counted, only those who bought are.
 */
export const everybody = (
  columns: readonly (keyof typeof UNTOLD)[],
  besides: 'identity final' | 'customer_value' = 'identity final',
): string => `
  select customer_id, ${columns.join(', ')} ${PROFILES}
  union all
  select distinct customer_id, ${columns.map((name) => UNTOLD[name]).join(', ')} from ${besides} where customer_id not in (select customer_id ${PROFILES})`;
