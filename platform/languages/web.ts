// For the console, which Vite builds: the same files as catalogues.ts reads, found at build time instead of on disk.
type Sentences = { [key: string]: string | Sentences };

interface Globs {
  glob(pattern: string, options: { eager: true; import: 'default' }): Record<string, Sentences>;
}

// Vite replaces the literal call, so it must stay written out like this; the cast only tells TypeScript what Vite knows.
const es = (import.meta as unknown as Globs).glob('./es/*.json', { eager: true, import: 'default' });
const en = (import.meta as unknown as Globs).glob('./en/*.json', { eager: true, import: 'default' });

const byNamespace = (files: Record<string, Sentences>): Record<string, Sentences> =>
  Object.fromEntries(Object.entries(files).map(([path, sentences]) => [/([^/]+)\.json$/.exec(path)![1]!, sentences]));

/** language → namespace → sentences, as i18next's `resources`. */
export const catalogues = { es: byNamespace(es), en: byNamespace(en) };
