import { existsSync } from 'node:fs';
import { Readable } from 'node:stream';
import { asyncProperty, names, type TestStores } from '@vinculo/testing';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Warehouse } from './warehouse.ts';

const mebibytes = (bytes: number) => bytes / 1024 / 1024;
/** Bytes this process holds outside the engine. */
const held = () => process.memoryUsage().heapUsed + process.memoryUsage().external;
const LONG = 'select sum(sipHash64(number)) as s from numbers(4000000000)';
const ENDLESS = 'select number, sipHash64(number) as hash from numbers(1000000000000)';
const FAILING = `select number, throwIf(number = 400000, 'failed midway') as fails from numbers(500000)`;

async function* brokenFile() {
  yield '1,x\n';
  throw new Error('the file ended early');
}

/**
 * What the warehouse promises, whichever engine is behind it.
 *
 * @param open stores with an empty warehouse of 512 MB.
 */
export function warehouseSuite(open: () => Promise<TestStores>): void {
  let stores: TestStores;
  let warehouse: Warehouse;
  beforeAll(async () => {
    stores = await open();
    warehouse = stores.warehouse;
    await warehouse.command(
      'create table line (a UInt64, b String, at DateTime64(3), amount Decimal(18, 4) default 1.5) engine = MergeTree order by a',
    );
  });
  afterAll(() => stores.close());

  describe('parameters', () => {
    it('bring any text through as it is', async () => {
      const text = fc.oneof(
        names(),
        fc.string({ unit: 'grapheme' }),
        fc.string({ unit: fc.constantFrom("'", '\\', '\n', '\t', '"', '{', 'N', '`') }),
      );
      await asyncProperty(text, fc.array(text), async (one, many) => {
        const sql = 'select {one:String} as one, {many:Array(String)} as many, {none:Nullable(String)} as none';
        expect(await warehouse.rows(sql, { one, many, none: null })).toEqual([{ one, many, none: null }]);
      });
    });

    it('take every kind of value', async () => {
      const id = '3f333df6-90a4-4fda-8dd3-9485d27cee36';
      const at = new Date('2024-05-01T10:11:12.345Z');
      const [row] = await warehouse.rows(
        `select {i:Int64} as i, {f:Float64} as f, {b:Bool} as b, {at:DateTime64(3)} as at, {day:Date} as day, {id:UUID} as id,
              {big:UInt64} as big, {money:Decimal(18, 4)} as money, {ids:Array(UUID)} as ids, {map:Map(String, UInt8)} as map`,
        { i: -5, f: 1e-7, b: true, at, day: '2024-02-29', id, big: 2n ** 53n - 1n, money: '12.3400', ids: [id], map: { ñ: 1 } },
      );
      expect(row).toEqual({
        i: -5,
        f: 1e-7,
        b: true,
        at: '2024-05-01T10:11:12.345Z',
        day: '2024-02-29',
        id,
        big: Number.MAX_SAFE_INTEGER,
        money: 12.34,
        ids: [id],
        map: { ñ: 1 },
      });
    });

    it('may be many', async () => {
      const ids = Array.from({ length: 20_000 }, (_, i) => i);
      expect(await warehouse.rows('select length({ids:Array(UInt32)}) as n', { ids })).toEqual([{ n: 20_000 }]);
    });

    it('are never taken from an earlier query', async () => {
      await warehouse.rows('select {x:String}', { x: 'left over' });
      await expect(warehouse.rows('select {x:String}')).rejects.toThrow(/parameter \{x\}/);
      expect(await warehouse.rows(`select '{x:String}' as text -- {y:String}`)).toEqual([{ text: '{x:String}' }]);
    });
  });

  describe('rows', () => {
    it('go in as objects and come back in the types of JSON', async () => {
      await warehouse.insert('line', [
        { a: 1n, b: "it's", at: new Date('2024-05-01T10:11:12.345Z') },
        { a: 2, b: 'ñ', at: '2024-05-01 10:11:12', amount: '12.3456' },
      ]);
      expect(await warehouse.rows('select * from line where a < 10 order by a;')).toEqual([
        { a: 1, b: "it's", at: '2024-05-01T10:11:12.345Z', amount: 1.5 },
        { a: 2, b: 'ñ', at: '2024-05-01T10:11:12.000Z', amount: 12.3456 },
      ]);
      expect(await warehouse.columns('select a, b from line where a < 10 order by a')).toEqual({ a: [1, 2], b: ["it's", 'ñ'] });
    });

    it('are read in batches without holding them all', async () => {
      const before = process.memoryUsage().rss;
      let [n, sum, peak] = [0, 0, 0];
      for await (const rows of warehouse.stream<{ n: number }>('select number as n from numbers({n:UInt64})', { n: 2_000_000 })) {
        n += rows.length;
        for (const row of rows) sum += row.n;
        peak = Math.max(peak, process.memoryUsage().rss);
      }
      expect([n, sum]).toEqual([2_000_000, 1_999_999_000_000]);
      expect(mebibytes(peak - before)).toBeLessThan(400);
    });

    it('can be written while others are read, from two readers at once', async () => {
      await warehouse.command('create table copied as line');
      const copy = async (from: number) => {
        const source = warehouse.stream<object>('select number as a from numbers({from:UInt64}, 200000)', { from });
        for await (const rows of source) await warehouse.insert('copied', rows);
      };
      await Promise.all([copy(0), copy(200_000), copy(400_000)]);
      expect(await warehouse.rows('select count() as n, uniqExact(a) as different from copied')).toEqual([
        { n: 600_000, different: 600_000 },
      ]);
    });

    it('stop with the reason when the query fails after the first of them', async () => {
      const read = (async () => {
        for await (const rows of warehouse.stream(FAILING)) expect(rows.length).toBeGreaterThan(0);
      })();
      await expect(read).rejects.toThrow(/failed midway/);
    });

    it('stop being read when nobody wants more', async () => {
      for await (const rows of warehouse.stream('select number from numbers(1000000000000)')) {
        expect(rows.length).toBeGreaterThan(0);
        break;
      }
      expect(await warehouse.rows('select 1 as one')).toEqual([{ one: 1 }]);
    });
  });

  /** The whole output of a query in one format. */
  const document = async (sql: string, format: string) => {
    const parts: Buffer[] = [];
    for await (const part of warehouse.bytes(sql, { n: 200_000 }, { format })) parts.push(part);
    return Buffer.concat(parts);
  };

  describe('streams of a format', () => {
    const SOURCE = 'select number + 1000 as a, toString(number) as b from numbers({n:UInt64})';

    it.each(['CSV', 'CSVWithNames', 'TSV', 'TSVWithNames', 'JSONEachRow', 'RowBinary', 'Native', 'Parquet', 'Arrow'])(
      'come out and go in as %s',
      async (format) => {
        await warehouse.command('truncate table line');
        await warehouse.insertStream('line (a, b)', Readable.from([await document(SOURCE, format)]), format);
        const rows = await warehouse.rows('select count() as n, sum(a) as a, uniqExact(b) as b, sum(amount) as amount from line');
        expect(rows).toEqual([{ n: 200_000, a: 20_199_900_000, b: 200_000, amount: 300_000 }]);
      },
    );

    it('are one document, with one header', async () => {
      const text = (await document(SOURCE, 'CSVWithNames')).toString();
      expect(text.startsWith('"a","b"\n1000,"0"\n')).toBe(true);
      expect(text.indexOf('"a"', 1)).toBe(-1);
    });

    it('may be larger than all the memory the warehouse may use', async () => {
      await warehouse.command('create table wide (a UInt64, b String) engine = MergeTree order by a');
      const block = Buffer.from(Array.from({ length: 10_000 }, (_, i) => `${i},"${'x'.repeat(90)}\n${i}"\n`).join(''));
      function* source() {
        for (let i = 0; i < 600; i++) yield block;
      }
      expect(mebibytes(block.length * 600)).toBeGreaterThan(512);
      const before = held();
      let most = 0;
      const watch = setInterval(() => {
        most = Math.max(most, held());
      }, 20);
      await warehouse.insertStream('wide', Readable.from(source()), 'CSV');
      clearInterval(watch);
      expect(await warehouse.rows('select count() as n, uniqExact(b) as b from wide')).toEqual([{ n: 6_000_000, b: 10_000 }]);
      expect(mebibytes(most - before)).toBeLessThan(100);
    });

    it.each(['CSV', 'RowBinary', 'Parquet'])('say so when the query fails after the first rows, as %s', async (format) => {
      await expect(document(FAILING, format)).rejects.toThrow(/failed midway/);
    });

    it('go through a file that is gone afterwards', async () => {
      await warehouse.command('truncate table line');
      let used = '';
      await warehouse.scratch(async (path) => {
        used = path;
        await warehouse.toFile(path, 'select number as a, {text:String} as b from numbers(150000)', { text: "it's" }, { format: 'Native' });
        await warehouse.insertFile('line (a, b)', path, 'Native');
      });
      expect(await warehouse.rows('select count() as n, sum(a) as a, any(b) as b from line')).toEqual([
        { n: 150_000, a: 11_249_925_000, b: "it's" },
      ]);
      expect(existsSync(used)).toBe(false);
      const failing = warehouse.scratch((path) => {
        used = path;
        return warehouse.toFile(path, FAILING, {}, { format: 'RowBinary' });
      });
      await expect(failing).rejects.toThrow(/failed midway/);
      expect(existsSync(used)).toBe(false);
    });

    it('can be told to pass over bad rows', async () => {
      await warehouse.command('truncate table line');
      const bad = Readable.from(['a,b\n1,x\nnot a number,y\n3,z\n']);
      await warehouse.insertStream('line (a, b)', bad, 'CSVWithNames', { input_format_allow_errors_num: 10 });
      expect(await warehouse.columns('select a from line order by a')).toEqual({ a: [1, 3] });
      await expect(warehouse.insertStream('line (a, b)', Readable.from(['z,x\n']), 'CSV')).rejects.toThrow(/Cannot parse/);
    });

    it('fail when their source fails', async () => {
      await expect(warehouse.insertStream('line (a, b)', Readable.from(brokenFile()), 'CSV')).rejects.toThrow('the file ended early');
    });
  });

  describe('bounds', () => {
    it('keep a query within the memory it may use, and say so', async () => {
      await expect(warehouse.rows('select groupArray(number) from numbers(300000000)')).rejects.toMatchObject({
        code: 'VIN_WAREHOUSE_MEMORY',
        params: { limit: 512 },
      });
      expect(await warehouse.rows('select 1 as one')).toEqual([{ one: 1 }]);
    });

    it('let a big aggregation spill to disk instead of failing', async () => {
      const [row] = await warehouse.rows<{ n: number }>(
        'select count() as n from (select number as k, groupArray(number) as g from numbers(15000000) group by k)',
        {},
        { background: true },
      );
      expect(row!.n).toBe(15_000_000);
    });

    it('end with the query: settings of one do not reach the next', async () => {
      const value = `select value from system.settings where name = 'max_threads'`;
      const [before] = await warehouse.rows(value);
      expect(await warehouse.rows(value, {}, { settings: { max_threads: 1 } })).toEqual([{ value: '1' }]);
      expect(await warehouse.rows(value)).toEqual([before]);
      await warehouse.rows('select 1', {}, { settings: { max_memory_usage: 100_000_000 } });
      expect(await warehouse.rows(`select value from system.settings where name = 'max_memory_usage'`)).toEqual([
        { value: String(512 * 1024 * 1024) },
      ]);
    });

    it('do not make a short query wait for long ones', async () => {
      const stop = new AbortController();
      const long = [1, 2, 3].map(() => warehouse.rows(LONG, {}, { background: true, signal: stop.signal }).catch((error: Error) => error));
      await new Promise((resolve) => setTimeout(resolve, 200));
      const started = performance.now();
      await warehouse.rows('select {x:UInt8} as x', { x: 1 });
      expect(performance.now() - started).toBeLessThan(1_000);
      stop.abort(new Error('enough'));
      for (const end of await Promise.all(long)) expect(end).toEqual(new Error('enough'));
    });
  });

  describe('cancelling', () => {
    it('stops the query in the engine', async () => {
      for (const start of [
        (signal: AbortSignal) => warehouse.rows(LONG, {}, { signal }),
        (signal: AbortSignal) => warehouse.command(`insert into line (a) ${LONG}`, {}, { signal }),
        async (signal: AbortSignal) => {
          for await (const _ of warehouse.stream(LONG, {}, { signal })) throw new Error('came to an end');
        },
        async (signal: AbortSignal) => {
          for await (const _ of warehouse.stream(ENDLESS, {}, { signal })) continue;
        },
        async (signal: AbortSignal) => {
          for await (const _ of warehouse.bytes(ENDLESS, {}, { signal, format: 'CSV' })) continue;
        },
      ]) {
        const stop = new AbortController();
        setTimeout(() => stop.abort(new Error('cancelled')), 150);
        const started = performance.now();
        await expect(start(stop.signal)).rejects.toThrow('cancelled');
        expect(performance.now() - started).toBeLessThan(2_000);
      }
      const running = `select query from system.processes where query ilike '%siphash64%' and query not ilike '%system.processes%'`;
      // A read under way ends as soon as a server notices that nobody listens.
      await expect.poll(() => warehouse.rows(running), { timeout: 5_000 }).toEqual([]);
    });

    it('before it begins means it never does', async () => {
      const stop = AbortSignal.abort(new Error('never mind'));
      await expect(warehouse.command('create table never (a UInt8) engine = Memory', {}, { signal: stop })).rejects.toThrow('never mind');
      expect(await warehouse.rows(`exists table never`)).toEqual([{ result: 0 }]);
    });
  });
}
