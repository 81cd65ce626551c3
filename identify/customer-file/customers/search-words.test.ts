import { describe, expect, it } from 'vitest';
import { wordsOf } from './search-words.ts';

describe('the words of a search', () => {
  it.each([
    ['García  López', ['garcia', 'lopez']],
    ['Maria.Lopez@Gmail.com', ['maria.lopez@gmail.com']],
    ['612 34 56 78', ['612345678']],
    ['+34 612-345-678', ['34612345678']],
    ['0034612345678', ['34612345678']],
    ['12.345.678-Z', ['12345678z']],
    ['   ', []],
  ])('of «%s» are %j', (typed, words) => expect(wordsOf(typed)).toEqual(words));

  it('are few, however long the text', () => expect(wordsOf('uno dos tres cuatro cinco seis siete ocho')).toHaveLength(6));
});
