import { describe, expect, it } from 'vitest';
import { findConditions } from './find-conditions.ts';

const GROUPS = [
  { group: 'Compras', items: [{ value: 'fact purchase times', label: 'Compró, veces' }] },
  {
    group: 'Perfil',
    items: [
      { value: 'field province', label: 'Provincia' },
      { value: 'field city', label: 'Población' },
      { value: 'field has_email', label: 'Correo electrónico' },
    ],
  },
];
const SAID: Record<string, string> = {
  'fact purchase times': 'compraron {{what}} {{compare}} veces por correo {{period}}',
  'field province': 'viven en {{values}}',
  'field city': 'viven en {{values}}',
};
const found = (typed: string) =>
  findConditions(GROUPS, typed, (value) => SAID[value] ?? '').flatMap(({ items }) => items.map(({ value }) => value));

describe('a condition', () => {
  it('is found by the words of the sentence it becomes, as the field proposes them', () => {
    expect(found('vive en')).toEqual(['field province', 'field city']);
    expect(found('compraron')).toEqual(['fact purchase times']);
  });

  it('is found without accents, by beginnings, in any order', () => {
    expect(found('poblacion')).toEqual(['field city']);
    expect(found('veces compr')).toEqual(['fact purchase times']);
    expect(found('')).toHaveLength(4);
  });

  it('by its name first: what only the sentence says comes when no name fits', () => {
    expect(found('correo')).toEqual(['field has_email']);
    expect(found('values')).toEqual([]);
    expect(found('nada')).toEqual([]);
  });
});
