import { describe, expect, it } from 'vitest';
import { differences, type Stretch } from './differences.ts';

const marked = (stretches: Stretch[]) => stretches.map(({ text, same }) => (same ? text : `[${text}]`)).join('');
const both = (left: string, right: string) => differences(left, right).map(marked);

describe('differences between two values', () => {
  it('marks the letters only one of them has', () => {
    expect(both('Fernández', 'Fernádez')).toEqual(['Ferná[n]dez', 'Fernádez']);
    expect(both('+34612908471', '+34612908741')).toEqual(['+34612908[4]71', '+346129087[4]1']);
    expect(both('1979-03-14', '1979-03-15')).toEqual(['1979-03-1[4]', '1979-03-1[5]']);
  });
  it('takes no notice of case and accents', () => {
    expect(both('GARCÍA', 'Garcia')).toEqual(['GARCÍA', 'Garcia']);
  });
  it('marks all of what has nothing in common, and nothing of what is missing', () => {
    expect(both('Ana', 'xyz')).toEqual(['[Ana]', '[xyz]']);
    expect(both('', '')).toEqual(['', '']);
  });
  it('keeps every letter', () => {
    const [left, right] = ['Calle del Pez 12, 3º B', 'C/ Pez 21'];
    const pieces = differences(left, right).map((stretches) => stretches.map(({ text }) => text).join(''));
    expect(pieces).toEqual([left, right]);
  });
});
