// Rows in Native, out of the real engine and into it.
import { closeSync, openSync, truncateSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { testStores, type TestStores } from '@vinculo/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nativeEnum, readNative, writeNative } from './native.ts';

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
  const read = async (sql: string, { n = 0, cut = 0 } = {}) => {
    const rows: number[][] = [];
    let ids: number[] = [];
    await stores.warehouse.scratch(async (path) => {
      await stores.warehouse.toFile(path, sql, { n }, { format: 'Native' });
      if (cut > 0) truncateSync(path, (await stat(path)).size - cut);
      readNative(path, (count, columns) => {
        for (let i = 0; i < count; i++) rows.push(columns.slice(0, 6).map((column) => column[i]!));
        ids = [...columns[6]!.subarray(0, 16)];
      });
    });
    return { rows, ids };
  };

  it.each([1, 300, 200_000])('brings every row of %i, in order', async (n) => {
    const { rows, ids } = await read(SOURCE, { n });
    expect(rows).toHaveLength(n > 5 ? n - 1 : n);
    const last = n - 1;
    expect(rows.at(-1)).toEqual([last % 200, last % 60_000, 20_454 + (last % 900), last * 3, last / 4, last / 3]);
    for (const row of rows) expect(row[5]).toBe(row[3]! / 9);
    expect(ids).toEqual([1, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0]);
  });

  it('of nothing is nothing', async () => {
    expect((await read(SOURCE)).rows).toEqual([]);
  });

  it('refuses a column whose width it cannot know', async () => {
    await expect(read(`select 'text' where {n:UInt32} = 0`)).rejects.toThrow('String has no fixed width');
  });

  it.each([1, 5, 3_000])('says when the file ends %i bytes early', async (cut) => {
    await expect(read(SOURCE, { n: 300, cut })).rejects.toThrow('The file ends within a block');
  });
});

describe('writing', () => {
  it('fills a table, each column cast to its own type', async () => {
    const { warehouse } = stores;
    await warehouse.command(
      'create table native (id UUID, name LowCardinality(String), at DateTime, days Array(Date), note String, value Float64) engine = MergeTree order by id',
    );
    const write = (file: number, from: number) =>
      writeNative(file, 200, [
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
      ]);
    await warehouse.scratch(async (path) => {
      const file = openSync(path, 'wx');
      for (const from of [0, 200]) write(file, from);
      closeSync(file);
      await warehouse.insertFile('native', path, 'Native');
    });
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
