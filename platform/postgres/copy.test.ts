import { asyncProperty, names, testStores, type TestStores } from '@vinculo/testing';
import * as fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SYSTEM } from './actor.ts';
import { copyText } from './copy.ts';
import { recordId } from './ids.ts';

let stores: TestStores;
beforeAll(async () => {
  stores = await testStores();
});
afterAll(() => stores.close());

async function* lines(rows: unknown[][]) {
  for (const row of rows) yield `${row.map(copyText).join('\t')}\n`;
}

describe('copyIn', () => {
  it('writes any text as it is', async () => {
    const { store } = stores;
    await sql`create table written (n integer, text text, list text[])`.execute(store.db);
    const text = fc.oneof(
      names(),
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: 'binary-ascii' }).map((s) => s.replaceAll('\0', '')),
    );
    await asyncProperty(fc.array(text, { minLength: 1, maxLength: 20 }), async (texts) => {
      await sql`truncate written`.execute(store.db);
      const count = await store.copyIn(store, 'written', ['n', 'text', 'list'], lines(texts.map((each, n) => [n, each, [each, null]])));
      expect(count).toBe(texts.length);
      const { rows } = await sql<{ text: string; list: string[] }>`select text, list from written order by n`.execute(store.db);
      expect(rows).toEqual(texts.map((each) => ({ text: each, list: [each, null] })));
    });
  });

  it('writes rows as old ones into a table of this very transaction, and refuses to into another', async () => {
    const { store } = stores;
    const seen = async (table: string) => {
      await sql`analyze ${sql.table(table)}`.execute(store.db);
      const { rows } = await sql<{ all: boolean }>`
        select relallvisible > relpages / 3 as all from pg_class where relname = ${table}`.execute(store.db);
      return rows[0]!.all;
    };
    const some = () => lines(Array.from({ length: 5_000 }, (_, n) => [n]));
    for (const [table, fresh] of [
      ['marked', 'fresh'],
      ['unmarked', undefined],
    ] as const)
      await store.transaction(SYSTEM, async (tx) => {
        await sql`create table ${sql.table(table)} (n integer)`.execute(tx);
        expect(await store.copyIn(tx, table, ['n'], some(), fresh)).toBe(5_000);
      });
    expect(await seen('marked')).toBe(true);
    expect(await seen('unmarked')).toBe(false);
    const late = store.transaction(SYSTEM, (tx) => store.copyIn(tx, 'unmarked', ['n'], some(), 'fresh'));
    await expect(late).rejects.toThrow('FREEZE');
  });

  it('writes every kind of value', async () => {
    const { store } = stores;
    await sql`create table kinds (a timestamptz, b jsonb, c bytea, d numeric(18, 4), e boolean, f date, g uuid[], h bigint)`.execute(
      store.db,
    );
    const at = new Date('2024-05-01T10:11:12.345Z');
    const id = recordId('s', 'k');
    const row = [at, { 'a\t"': 'ñ\n' }, Buffer.from([0, 9, 92, 255]), '12.5000', true, '1980-02-29', [id], 5_000_000_000];
    await store.copyIn(store, 'kinds', [...'abcdefgh'], lines([row, row.map(() => null)]));
    const { rows } = await sql<Record<string, unknown>>`select * from kinds`.execute(store.db);
    expect(Object.values(rows[0]!)).toEqual(row);
    expect(new Set(Object.values(rows[1]!))).toEqual(new Set([null]));
  });

  it('belongs to the transaction it is given', async () => {
    const { store } = stores;
    await sql`create table part (n integer)`.execute(store.db);
    const attempt = store.transaction(SYSTEM, async (tx) => {
      await store.copyIn(tx, 'part', ['n'], lines([[1], [2]]));
      expect((await sql`select n from part`.execute(tx)).rows).toHaveLength(2);
      throw new Error('changed my mind');
    });
    await expect(attempt).rejects.toThrow('changed my mind');
    expect((await sql`select n from part`.execute(store.db)).rows).toHaveLength(0);
  });

  it('rejects with what Postgres says, and the connection can be used again', async () => {
    const { store } = stores;
    await expect(store.copyIn(store, 'part', ['n'], lines([['one']]))).rejects.toThrow(/invalid input syntax for type integer/);
    expect(await store.copyIn(store, 'part', ['n'], lines([[1]]))).toBe(1);
  });
});

describe('the id of a source record', () => {
  it('is a UUIDv8 that Postgres computes alike', async () => {
    const { rows } = await sql<{ id: string }>`
      select overlay(overlay(md5('source' || E'\n' || 'Muñoz-1') placing '8' from 13) placing '8' from 17)::uuid as id`.execute(
      stores.store.db,
    );
    expect(recordId('source', 'Muñoz-1')).toBe(rows[0]!.id);
    expect(recordId('source', 'Muñoz-1')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('is computed alike by the warehouse', async () => {
    const rows = await stores.warehouse.rows<{ id: string }>(
      `with lower(hex(MD5(concat({source:String}, '\\n', {key:String})))) as h
       select toUUID(concat(substring(h, 1, 8), '-', substring(h, 9, 4), '-8', substring(h, 14, 3), '-8', substring(h, 18, 3), '-', substring(h, 21))) as id`,
      { source: 'source', key: 'Muñoz-1' },
    );
    expect(rows[0]!.id).toBe(recordId('source', 'Muñoz-1'));
  });
});
