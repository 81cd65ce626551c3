import { describe, expect, it } from 'vitest';
import { isKnown } from './period.ts';

describe('the time before', () => {
  const before = { beforeFrom: '2009-12-10', beforeTo: '2010-12-09' };

  it('is compared with when purchases are known of it, or begin as late as quiet times last', () => {
    expect(isKnown(before, { first: '2009-12-10', quiet: 3 })).toBe(true);
    // A tenth of a year late is a late beginning; nine months are a file that begins later.
    expect(isKnown(before, { first: '2010-01-10', quiet: 3 })).toBe(true);
    expect(isKnown(before, { first: '2010-12-01', quiet: 3 })).toBe(false);
    // A shop that sells once or twice a year: the quiet time may have begun before.
    expect(isKnown(before, { first: '2010-08-01', quiet: 250 })).toBe(true);
    expect(isKnown(before, { first: '2010-12-10', quiet: 400 })).toBe(false);
  });
});
