import { parse } from 'csv-parse/sync';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eachRecord, readCells } from './read-cells.ts';
import { splitRecords } from './split-records.ts';

async function rows(file: Buffer, { delimiter = ';', quote = '"', blockBytes = 64, pieces = 7 } = {}) {
  async function* source() {
    for (let i = 0; i < file.length; i += pieces) yield file.subarray(i, i + pieces);
  }
  const read: (string[] | undefined)[] = [];
  let bytes = 0;
  for await (const block of splitRecords(source(), { delimiter, quote, blockBytes })) {
    expect(block.firstRecord).toBe(read.length);
    bytes += block.bytes.length;
    expect(block.endByte).toBe(bytes);
    eachRecord(block, 'utf-8', (text) => read.push(readCells(text, delimiter, quote)));
  }
  expect(bytes).toBe(file.length);
  return read;
}

const quoted = (value: string) => (/[";\n\r]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
const text = (lines: string[]) => Buffer.from(lines.join('\n'));

describe('splitRecords', () => {
  it('reads the same rows as csv-parse, whatever the values and wherever the stream is cut', async () => {
    const cell = fc.string({ unit: fc.constantFrom('a', 'ñ', ' ', '"', ';', '\n', '\r', "'", '€'), maxLength: 6 });
    const table = fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 12 });
    const lineEnd = fc.constantFrom('\n', '\r\n');
    await fc.assert(
      fc.asyncProperty(table, lineEnd, fc.integer({ min: 1, max: 20 }), async (values, end, pieces) => {
        const file = Buffer.from(values.map((row) => row.map(quoted).join(';') + end).join(''));
        expect(await rows(file, { pieces, blockBytes: 16 })).toEqual(parse(file, { delimiter: ';', recordDelimiter: end }));
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ['junk after the closing quote', 'a;"Calle "Mayor" 3";c'],
    ['a quote never closed', 'a;"Calle Mayor;c'],
  ])('%s costs one line, not its neighbours', async (_, bad) => {
    expect(await rows(text(['x;"y";z', bad, '1;"dos";3', '4;"5\n5";6']))).toEqual([
      ['x', 'y', 'z'],
      undefined,
      ['1', 'dos', '3'],
      ['4', '5\n5', '6'],
    ]);
  });

  it('gives up on a quote after a quarter of a megabyte and reads on from the next line', async () => {
    const good = Array.from({ length: 20_000 }, (_, i) => `${i};valor ${i};fin`);
    const read = await rows(text(['a;"b;c', ...good]), { blockBytes: 1 << 16, pieces: 9_999 });
    expect(read.length).toBe(good.length + 1);
    expect(read[0]).toBeUndefined();
    expect(read.at(-1)).toEqual(['19999', 'valor 19999', 'fin']);
  });

  it('with no quote character a quote is a letter like any other', async () => {
    expect(await rows(text(['a;"b;c', 'd;e";f']), { quote: '' })).toEqual([
      ['a', '"b', 'c'],
      ['d', 'e"', 'f'],
    ]);
  });

  it('a last line needs no line end, and an empty one is a record of its own', async () => {
    expect(await rows(text(['a;b', '', 'c;d']))).toEqual([['a', 'b'], [''], ['c', 'd']]);
  });
});
