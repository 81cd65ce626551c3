import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readWords, wordsOf, writeWords } from './url-words.ts';

describe('the URL of a screen', () => {
  const read = readWords(
    z.object({
      group: z.enum(['loyal', 'new']).optional(),
      decile: z.coerce.number().int().min(1).max(10).optional(),
      search: z.string().optional(),
    }),
  );

  it('says words and is read back', () => {
    const words = { group: 'loyal', decile: 2, search: 'José & Cía, 50 %' };
    expect(read(wordsOf(writeWords(words)))).toEqual(words);
  });

  it('leaves out what says nothing', () => expect(writeWords({ group: undefined, search: '', decile: 1 })).toBe('?decile=1'));

  it('forgets a wrong value and keeps the others', () => {
    expect(read({ group: 'loyal', decile: '99' })).toEqual({ group: 'loyal' });
    expect(read({ group: 'best', decile: '3', other: 'x' })).toEqual({ decile: 3 });
  });

  it('does so over the words as they came, which the router keeps below', () => {
    const came = { group: 'best', decile: 'x', search: 'ana' };
    expect({ ...came, ...read(came) }).toEqual({ search: 'ana' });
  });

  it('keeps a telephone number as it was typed', () => expect(read(wordsOf('?search=0612345678')).search).toBe('0612345678'));
});
