// What stands in the URL after the question mark: plain words that a person can read, change and send on.
import type { z } from 'zod';

export type Words = Record<string, unknown>;

/** `?group=loyal&decile=1` → `{ group: 'loyal', decile: '1' }` */
export const wordsOf = (text: string): Words => Object.fromEntries(new URLSearchParams(text));

/** The reverse; what says nothing is left out. */
export function writeWords(words: Words): string {
  const said = Object.entries(words).filter(([, value]) => value !== undefined && value !== null && value !== '');
  const text = new URLSearchParams(said.map(([word, value]) => [word, String(value)])).toString();
  return text ? `?${text}` : '';
}

/**
 * Reads the words by the schema of a screen. A wrong value is left out rather than refused: an old link still opens the screen. It
 * stands there as undefined, since the router lays what it gets over the words as they came.
 */
export function readWords(schema: z.ZodType<Words> | undefined): (words: Words) => Words {
  return (words) => {
    if (!schema) return words;
    const read = schema.safeParse(words);
    if (read.success) return read.data;
    const wrong = new Set(read.error.issues.map((issue) => String(issue.path[0])));
    const rest = schema.safeParse(Object.fromEntries(Object.entries(words).filter(([word]) => !wrong.has(word))));
    const none = (names: Iterable<string>) => Object.fromEntries([...names].map((name) => [name, undefined]));
    return rest.success ? { ...none(wrong), ...rest.data } : none(Object.keys(words));
  };
}
