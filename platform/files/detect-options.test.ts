import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { detectOptions } from './detect-options.ts';

const TILL = 'Cliente;Nombre;Alta;Importe\n1;José Muñoz;31/12/2023;1.234,50\n2;Ana Peña;05/01/2024;9,99\n';
const detect = (bytes: Buffer, name = 'clientes.csv') => detectOptions(bytes, name);

describe('detectOptions', () => {
  it('reads a Spanish spreadsheet export as it is', () => {
    expect(detect(Buffer.from(TILL))).toEqual({
      format: 'csv',
      compression: 'none',
      encoding: 'utf-8',
      delimiter: ';',
      quote: '"',
      header: true,
      decimal: ',',
      dateOrder: 'dmy',
    });
  });

  it.each([
    ['UTF-8', Buffer.from(TILL), 'utf-8'],
    ['UTF-8 with its mark', Buffer.from(`\ufeff${TILL}`), 'utf-8'],
    ['UTF-16, read as UTF-8', Buffer.from(`\ufeff${TILL}`, 'utf16le'), 'utf-8'],
    ['Latin-1', Buffer.from(TILL, 'latin1'), 'latin1'],
    ['Windows-1252', Buffer.concat([Buffer.from(TILL, 'latin1'), Buffer.from([0x33, 0x3b, 0x80, 0x3b, 0x3b, 0x0a])]), 'windows-1252'],
  ])('encoding: %s', (_, bytes, encoding) => {
    const found = detect(bytes);
    expect(found.encoding).toBe(encoding);
    expect(found.delimiter).toBe(';');
  });

  it('does not take a character cut in two at the end of the head for Latin-1', () => {
    const bytes = Buffer.from('nombre\nñ');
    expect(detect(bytes.subarray(0, bytes.length - 1)).encoding).toBe('utf-8');
  });

  it.each([
    [',', 'a,b,c\n1,x,2\n'],
    [';', 'a;b;c\n1,5;x;2\n2,5;y;3\n'],
    ['\t', 'a\tb\tc\n1\tx, y\t2\n'],
    ['|', 'a|b|c\n1|x|2\n'],
    [';', 'nombre;"dirección"\nAna;"C/ Mayor, 3; 2º, A"\nLuis;"Avda. Sol, 4"\n'],
  ])('delimiter %j', (delimiter, text) => {
    expect(detect(Buffer.from(text)).delimiter).toBe(delimiter);
  });

  it.each([
    ['.', 'n,importe\na,12.50\nb,1200.00\n'],
    ['.', 'n;importe\na;1,200.50\n'],
    [',', 'n;importe\na;12,5\n'],
    [',', 'n,importe\na,"1.200,50"\n'],
    [',', 'n;importe\na;1200\n'],
    ['.', 'n,importe\na,1200\n'],
  ])('decimal mark %j', (decimal, text) => {
    expect(detect(Buffer.from(text)).decimal).toBe(decimal);
  });

  it.each([
    ['dmy', '31/12/2023'],
    ['dmy', '5.1.24'],
    ['mdy', '12/31/2023'],
    ['ymd', '2023-12-31'],
    ['ymd', '2023/12/31 10:00'],
    ['dmy', '05/01/2024'],
  ])('date order %s: %s', (order, date) => {
    expect(detect(Buffer.from(`nombre;alta\nAna;${date}\n`)).dateOrder).toBe(order);
  });

  it.each([
    [true, 'dni;nombre\n12345678Z;Ana\n'],
    [true, 'nombre;apellido\nAna;García\n'],
    [false, '12345678;Ana\n45678912;Luis\n'],
    [false, 'Ana;ana@example.com\nLuis;luis@example.com\n'],
    [false, 'Ana;Ana\nLuis;Pérez\n'],
  ])('header: %s', (header, text) => {
    expect(detect(Buffer.from(text)).header).toBe(header);
  });

  it.each([
    ['xlsx', Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(40)])],
    ['parquet', Buffer.from('PAR1....')],
    ['jsonl', Buffer.from('{"a":1}\n{"a":2}\n')],
    ['csv', Buffer.from('{a};b\n1;2\n')],
  ])('format %s', (format, bytes) => {
    expect(detect(bytes).format).toBe(format);
  });

  it('looks through gzip', () => {
    const bytes = gzipSync(Buffer.from(TILL.repeat(2_000)));
    expect(detect(bytes.subarray(0, 500))).toMatchObject({ compression: 'gzip', format: 'csv', delimiter: ';', decimal: ',' });
  });

  it.each([
    ['VIN_IMPORT_EMPTY', Buffer.alloc(0)],
    ['VIN_IMPORT_EMPTY', Buffer.from(' \n\n')],
    ['VIN_IMPORT_FORMAT', Buffer.from([0, 1, 2, 3, 4, 5])],
    ['VIN_IMPORT_FORMAT', Buffer.from([0x1f, 0x8b, 3, 4, 5])],
  ])('refuses with %s what it cannot read', (code, bytes) => {
    expect(() => detect(bytes)).toThrow(expect.objectContaining({ code }));
  });
});
