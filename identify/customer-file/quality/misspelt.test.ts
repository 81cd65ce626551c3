import { describe, expect, it } from 'vitest';
import { misspelt, oneSlip } from './misspelt.ts';

describe('one slip of the pen', () => {
  it.each([
    ['gmail.com', 'gmial.com', true],
    ['gmail.com', 'gmai.com', true],
    ['gmail.com', 'gmaill.com', true],
    ['gmail.com', 'gmsil.com', true],
    ['gmail.com', 'gmail.com', false],
    ['gmail.com', 'ymail.co', false],
    ['madrid', 'madird', true],
    ['aab', 'aba', true],
    ['aaaa', 'aaa', true],
    ['abcd', 'badc', false],
  ])('%s and %s: %s', (a, b, slip) => {
    expect(oneSlip(a, b)).toBe(slip);
    expect(oneSlip(b, a)).toBe(slip);
  });
});

describe('misspelt words', () => {
  it('are rare and near a common one', () => {
    const words = [
      { word: 'gmail.com', records: 5000 },
      { word: 'ymail.com', records: 900 },
      { word: 'gmial.com', records: 12 },
      { word: 'empresa.example', records: 3 },
    ];
    expect(misspelt(words)).toEqual([{ word: 'gmial.com', records: 12, right: 'gmail.com' }]);
  });

  it('are none where the rare one is a mail domain of its own', () =>
    expect(
      misspelt([
        { word: '@gmail.com', records: 5000 },
        { word: '@ymail.com', records: 4 },
        { word: '@mail.com', records: 3 },
      ]),
    ).toEqual([]));

  it('are none where both are as common', () =>
    expect(
      misspelt([
        { word: 'lerida', records: 10 },
        { word: 'merida', records: 12 },
      ]),
    ).toEqual([]));
});
