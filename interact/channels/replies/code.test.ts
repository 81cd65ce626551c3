import { property } from '@vinculo/testing';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkCharacter, looksRight, newCode, printed, readCode } from './code.ts';

const codes = () => fc.constant(0).map(() => newCode());

describe('a code', () => {
  it('has the check character of the standard', () => {
    // The example of ISO/IEC 7064 for MOD 37,36.
    expect(checkCharacter('A12425GABC1234002')).toBe('M');
  });

  it('is read as it is printed, typed small, spaced, or with letters for figures', () => {
    property(codes(), (code) => {
      expect(looksRight(code)).toBe(true);
      for (const typed of [
        printed(code),
        code.toLowerCase(),
        ` ${code.split('').join(' ')} `,
        code.replaceAll('0', 'o').replaceAll('1', 'l'),
        `https://t.example/c/${code}`,
      ])
        expect(readCode(typed)).toBe(code);
    });
  });

  it('with any one character wrong is no code', () => {
    const letter = fc.constantFrom(...'0123456789ABCDEFGHJKMNPQRSTVWXYZ');
    property(codes(), fc.nat(9), letter, (code, at, wrong) => {
      if (code[at] !== wrong) expect(looksRight(code.slice(0, at) + wrong + code.slice(at + 1))).toBe(false);
    });
  });

  it('is not another when thousands are made', () => {
    expect(new Set(Array.from({ length: 20_000 }, newCode)).size).toBe(20_000);
  });
});
