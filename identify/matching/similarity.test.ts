import { assert, constantFrom, integer, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byTheBook, editDistance } from './edit-distance.ts';
import { jaroByTheBook, jaroWinkler } from './jaro-winkler.ts';
import { phoneticKey } from './phonetic.ts';

const words = () => string({ unit: constantFrom(...'abcde'), maxLength: 40 });

describe('edit distance', () => {
  it.each([
    ['garcia', 'garcia', 0],
    ['garcia', 'gracia', 1],
    ['garcia', 'grcia', 1],
    ['munoz', 'muñoz', 1],
    ['', 'paz', 3],
    ['martinez', 'martin', 2],
  ])('%s → %s is %i', (a, b, distance) => {
    expect(editDistance(a, b, 5)).toBe(distance);
  });

  it('agrees with the textbook on any two words, up to any limit', () => {
    assert(
      property(words(), words(), integer({ min: 0, max: 8 }), (a, b, limit) => {
        expect(editDistance(a, b, limit)).toBe(byTheBook(a, b, limit));
      }),
      { numRuns: 2000 },
    );
  });
});

describe('Jaro–Winkler', () => {
  it.each([
    ['martha', 'marhta', 0.9611],
    ['dixon', 'dicksonx', 0.8133],
    ['dwayne', 'duane', 0.84],
    ['ana', 'ana', 1],
    ['ana', '', 0],
    ['abc', 'xyz', 0],
  ])('%s and %s: %f', (a, b, similarity) => {
    expect(jaroWinkler(a, b)).toBeCloseTo(similarity, 3);
  });

  it('is symmetric, between 0 and 1, and agrees with the definition', () => {
    assert(
      property(words(), words(), (a, b) => {
        const found = jaroWinkler(a, b);
        expect(found).toBe(jaroWinkler(b, a));
        expect(found).toBeGreaterThanOrEqual(0);
        expect(found).toBeLessThanOrEqual(1);
        const [first, second] = a.length < b.length || (a.length === b.length && a < b) ? [a, b] : [b, a];
        if (a !== b && a !== '' && b !== '') expect(found).toBeGreaterThanOrEqual(jaroByTheBook(first, second) - 1e-12);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('phonetic key', () => {
  it.each([
    ['gimenez', 'jimenez'],
    ['vazquez', 'basques'],
    ['llorente', 'yorente'],
    ['hernandez', 'ernandes'],
    ['quiroga', 'kiroga'],
    ['echevarria', 'echebarria'],
  ])('%s sounds like %s', (a, b) => {
    expect(phoneticKey(a)).toBe(phoneticKey(b));
  });

  it('tells garcia from gomez', () => {
    expect(phoneticKey('garcia')).not.toBe(phoneticKey('gomez'));
  });
});
