import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DecimalSign, detectDecimal, normaliseNumber } from './number.ts';

describe('normaliseNumber', () => {
  it.each<[string, DecimalSign | undefined, string]>([
    ['12', undefined, '12'],
    ['-12.50', undefined, '-12.50'],
    ['1.234,56 €', undefined, '1234.56'],
    ['$ 1,234.56', undefined, '1234.56'],
    ['(12,00)', undefined, '-12.00'],
    ['1 234,5-', undefined, '-1234.5'],
    ["1'234.50", undefined, '1234.50'],
    ['1\u00a0234,50', undefined, '1234.50'],
    ['1.234', ',', '1234'],
    ['1.234', '.', '1.234'],
    ['1,234', '.', '1234'],
    ['1,234', ',', '1.234'],
    ['12.50', ',', '12.50'],
    ['1.234.567', undefined, '1234567'],
    ['1.234.567,8', ',', '1234567.8'],
    ['12,34,567', undefined, '1234567'],
    ['1.5e3', undefined, '1500'],
    ['6,00E+08', undefined, '600000000'],
    ['1.5e-3', undefined, '0.0015'],
    ['-0.00', undefined, '0.00'],
    ['007', undefined, '7'],
    [',5', undefined, '0.5'],
    ['15 %', undefined, '15'],
    ['+5', undefined, '5'],
    ['−5', undefined, '-5'],
    ['12345678901234567890.1234', undefined, '12345678901234567890.1234'],
  ])('%s with %s → %s', (input, decimal, text) => {
    expect(normaliseNumber(input, decimal)).toMatchObject({ original: input, text, value: Number(text), valid: true });
  });

  it.each([
    ['12,50 €', 'EUR'],
    ['US$ 3', 'USD'],
    ['COP 5000', 'COP'],
    ['12EUR', 'EUR'],
    ['S/ 12.50', 'PEN'],
    ['$ 3', undefined],
  ])('%s is in %s', (input, currency) => {
    expect(normaliseNumber(input).currency).toBe(currency);
  });

  it.each([
    ['', 'empty'],
    ['€', 'empty'],
    ['abc', 'format'],
    ['1,2,3', 'format'],
    ['1.5.2', 'format'],
    ['--5', 'format'],
    ['1.23,456.7', 'format'],
    ['12 abc', 'format'],
  ])('%j: %s', (input, problem) => {
    expect(normaliseNumber(input)).toMatchObject({ original: input, text: '', valid: false, problem });
  });

  it('a lone comma before three digits is thousands, with a remark', () => {
    expect(normaliseNumber('1,234')).toMatchObject({ text: '1234', valid: true, problem: 'ambiguous-separator' });
  });

  const amounts = fc.tuple(fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }), fc.integer({ min: 0, max: 4 }));

  it('gives back every decimal exactly, however its thousands are written', () => {
    fc.assert(
      fc.property(
        amounts,
        fc.constantFrom<[DecimalSign, string]>([',', '.'], ['.', ','], [',', ' '], ['.', "'"]),
        ([units, places], [decimal, thousands]) => {
          const digits = (units < 0n ? -units : units).toString().padStart(places + 1, '0');
          const whole = digits.slice(0, digits.length - places);
          const fraction = digits.slice(digits.length - places);
          const sign = units < 0n ? '-' : '';
          const written = sign + whole.replace(/\B(?=(\d{3})+$)/g, thousands) + (fraction && decimal + fraction);
          expect(normaliseNumber(written, decimal).text).toBe(sign + whole + (fraction && `.${fraction}`));
        },
      ),
    );
  });

  it('the canonical text reads as itself', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.stringMatching(/^-?[0-9.,]{1,12}(e[0-9])?$/)),
        fc.constantFrom<DecimalSign | undefined>(',', '.', undefined),
        (input, decimal) => {
          const { text, valid } = normaliseNumber(input, decimal);
          if (valid) {
            expect(normaliseNumber(text).text).toBe(text);
            expect(normaliseNumber(text, '.').text).toBe(text);
          }
        },
      ),
      { numRuns: 3000 },
    );
  });

  it('never throws and keeps the original', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (input) => {
        expect(normaliseNumber(input).original).toBe(input);
      }),
    );
  });
});

describe('detectDecimal', () => {
  it.each<[string[], DecimalSign]>([
    [['1.234', '12,50'], ','],
    [['1.234,50 €'], ','],
    [['1,234.50'], '.'],
    [['12,5', '3,25', '1.000'], ','],
    [['12.5', '3'], '.'],
    [['1.234', '5.678'], ','],
    [['1.234.567'], ','],
    [['12'], '.'],
    [[], '.'],
  ])('%j → %s', (samples, decimal) => {
    expect(detectDecimal(samples)).toBe(decimal);
  });
});
