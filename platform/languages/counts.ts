// Counts within sentences are written as everywhere else: 2.239 clientes, also in Spanish, which by itself groups from five digits on.
import type { FormatterModule } from 'i18next';
import { writeNumber } from './numbers.ts';

const formats = new Map<string, Intl.NumberFormat>();

function grouped(language: string): Intl.NumberFormat {
  const known = formats.get(language) ?? new Intl.NumberFormat(language === 'en' ? 'en-GB' : 'es-ES', { useGrouping: 'always' });
  formats.set(language, known);
  return known;
}

/** Writes `{{count}}` where it is a number; whatever else a sentence names (a year, a code, a text) stays as it comes. */
export const COUNTS: FormatterModule = {
  type: 'formatter',
  init: () => {},
  add: () => {},
  addCached: () => {},
  format: (value: unknown, _format, language, options) =>
    options?.interpolationkey === 'count' && typeof value === 'number' ? writeNumber(grouped(language ?? 'es'), value) : (value as string),
};
