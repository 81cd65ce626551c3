import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { phoneticKey } from './phonetic-key.ts';

describe('phoneticKey', () => {
  it.each([
    ['Vázquez', 'Basquez'],
    ['Jiménez', 'Giménez'],
    ['Jiménez', 'Ximénez'],
    ['Llorente', 'Yorente'],
    ['Hernández', 'Ernandes'],
    ['Cebrián', 'Zebrián'],
    ['Quiroga', 'Kiroga'],
    ['Guerra', 'Gerra'.replace('Ge', 'Gue')],
    ['Rosselló', 'Roselló'],
    ['Reina', 'Reyna'],
    ['Yáñez', 'Iáñez'],
    ['Wagner', 'Vagner'],
    ['Campos', 'Canpos'],
    ['San Martín', 'Sanmartín'],
    ['Etxeberria', 'Echeverría'],
    ['Phelipe', 'Felipe'],
    ['Gonzáles', 'González'],
  ])('%s sounds like %s', (a, b) => {
    expect(phoneticKey(a)).toBe(phoneticKey(b));
  });

  it.each([
    ['García', 'Garza'],
    ['Pérez', 'Peláez'],
    ['Guerra', 'Sierra'],
    ['Chacón', 'Cacón'],
    ['Moreno', 'Merino'],
  ])('%s does not sound like %s', (a, b) => {
    expect(phoneticKey(a)).not.toBe(phoneticKey(b));
  });

  it('never throws and holds no space', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(phoneticKey(text)).not.toContain(' ');
      }),
    );
  });
});
