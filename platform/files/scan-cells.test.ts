import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCells } from './read-cells.ts';
import { scanCells } from './scan-cells.ts';

function scanned(record: string, room = 64, delimiter = ',', quote = '"'): { cells: number; values: string[] } {
  const bytes = Buffer.from(`###${record}###`);
  const bounds = new Uint32Array(room * 2);
  const cells = scanCells(bytes, 3, bytes.length - 3, delimiter.charCodeAt(0), quote.charCodeAt(0), bounds);
  const values = Array.from({ length: Math.max(0, Math.min(cells, room)) }, (_, k) =>
    bytes.toString('utf8', bounds[2 * k], bounds[2 * k + 1]),
  );
  return { cells, values };
}

describe('scanCells', () => {
  it.each([
    ['a,b,c', ['a', 'b', 'c']],
    ['a,"b, ""so"" called",\r\n', ['a', 'b, "so" called', '']],
    ['"a\nb",ñ\n', ['a\nb', 'ñ']],
    ['', ['']],
    ['""', ['']],
    ['"""","x""",y', ['"', 'x"', 'y']],
    ['a "quoted" word,b', ['a "quoted" word', 'b']],
    [',', ['', '']],
  ])('%j', (record, values) => {
    expect(scanned(record)).toEqual({ cells: values.length, values });
  });

  it.each(['"a', 'a,"b"c,d', '"a"b'])('says that the quotes of %j are broken', (record) => {
    expect(scanned(record).cells).toBe(-1);
  });

  it('counts cells that there is no room for', () => {
    expect(scanned('a,b,c', 2)).toEqual({ cells: 3, values: ['a', 'b'] });
  });

  it('reads what readCells reads, whatever the record', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', '"', ',', ';', ' ', 'ñ', '\t') }), (record) => {
        const cells = readCells(record, ',', '"');
        expect(scanned(record)).toEqual(cells ? { cells: cells.length, values: cells } : { cells: -1, values: [] });
      }),
      { numRuns: 3000 },
    );
  });
});
