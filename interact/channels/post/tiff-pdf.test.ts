import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { pdfOfTiff } from './tiff-pdf.ts';

/** A TIFF of one page and one strip, the lowest byte first. */
function tiff(fields: Record<number, number>, data: Buffer): Buffer {
  const all: Record<number, number> = { 256: 16, 257: 4, 258: 1, 259: 1, 262: 0, 273: 0, 277: 1, 278: 4, 279: data.length, ...fields };
  const tags = Object.keys(all).map(Number);
  const start = 8 + 2 + tags.length * 12 + 4;
  all[273] = start;
  const head = Buffer.alloc(start);
  head.write('II*\0', 'latin1');
  head.writeUInt32LE(8, 4);
  head.writeUInt16LE(tags.length, 8);
  tags.forEach((tag, n) => {
    const at = 10 + n * 12;
    head.writeUInt16LE(tag, at);
    head.writeUInt16LE(4, at + 2);
    head.writeUInt32LE(1, at + 4);
    head.writeUInt32LE(all[tag]!, at + 8);
  });
  return Buffer.concat([head, data]);
}

const shown = (pdf: Buffer | undefined) => pdf?.toString('latin1') ?? '';
/** The bytes of the image, as they are in the PDF. */
function image(pdf: Buffer | undefined): Buffer {
  const text = shown(pdf);
  const start = text.indexOf('stream\n') + 'stream\n'.length;
  return pdf!.subarray(start, start + Number(/\/Length (\d+)/.exec(text)![1]));
}

describe('a TIFF as a PDF', () => {
  it.each([
    ['plain, 0 is white', { 262: 0 }, '/Decode [1 0]', ''],
    ['plain, 0 is black', { 262: 1 }, '/DeviceGray', '/Decode'],
    ['of colours', { 258: 8, 262: 2, 277: 3 }, '/DeviceRGB', '/Decode'],
    ['a fax of group 4', { 259: 4 }, '/CCITTFaxDecode /DecodeParms << /K -1 /Columns 16 /Rows 4', '/Decode ['],
    ['a fax of group 3', { 259: 3 }, '/K 0 /Columns 16', '/K 1'],
    ['a fax of group 3 in two dimensions', { 259: 3, 292: 1 }, '/K 1 /Columns 16', '/K 0'],
    ['LZW with a predictor', { 259: 5, 317: 2 }, '/LZWDecode /DecodeParms << /Predictor 2', '/CCITT'],
    ['deflated', { 259: 8 }, '/FlateDecode', '/Predictor'],
    ['packed', { 259: 32_773 }, '/RunLengthDecode', ''],
  ])('%s', (_, fields, says, saysNot) => {
    const data = deflateSync(Buffer.from('strip'));
    const pdf = pdfOfTiff(tiff(fields, data));
    expect(shown(pdf)).toMatch(/^%PDF-1\.5/);
    expect(shown(pdf)).toContain(says);
    if (saysNot) expect(shown(pdf)).not.toContain(saysNot);
    expect(image(pdf).equals(data)).toBe(true);
  });

  it('as large as its dots say: a fax of 204 by 98 is no wider than it was', () => {
    expect(shown(pdfOfTiff(tiff({ 256: 1_728, 257: 1_078, 278: 1_078, 282: 204, 283: 98, 259: 4 }, Buffer.from('x'))))).toMatch(
      /MediaBox \[0 0 609\.882 792\.000\]/,
    );
  });

  it('whose lowest bit comes first is turned round', () => {
    expect(image(pdfOfTiff(tiff({ 259: 4, 266: 2 }, Buffer.from([0b00000001, 0b11010000]))))).toEqual(
      Buffer.from([0b10000000, 0b00001011]),
    );
  });

  it.each([
    ['no TIFF', Buffer.from('hola')],
    ['an offset that leads out of it', tiff({ 279: 1_000_000 }, Buffer.from('x'))],
    ['a palette', tiff({ 262: 3, 258: 8 }, Buffer.from('x'))],
    ['a compression of its own', tiff({ 259: 34_676 }, Buffer.from('x'))],
    ['cut short', tiff({}, Buffer.from('x')).subarray(0, 40)],
  ])('%s: none, and no exception', (_, bytes) => {
    expect(pdfOfTiff(bytes)).toBeUndefined();
  });
});
