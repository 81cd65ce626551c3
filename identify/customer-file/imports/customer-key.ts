/**
 * What tells a customer of a source from the others. A file without a column of keys (`keyed` false) is told apart by
 * national id, e-mail or phone, in this order; `undefined` where a row has none of them. Where there is such a column a row
 * without a key is a mistake: with another key it would be a second record of the same customer.
 */
export function customerKey(raw: Readonly<Record<string, string>>, keyed: boolean): string | undefined {
  if (keyed) return raw.key || undefined;
  for (const field of KEY_FIELDS) {
    const value = raw[field];
    if (value) return `${field}:${value.toLowerCase().replace(/\s+/g, '')}`;
  }
  return undefined;
}

/** Fields that can stand in for a key, the surest first. */
export const KEY_FIELDS = ['national_id', 'email', 'mobile', 'phone'] as const;
