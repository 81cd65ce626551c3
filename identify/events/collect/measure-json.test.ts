import { property } from '@vinculo/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { measureJson } from './measure-json.ts';

const measured = (json: string) => measureJson(Buffer.from(json));

/** The same by the book: parsed, walked, and written out again event by event. */
function byTheBook(value: Record<string, unknown>) {
  const depth = (one: unknown): number =>
    typeof one === 'object' && one !== null ? 1 + Math.max(0, ...Object.values(one).map((inner) => depth(inner))) : 0;
  let [largest, largestAt] = [0, -1];
  for (const list of Object.values(value)) {
    if (!Array.isArray(list)) continue;
    let index = -1;
    for (const one of list) {
      if (typeof one !== 'object' || one === null) continue;
      index++;
      const size = Buffer.byteLength(JSON.stringify(one));
      if (!Array.isArray(one) && size > largest) [largest, largestAt] = [size, index];
    }
  }
  return { depth: depth(value), largest, largestAt };
}

describe('measureJson', () => {
  it.each([
    ['{}', { depth: 1, largest: 0, largestAt: -1 }],
    ['{"batch":[{},{"a":1}]}', { depth: 3, largest: 7, largestAt: 1 }],
    ['{"context":{"page":{"url":"…long…"}},"batch":[ {"a" : 1} ]}', { depth: 3, largest: 9, largestAt: 0 }],
    [String.raw`{"batch":[{"a":"}\"]\\"},{}]}`, { depth: 3, largest: 14, largestAt: 0 }],
    ['{"a":"[[[["}', { depth: 1, largest: 0, largestAt: -1 }],
    ['7', { depth: 0, largest: 0, largestAt: -1 }],
  ])('%s', (json, expected) => {
    expect(measured(json)).toEqual(expected);
  });

  it('agrees with the textbook on any object', () => {
    property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => expect(measured(JSON.stringify(value))).toEqual(byTheBook(value)));
    property(fc.array(fc.dictionary(fc.string(), fc.jsonValue())), (batch) =>
      expect(measured(JSON.stringify({ batch }))).toEqual(byTheBook({ batch })),
    );
  });
});
