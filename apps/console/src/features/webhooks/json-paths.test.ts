import { expect, it } from 'vitest';
import { leavesOf, within } from './json-paths.ts';

it('every value has the path that leads to it, of lists the first entry', () => {
  expect(leavesOf({ id: 1, customer: { 'first name': null, tags: ['a', 'b'] }, items: [{ sku: 'x' }, { sku: 'y' }], 'a.b': true })).toEqual(
    [
      { path: 'id', value: '1' },
      { path: 'customer.first name', value: 'null' },
      { path: 'customer.tags[0]', value: 'a' },
      { path: 'items[0].sku', value: 'x' },
      { path: '["a.b"]', value: 'true' },
    ],
  );
  expect(leavesOf([{ id: 1 }])).toEqual([{ path: '[0].id', value: '1' }]);
});

it('within a list a path begins at its entry; from elsewhere it begins at the top', () => {
  expect(within('items[0].sku', 'items')).toBe('sku');
  expect(within('id', 'items')).toBe('$.id');
  expect(within('id', '')).toBe('id');
});
