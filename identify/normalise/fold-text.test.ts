import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldText } from './fold-text.ts';

describe('foldText', () => {
  it.each([
    ['García', 'garcia'],
    ['  Muñoz   Peña ', 'munoz pena'],
    ['already folded 12', 'already folded 12'],
    ['trailing ', 'trailing'],
    ["O'Brien-Smith", 'o brien smith'],
    ['Mª', 'ma'],
    ['nº 3', 'no 3'],
    ['Straße', 'strasse'],
    ['Łódź', 'lodz'],
    ['Ｆｕｌｌ', 'full'],
    ['e\u0301', 'e'],
    ['Москва', 'москва'],
    ['…!?', ''],
    ['a\u00a0b\tc\nd', 'a b c d'],
    ['', ''],
  ])('%j → %j', (text, folded) => {
    expect(foldText(text)).toBe(folded);
  });

  it('folding twice is folding once, for any string', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const once = foldText(text);
        expect(foldText(once)).toBe(once);
      }),
      { numRuns: 2000 },
    );
  });

  it('leaves no capital, no double space and no space at an end', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(foldText(text)).toMatch(/^$|^\S+(?: \S+)*$/);
        expect(foldText(text)).not.toMatch(/[A-ZÁÉÍÓÚÑ]/);
      }),
    );
  });
});
