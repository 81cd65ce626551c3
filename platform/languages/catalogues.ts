import { readdirSync, readFileSync } from 'node:fs';

export type Language = 'es' | 'en';
export const LANGUAGES: readonly Language[] = ['es', 'en'];

/** Nested sentences of one namespace. */
export interface Sentences {
  [key: string]: string | Sentences;
}

/** language → namespace → sentences. */
export type Catalogues = Record<Language, Record<string, Sentences>>;

/** Every namespace on disk: a feature adds `es/<namespace>.json` and `en/<namespace>.json`, and nothing else. The console takes the same files with a glob of Vite's. */
export const catalogues: Catalogues = { es: read('es'), en: read('en') };

function read(language: Language): Record<string, Sentences> {
  const folder = new URL(`./${language}/`, import.meta.url);
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return Object.fromEntries(
    files.map((name) => [name.slice(0, -'.json'.length), JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Sentences]),
  );
}
