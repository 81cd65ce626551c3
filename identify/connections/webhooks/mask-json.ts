const PLAIN = new Set(['id', 'type', 'timestamp', 'kind', 'kept', 'gone', 'made', 'source', 'mergedInto', 'changedAt']);

/** The form of a document without what it says of anybody: texts and numbers are dots, but for ids and kinds. */
export function maskJson(text: string): string {
  try {
    return JSON.stringify(masked(JSON.parse(text)));
  } catch {
    return '•••';
  }
}

/** {@link maskJson} of what was parsed already. @param name under which it stands. */
export function masked(value: unknown, name = '', plain: ReadonlySet<string> = PLAIN): unknown {
  if (Array.isArray(value)) return value.map((one) => masked(one, name, plain));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, masked(one, key, plain)]));
  return value === null || typeof value === 'boolean' || plain.has(name) ? value : '•••';
}
