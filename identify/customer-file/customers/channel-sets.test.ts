// Sets of channels keep their numbers from one scoring to the next: the scores in force carry them.
import { SYSTEM } from '@vinculo/postgres';
import { type TestStores, testStores } from '@vinculo/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { channelSets } from './channel-sets.ts';

let stores: TestStores;
beforeAll(async () => {
  stores = await testStores({ migrations: [{ name: 'customer-file', folder: new URL('../migrations/', import.meta.url) }] });
});
afterAll(() => stores.close());

const numbers = (sets: string[][]) => stores.store.transaction(SYSTEM, (tx) => channelSets(tx, sets));

describe('sets of channels', () => {
  it('have a number each, in the order they are asked for, whatever their names have in them', async () => {
    const odd = ['a,b', 'c"d', '{e}', 'f\\g', 'h\ti', 'NULL', ''];
    const [shop, none, strange, both] = await numbers([['tienda'], [], odd, ['tienda', 'web']]);
    expect(new Set([shop, none, strange, both]).size).toBe(4);
    expect(await numbers([odd, ['tienda', 'web'], [], ['tienda']])).toEqual([strange, both, none, shop]);
  });

  it('keep it beside new ones, and a set asked for twice is one', async () => {
    const [shop] = await numbers([['tienda']]);
    const [again, first, second] = await numbers([['tienda'], ['teléfono'], ['teléfono']]);
    expect(again).toBe(shop);
    expect(first).toBe(second);
    expect(first).not.toBe(shop);
    expect(await numbers([])).toEqual([]);
  });
});
