import { property } from '@vinculo/testing';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { amountText, divided, readAmount, shares, times, type Units } from './amount.ts';

describe('an amount', () => {
  it.each([
    [19.99, '19.99'],
    [0.1 + 0.2, '0.3'],
    ['1234.50', '1234.5'],
    ['19,99', '19.99'],
    ['-3', '-3'],
    [0, '0'],
    ['0.00005', '0.0001'],
    ['0.00004', '0'],
    [99_999_999_999_999, '99999999999999'],
  ])('%s is %s', (written, text) => {
    expect(amountText(readAmount(written)!)).toBe(text);
  });

  it.each(['gratis', '1,234', '1.234,50', '12 €', true, {}, Number.POSITIVE_INFINITY, 1e15])('%s is no number', (written) => {
    expect(readAmount(written)).toBeNull();
  });

  it.each([undefined, null, ''])('%s is no value', (written) => {
    expect(readAmount(written)).toBeUndefined();
  });

  it('reads what it writes', () => {
    property(fc.bigInt({ min: -(10n ** 17n), max: 10n ** 17n }), (units) => expect(readAmount(amountText(units))).toBe(units));
  });
});

describe('parts of a whole', () => {
  it('add up to it, whatever the weights, and differ from their share by less than what they are rounded to', () => {
    const weights = fc.array(fc.bigInt({ min: 0n, max: 10_000_000n }), { minLength: 1, maxLength: 12 });
    property(fc.bigInt({ min: 0n, max: 100_000_000n }), weights, (whole: Units, by: Units[]) => {
      const parts = shares(whole, by);
      const sum = (list: Units[]) => list.reduce((total, one) => total + one, 0n);
      expect(sum(parts)).toBe(whole);
      if (sum(by) === 0n) return;
      for (const [n, part] of parts.entries()) {
        const off = part - divided(whole * by[n]!, sum(by));
        expect(off < 0n ? -off : off).toBeLessThanOrEqual(100n * BigInt(by.length));
      }
    });
  });

  it('two at a third of ten are 3.33 and 6.67', () => {
    expect(shares(100_000n, [1n, 2n]).map(amountText)).toEqual(['3.33', '6.67']);
  });
});

it('prices times quantities', () => {
  expect(amountText(times(readAmount('19.99')!, readAmount(3)!))).toBe('59.97');
});
