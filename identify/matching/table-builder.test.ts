import fc from 'fast-check';
import { expect, it } from 'vitest';
import { tableBuilder } from './table-builder.ts';
import { fold, intern, tableOf } from './table.ts';

const texts = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom(...' \t\u00a0aZñÑáÀÿßÆ×÷ºª·oe\u0301\u0000İΣ日😀') }),
  fc.constantFrom('', 'José', ' MUÑOZ  Gil ', 'Peña', 'Peña', 'a'.repeat(300)),
);

it('folds and interns like tableOf, from strings, from bytes and column by column', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(texts, texts), { maxLength: 40 }), (rows) => {
      const wanted = { a: intern(rows.map(([a]) => fold(a))), b: intern(rows.map(([, b]) => fold(b))) };
      const [strings, bytes, columns] = [tableBuilder(['a', 'b']), tableBuilder(['a', 'b']), tableBuilder(['a', 'b'])];
      for (const [a, b] of rows) {
        strings.push([a, b]);
        const [x, y] = [Buffer.from(a), Buffer.from(b)];
        bytes.pushBytes(Buffer.concat([Buffer.from('#'), x, Buffer.from(','), y]), [
          1,
          1 + x.length,
          2 + x.length,
          2 + x.length + y.length,
        ]);
      }
      columns.pushColumns([rows.map(([a]) => a), rows.map(([, b]) => b)]);
      for (const builder of [strings, bytes, columns]) {
        expect(builder.rows).toBe(rows.length);
        const table = builder.finish();
        expect(table.rows).toBe(rows.length);
        expect(plain(table.columns)).toEqual(plain(wanted));
      }
    }),
    { numRuns: 300 },
  );
});

it('takes what is not there as missing', () => {
  const builder = tableBuilder(['a', 'b', 'c']);
  builder.push(['x', null]);
  builder.push(['X', undefined, 'y']);
  const { columns } = builder.finish();
  expect(plain(columns)).toEqual(
    plain(
      tableOf([
        { a: 'x', b: null, c: '' },
        { a: 'x', c: 'y' },
      ]).columns,
    ),
  );
});

it('grows to many distinct values', () => {
  const builder = tableBuilder(['n']);
  for (let n = 0; n < 50_000; n++) builder.push([`N ${n % 20_000}`]);
  const { n } = builder.finish().columns;
  expect(n!.values).toHaveLength(20_001);
  for (let row = 0; row < 50_000; row += 997) expect(n!.values[n!.codes[row]!]).toBe(`n ${row % 20_000}`);
});

it('refuses columns of different lengths', () => {
  expect(() => tableBuilder(['a', 'b']).pushColumns([['x'], []])).toThrow(RangeError);
});

function plain(columns: Record<string, { codes: Uint32Array; values: string[] }>) {
  return Object.fromEntries(Object.entries(columns).map(([name, { codes, values }]) => [name, { codes: [...codes], values }]));
}
