// Rows in Native, out of the real engine and into it.
import { Readable } from 'node:stream';
import { testStores, type TestStores } from '@vinculo/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nativeBlock, nativeBlocks, type NativeColumn, nativeEnum } from './native.ts';

let stores: TestStores;
beforeAll(async () => {
  stores = await testStores();
});
afterAll(() => stores.close());

const SOURCE = `
  select toUInt8(number % 200), toUInt16(number % 60000), toDate('2026-01-01') + number % 900, toUInt32(number * 3), toFloat32(number / 4),
         number / 3, toUUID('00000000-0000-0001-0000-000000000002')
    from numbers({n:UInt32}) where number != 5`;

describe('reading', () => {
  it.each([7, 65_000, 1_000_000])('takes pieces of any length: %i bytes', async (length) => {
    const rows: number[][] = [];
    let ids: NativeColumn | undefined;
    const add = nativeBlocks((count, columns) => {
      for (let i = 0; i < count; i++) rows.push(columns.slice(0, 6).map((column) => column[i]!));
      ids = columns[6];
    });
    const n = length === 7 ? 300 : 100_000;
    for await (const bytes of stores.warehouse.bytes(SOURCE, { n }, { format: 'Native' }))
      for (let at = 0; at < bytes.length; at += length) add(bytes.subarray(at, at + length));
    expect(rows).toHaveLength(n - 1);
    expect(rows[4]).toEqual([4, 4, 20_454 + 4, 12, 1, 4 / 3]);
    expect(rows.at(-1)).toEqual([(n - 1) % 200, (n - 1) % 60_000, 20_454 + ((n - 1) % 900), (n - 1) * 3, (n - 1) / 4, (n - 1) / 3]);
    expect([...ids!.subarray(0, 16)]).toEqual([1, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0]);
  });

  it('refuses a column whose width it cannot know', async () => {
    const add = nativeBlocks(() => {});
    const read = async () => {
      for await (const bytes of stores.warehouse.bytes(`select 'text'`, {}, { format: 'Native' })) add(bytes);
    };
    await expect(read()).rejects.toThrow('String has no fixed width');
  });
});

describe('writing', () => {
  it('fills a table, each column cast to its own type', async () => {
    const { warehouse } = stores;
    await warehouse.command(
      'create table native (id UUID, name LowCardinality(String), at DateTime, days Array(Date), note String, value Float64) engine = MergeTree order by id',
    );
    const blocks = [0, 200].map((from) =>
      nativeBlock(200, [
        ['id', 'UUID', Uint8Array.from({ length: 3200 }, (_, i) => (i % 16 === 0 ? (from + i / 16) % 256 : 0))],
        ['name', nativeEnum(["it's", 'back\\slash', 'ñ']), Uint8Array.from({ length: 200 }, (_, i) => i % 3)],
        ['at', 'UInt32', new Uint32Array(200).fill(1_700_000_000)],
        // One day for each row: where each list ends, then the days.
        [
          'days',
          'Array(Date)',
          Buffer.concat([BigUint64Array.from({ length: 200 }, (_, i) => BigInt(i + 1)), new Uint16Array(200).fill(from)].map(bytesOf)),
        ],
        ['note', 'String', Buffer.from('\u0002hi'.repeat(200))],
        ['value', 'Float64', Float64Array.from({ length: 200 }, (_, i) => i / 3)],
      ]),
    );
    await warehouse.insertStream('native', Readable.from(blocks), 'Native');
    const found = await warehouse.rows(
      `select name, count() as n, any(at) as at, arraySort(groupUniqArrayArray(days)) as days, any(note) as note, round(sum(value)) as value
         from native group by name order by name`,
    );
    const same = { at: '2023-11-14T22:13:20Z', days: ['1970-01-01', '1970-07-20'], note: 'hi' };
    expect(found).toEqual([
      { name: 'back\\slash', n: 134, ...same, value: 4467 },
      { name: "it's", n: 134, ...same, value: 4422 },
      { name: 'ñ', n: 132, ...same, value: 4378 },
    ]);
  });
});

const bytesOf = ({ buffer, byteOffset, byteLength }: BigUint64Array | Uint16Array) => new Uint8Array(buffer, byteOffset, byteLength);
