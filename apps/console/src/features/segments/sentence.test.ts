import { translator } from '@vinculo/languages';
import { describe, expect, it } from 'vitest';
import { createFormat } from '../../ui/format.ts';
import type { Condition, Rule, RuleCatalogue, RuleNode } from './rule-shapes.ts';
import { ruleSentence, type Words } from './sentence.ts';

const field = (id: string, kind: RuleCatalogue['fields'][number]['kind']) => ({
  id,
  group: 'profile' as const,
  kind,
  operators: [],
  choices: null,
  choicesAs: '',
  labelled: false,
});
const measure = (id: string, kind: 'number' | 'money' | 'date') => ({ id, kind, operators: [] });
const catalogue: RuleCatalogue = {
  version: 1,
  fields: [
    field('province', 'text'),
    field('age', 'number'),
    field('has_email', 'flag'),
    field('score.revenue', 'money'),
    field('first_seen', 'date'),
  ],
  facts: [{ id: 'purchase', by: [], measures: [measure('times', 'number'), measure('amount', 'money'), measure('last', 'date')] }],
};
const words = (language: 'es' | 'en'): Words => ({
  t: translator(language) as Words['t'],
  format: createFormat(language === 'es' ? 'es-ES' : 'en-GB', 'Europe/Madrid', 'EUR'),
  catalogue,
  label: (_, value) => value,
  segmentName: () => 'Cafeteros',
});
const say = (language: 'es' | 'en', match: 'all' | 'any' | 'none', ...of: RuleNode[]) =>
  ruleSentence({ version: 1, where: { kind: 'group', match, of } } satisfies Rule, words(language)).replaceAll('\u00A0', ' ');

const madrid: Condition = { kind: 'field', field: 'province', op: 'in', value: ['Madrid', 'Toledo'] };
const coffee: Condition = {
  kind: 'fact',
  fact: 'purchase',
  which: [{ by: 'category', is: ['Café'] }],
  period: { last: 90, unit: 'day' },
  measure: 'times',
  op: 'gte',
  value: 2,
};
const spent: Condition = {
  kind: 'fact',
  fact: 'purchase',
  which: [{ by: 'category', is: ['Café'] }],
  measure: 'amount',
  op: 'between',
  value: [100, 200],
};

describe('a rule in words', () => {
  it('reads as a sentence in both languages', () => {
    expect(say('es', 'all', madrid, coffee)).toBe(
      'Clientes que viven en Madrid o Toledo y que compraron Café al menos 2 veces en los últimos 90 días.',
    );
    expect(say('en', 'all', madrid, coffee)).toBe(
      'Customers who live in Madrid or Toledo and who bought Café at least 2 times in the last 90 days.',
    );
    expect(say('es', 'any', spent)).toBe('Clientes que gastaron entre 100 € y 200 € en Café.');
  });

  it('says never, nothing known, other segments, ages and days', () => {
    expect(say('es', 'all', { ...coffee, op: 'eq', value: 0 })).toBe('Clientes que no compraron nunca Café en los últimos 90 días.');
    expect(say('es', 'all', { kind: 'fact', fact: 'purchase', measure: 'last', op: 'not_in_last', value: { last: 1, unit: 'year' } })).toBe(
      'Clientes que compraron por última vez hace más de 1 año.',
    );
    expect(say('es', 'all', { kind: 'field', field: 'age', op: 'between', value: [20, 40] })).toBe(
      'Clientes que tienen entre 20 y 40 años.',
    );
    expect(say('es', 'all', { kind: 'segment', segment: 'x', in: false })).toBe('Clientes que no están en «Cafeteros».');
    expect(say('es', 'all', { kind: 'field', field: 'score.revenue', op: 'unknown' })).toBe('Clientes que no tienen dato de ingresos.');
    expect(say('es', 'all', { kind: 'field', field: 'first_seen', op: 'after', value: '2026-03-01' })).toBe(
      'Clientes que se dieron de alta desde el 1 mar 2026.',
    );
  });

  it('puts groups into brackets and says what is not finished', () => {
    const inner: RuleNode = { kind: 'group', match: 'any', of: [madrid, { kind: 'field', field: 'has_email', op: 'no' }] };
    expect(say('es', 'all', coffee, inner)).toBe(
      'Clientes que compraron Café al menos 2 veces en los últimos 90 días y (que viven en Madrid o Toledo o que no tienen correo electrónico).',
    );
    expect(say('es', 'all', { kind: 'field', field: 'province', op: 'in' })).toBe('Clientes que … (provincia, sin terminar).');
    expect(say('es', 'all')).toBe('Todos los clientes');
  });
});
