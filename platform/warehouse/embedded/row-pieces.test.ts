import { asyncProperty } from '@vinculo/testing';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rowPieces } from './row-pieces.ts';

async function* chunks(document: Buffer, size: number) {
  for (let i = 0; i < document.length; i += size) yield document.subarray(i, i + size);
}

async function cut(text: string, format: string, size: number, chunk: number): Promise<string[]> {
  const pieces: string[] = [];
  for await (const piece of rowPieces(chunks(Buffer.from(text), chunk), format, size)) pieces.push(piece.toString());
  return pieces;
}

const quote = (value: string) => `"${value.replaceAll('"', '""')}"`;
const cell = fc.string({ unit: fc.constantFrom('a', 'ñ', '"', '\n', ',', ' '), maxLength: 12 });
const rows = fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 30 });

describe('pieces of whole rows', () => {
  it('give the document back when they are put together, whatever stands between quotes', async () => {
    await asyncProperty(rows, fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 50 }), async (table, chunk, size) => {
      const text = table.map((row) => `${row.map(quote).join(',')}\n`).join('');
      const pieces = await cut(text, 'CSV', size, chunk);
      expect(pieces.join('')).toBe(text);
      // A piece cut inside a value would leave a quote open.
      for (const piece of pieces) expect(piece.split('"').length % 2).toBe(1);
    });
  });

  it('each begin with the header, even one with a line break in a name', async () => {
    const text = `"a\nb",c\n${'1,2\n'.repeat(10)}`;
    const pieces = await cut(text, 'CSVWithNames', 8, 3);
    expect(pieces.length).toBeGreaterThan(2);
    for (const piece of pieces) expect(piece).toMatch(/^"a\nb",c\n(1,2\n)+$/);
  });

  it('take in a last row without a line end', async () => {
    expect((await cut('a\tb\n1\t"\n3\t4', 'TSVWithNames', 1_000, 2)).join('')).toBe('a\tb\n1\t"\n3\t4');
  });

  it('are none for an empty document', async () => {
    expect(await cut('', 'CSV', 10, 1)).toEqual([]);
    expect(await cut('a,b\n', 'CSVWithNames', 10, 1)).toEqual([]);
  });
});
