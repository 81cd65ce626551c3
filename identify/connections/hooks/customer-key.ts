/** Where a message gives no key, what surely tells a customer from the others stands in for it, written as imports write it. */
export function customerKeyOf(fields: Readonly<Record<string, string>>): string | undefined {
  for (const field of ['national_id', 'email', 'mobile', 'phone'] as const) {
    const value = fields[field];
    if (value) return `${field}:${value.toLowerCase().replace(/\s+/g, '')}`;
  }
  return undefined;
}
