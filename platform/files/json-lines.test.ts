import { describe, expect, it } from 'vitest';
import { jsonCells } from './json-lines.ts';

const cells = (value: unknown) => Object.fromEntries(jsonCells(JSON.stringify(value)) ?? []);

describe('jsonCells', () => {
  it('flattens objects and joins lists', () => {
    expect(cells({ id: 7, name: { first: 'Ana', last: null }, tags: ['a', 'b', null], active: true, none: [] })).toEqual({
      id: '7',
      'name.first': 'Ana',
      'name.last': '',
      tags: 'a, b',
      active: 'true',
      none: '',
    });
  });

  it('lays objects of a list side by side and numbers what comes again', () => {
    const phones = [{ number: '600', kind: 'mobile' }, { number: '910' }, { extension: '4' }];
    expect(cells({ phones })).toEqual({
      'phones.number': '600',
      'phones.kind': 'mobile',
      'phones.number.2': '910',
      'phones.extension': '4',
    });
  });

  it.each(['', '7', 'null', '[1]', '{"a":', '"text"'])('is undefined for %j', (line) => {
    expect(jsonCells(line)).toBeUndefined();
  });
});
