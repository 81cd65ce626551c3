import { describe, expect, it } from 'vitest';
import { givenNameRoot } from './hypocoristics.ts';

describe('givenNameRoot', () => {
  it.each([
    ['pepe', 'jose'],
    ['paco', 'francisco'],
    ['lola', 'dolores'],
    ['conchi', 'concepcion'],
    ['nacho', 'ignacio'],
    ['charo', 'rosario'],
    ['toni', 'antonio'],
    ['quique', 'enrique'],
    ['merche', 'mercedes'],
    ['xavi', 'javier'],
    ['jordi', 'jorge'],
    ['bob', 'roberto'],
    ['bill', 'guillermo'],
    ['liz', 'isabel'],
    ['juanma', 'juan manuel'],
    ['mari carmen', 'maria carmen'],
    ['maricarmen', 'maria carmen'],
    ['chema', 'jose maria'],
    ['jose luis', 'jose luis'],
    ['zorx', 'zorx'],
    ['', ''],
  ])('%s → %s', (key, root) => {
    expect(givenNameRoot(key)).toBe(root);
  });

  it('a root is its own root', () => {
    for (const name of ['jose', 'maria', 'antonio', 'lola', 'kike', 'toñi', 'chus', 'maite']) {
      expect(givenNameRoot(givenNameRoot(name))).toBe(givenNameRoot(name));
    }
  });
});
