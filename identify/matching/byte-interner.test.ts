import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byteInterner } from './byte-interner.ts';

describe('byteInterner', () => {
  it('keeps every value, gives equal values one code and the empty value code 0', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 6, unit: 'grapheme' }), { maxLength: 400 }), (values) => {
        const interner = byteInterner();
        for (const value of values) {
          const bytes = Buffer.from(value);
          interner.add(bytes, 0, bytes.length);
        }
        const column = interner.finish();
        expect(Array.from(column.codes, (code) => column.values[code])).toEqual(values.map((value) => Buffer.from(value).toString()));
        expect(new Set(column.values).size).toBe(column.values.length);
        expect(column.values[0]).toBe('');
      }),
    );
  });

  it('grows past its first table', () => {
    const interner = byteInterner();
    for (let i = 0; i < 20_000; i++) {
      const bytes = Buffer.from(String(i % 12_000));
      interner.add(bytes, 0, bytes.length);
    }
    const column = interner.finish();
    expect(column.values).toHaveLength(12_001);
    expect(column.values[column.codes[19_999]!]).toBe('7999');
  });
});
