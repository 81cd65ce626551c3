/**
 * What tells a customer of a source from the others. A file without keys is told apart by national id, e-mail or phone,
 * in this order; `undefined` where a row has none of them.
 */
export function customerKey(raw: Readonly<Record<string, string>>): string | undefined {
  if (raw.key) return raw.key;
  for (const field of KEY_FIELDS) {
    const value = raw[field];
    if (value) return `${field}:${value.toLowerCase().replace(/\s+/g, '')}`;
  }
  return undefined;
}

/** Fields that can stand in for a key, the surest first. */
export const KEY_FIELDS = ['national_id', 'email', 'mobile', 'phone'] as const;
