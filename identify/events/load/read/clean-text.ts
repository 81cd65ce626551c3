// What neither store takes: the character NUL, and halves of a surrogate pair.

const ESCAPE = Buffer.from('\\u');

/** Whether JSON may hold text that has to be cleaned: as bytes in UTF-8 it cannot stand, so only an escape can say it. */
export const mayNeedCleaning = (json: Buffer): boolean => json.includes(ESCAPE);

// With the flag u a pair is one character, so only halves are surrogates.
const UNKEPT = /[\0\p{Surrogate}]/gu;

export const cleanText = (text: string): string => text.replace(UNKEPT, '');

/** The same value with clean text everywhere, names included. The door lets nothing deep through. */
export function cleaned<T>(value: T): T {
  if (typeof value === 'string') return cleanText(value) as T;
  if (Array.isArray(value)) return value.map(cleaned) as T;
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [cleanText(name), cleaned(one)])) as T;
}
