// How a million records get from the warehouse into columns: bytes, codes, ids.
import { describe, expect, it } from 'vitest';
import * as fc from 'fast-check';
import { rowBinaryReader, uuidBytes } from './row-binary.ts';
import { uuidCodes, uuidText } from './uuid-codes.ts';

const varint = (n: number) => {
  const bytes: number[] = [];
  for (; n > 127; n >>>= 7) bytes.push((n & 127) | 128);
  return Buffer.from([...bytes, n]);
};
const text = (value: string) => Buffer.concat([varint(Buffer.byteLength(value)), Buffer.from(value)]);
const uuid = (value: string) => {
  const bytes = Buffer.from(value.replaceAll('-', ''), 'hex');
  return Buffer.concat([bytes.subarray(0, 8).toReversed(), bytes.subarray(8).toReversed()]);
};

describe('RowBinary', () => {
  it('gives the same rows however the stream is cut', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.uuid(), fc.string({ maxLength: 300, unit: 'grapheme' }), fc.string())),
        fc.integer({ min: 1, max: 50 }),
        (rows, cut) => {
          const stream = Buffer.concat(rows.map(([id, a, b]) => Buffer.concat([uuid(id), text(a), text(b)])));
          const read: string[][] = [];
          const id = Buffer.alloc(16);
          const reader = rowBinaryReader(['uuid', 'string', 'string'], (bytes, bounds) => {
            uuidBytes(bytes, bounds[0]!, id, 0);
            read.push([uuidText(id, 0), bytes.toString('utf8', bounds[2], bounds[3]), bytes.toString('utf8', bounds[4], bounds[5])]);
          });
          for (let at = 0; at < stream.length; at += cut) reader.push(stream.subarray(at, at + cut));
          reader.end();
          expect(read).toEqual(rows);
        },
      ),
    );
  });

  it('refuses a stream that stops in the middle of a row', () => {
    const reader = rowBinaryReader(['string'], () => {});
    reader.push(text('garcía').subarray(0, 3));
    expect(() => reader.end()).toThrow(/middle of a row/);
  });
});

describe('uuidCodes', () => {
  it('numbers ids in order of arrival, finds them again and sorts as text does', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.uuid(), { maxLength: 200 }), (ids) => {
        const codes = uuidCodes(1);
        expect(ids.map((id) => codes.addText(id))).toEqual(ids.map((_, n) => n));
        expect(ids.map((id) => codes.addText(id))).toEqual(ids.map((_, n) => n));
        expect(ids.map((_, n) => codes.text(n))).toEqual(ids);
        expect(codes.findText('00000000-0000-0000-0000-000000000001')).toBe(-1);
        for (let n = 1; n < ids.length; n++) expect(Math.sign(codes.compare(n - 1, n))).toBe(ids[n - 1]! < ids[n]! ? -1 : 1);
      }),
    );
  });
});
