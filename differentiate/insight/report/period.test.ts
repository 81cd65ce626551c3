import { describe, expect, it } from 'vitest';
import { periodOf } from './period.ts';

/** What the warehouse says of the days with purchases. */
const known = (days: { first: string; last: string; quiet: number }) => ({ rows: async <T>() => [{ ...days, n: 10 }] as T[] });

describe('the time before', () => {
  it('is compared with when purchases are known of it, or begin as late as quiet times last', async () => {
    const of = async (first: string, quiet: number) =>
      (await periodOf(known({ first, last: '2011-12-09', quiet }), { against: 'before' })).comparable;
    expect(await of('2009-12-10', 3)).toBe(true);
    // A tenth of a year late is a late beginning; nine months are a file that begins later.
    expect(await of('2010-01-10', 3)).toBe(true);
    expect(await of('2010-12-01', 3)).toBe(false);
    // A shop that sells once or twice a year: the quiet time may have begun before.
    expect(await of('2010-08-01', 250)).toBe(true);
    expect(await of('2010-12-10', 400)).toBe(false);
  });
});
