import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { catalogues, type Sentences } from './catalogues.ts';
import { translator } from './translator.ts';

const flat = (sentences: Sentences, path = ''): [string, string][] =>
  Object.entries(sentences).flatMap(([key, value]) =>
    typeof value === 'string' ? [[`${path}${key}`, value] as [string, string]] : flat(value, `${path}${key}.`),
  );
const placeholders = (text: string) => [...text.matchAll(/\{\{-?\s*([\w.]+)[^}]*\}\}/g)].map(([, name]) => name).toSorted();
const namespaces = [...new Set([...Object.keys(catalogues.es), ...Object.keys(catalogues.en)])].toSorted();

describe('catalogues', () => {
  it('are read from disk without a list', () => {
    const files = readdirSync(new URL('./es/', import.meta.url)).map((name) => name.replace('.json', ''));
    expect(Object.keys(catalogues.es).toSorted()).toEqual(files.toSorted());
  });

  describe.each(namespaces)('%s', (namespace) => {
    const es = new Map(flat(catalogues.es[namespace] ?? {}));
    const en = new Map(flat(catalogues.en[namespace] ?? {}));

    it('has the same keys in both languages', () => {
      expect({
        onlySpanish: [...es.keys()].filter((key) => !en.has(key)),
        onlyEnglish: [...en.keys()].filter((key) => !es.has(key)),
      }).toEqual({
        onlySpanish: [],
        onlyEnglish: [],
      });
    });

    it('says the same placeholders in both languages', () => {
      const differing = [...es].filter(([key, text]) => en.has(key) && String(placeholders(text)) !== String(placeholders(en.get(key)!)));
      expect(differing.map(([key]) => key)).toEqual([]);
    });

    it('has no empty sentence', () => {
      expect([...es, ...en].filter(([, text]) => text.trim() === '').map(([key]) => key)).toEqual([]);
    });

    it('leaves no brace open', () => {
      const odd = [...es, ...en].filter(([, text]) => (text.match(/\{\{/g) ?? []).length !== (text.match(/\}\}/g) ?? []).length);
      expect(odd.map(([key]) => key)).toEqual([]);
    });
  });
});

describe('translator', () => {
  it('speaks both languages, with parameters and plurals', () => {
    expect(translator('es')('errors:field.too_short', { minimum: 12 })).toBe('Debe tener al menos 12 caracteres.');
    expect(translator('en')('errors:field.too_short', { minimum: 12 })).toBe('It needs at least 12 characters.');
    expect(translator('es')('errors:request.fields', { count: 1 })).toBe('hay un campo por corregir');
    expect(translator('es')('errors:request.fields', { count: 3 })).toBe('hay 3 campos por corregir');
  });

  it('gives what a person typed as it is: escaping is the template’s affair', () => {
    expect(translator('es')('access:mail.hello', { name: 'Ñusta & Cía <3' })).toContain('Ñusta & Cía <3');
  });
});

describe('a count within a sentence', () => {
  it('is grouped like every other number, in both languages', () => {
    const said = (language: 'es' | 'en', count: number) => translator(language)('profit:costs.falls', { count });
    expect(said('es', 2239)).toContain('2.239 ');
    expect(said('es', 1)).toContain('1 ');
    expect(said('en', 1234567)).toContain('1,234,567 ');
  });

  it('leaves years, codes and texts as they come', () => {
    expect(translator('es')('common:errorCode', { code: 2026 })).toBe('Código 2026');
    expect(translator('es')('common:confirmByTyping', { name: '1234' })).toContain('«1234»');
  });
});
