import { gzipSync } from 'node:zlib';
import { join } from 'node:path';
import { readFile } from 'node:fs/promises';
import { utils, write } from '@e965/xlsx';
import { SYSTEM } from '@vinculo/postgres';
import { createReadStream } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ImportBench, importBench } from './imports.fixture.ts';
import { inspectUpload } from './inspect-upload.ts';
import { previewImport } from './preview-import.ts';
import { receiveUpload } from './uploads.ts';

const COLUMNS = { Ticket: 'order_key', Línea: 'line_key', Cliente: 'customer_key', Importe: 'amount', Fecha: 'occurred_at' };

describe('formats', () => {
  let bench: ImportBench;
  beforeAll(async () => {
    bench = await importBench();
  });
  afterAll(() => bench.close());
  const upload = async (name: string, content: string | Buffer) => {
    const path = await bench.file(name, content);
    return receiveUpload(bench.context.config, createReadStream(path), name, SYSTEM.id);
  };
  const lines = (sourceId: string) =>
    bench.context.warehouse.rows(
      'select order_key, amount, occurred_at from purchase final where source_id = {sourceId:UUID} order by line_id, amount',
      { sourceId },
    );
  const same = async (source: string, name: string, content: Buffer) => {
    const done = await bench.load(await bench.file(name, content), { source: { name: source }, kind: 'purchases', columns: COLUMNS });
    expect(done).toMatchObject({ rowsNew: 2, rowsRejected: 1 });
    const amounts = (await lines(done.sourceId)) as { amount: number; occurred_at: string }[];
    expect(amounts.map(({ amount, occurred_at }) => [amount, occurred_at]).toSorted((a, b) => Number(a[0]) - Number(b[0]))).toEqual([
      [-3, '2024-02-28T23:00:00Z'],
      [1234.5, '2024-02-29T09:30:00Z'],
    ]);
  };

  it('a workbook: dates and numbers as such, rows numbered as on the sheet, gzip of it too', async () => {
    const sheet = utils.aoa_to_sheet([
      [],
      ['Ticket', 'Línea', 'Cliente', 'Importe', 'Fecha'],
      ['T1', 1, 100, 1234.5, 45351.4375],
      ['T1', 2, 100, -3, 45351],
      [],
      ['T2', 3, '', 5, 45351],
    ]);
    for (const cell of ['E3', 'E4', 'E6']) sheet[cell].z = 'dd/mm/yyyy hh:mm';
    const book = utils.book_new();
    utils.book_append_sheet(book, utils.aoa_to_sheet([]), 'Vacía');
    utils.book_append_sheet(book, sheet, 'Ventas');
    const bytes = write(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer;
    await same('libro', 'ventas.xlsx', bytes);
    expect(await bench.context.warehouse.rows('select row, column, reason from import_error')).toEqual([
      { row: 6, column: 'Cliente', reason: 'required' },
    ]);
    await same('libro-gz', 'ventas.xlsx.gz', gzipSync(bytes));
  });

  it('Parquet, by the engine itself', async () => {
    const path = join(bench.context.config.dataFolder, 'ventas.parquet');
    await bench.context.warehouse.command(
      `insert into function file('${path}', 'Parquet') select * from values('Ticket String, "Línea" Int32, Cliente Nullable(Int64), Importe Decimal(10, 2), Fecha DateTime64(3, \\'UTC\\')',
         ('T1', 1, 100, 1234.5, '2024-02-29 09:30:00'), ('T1', 2, 100, -3, '2024-02-28 23:00:00'), ('T2', 3, null, 5, '2024-02-28 23:00:00'))`,
    );
    await same('parquet', 'copia.parquet', await readFile(path));
    await same('parquet-gz', 'copia.parquet.gz', gzipSync(await readFile(path)));
  });

  it('JSON lines with objects inside', async () => {
    const text = [
      '{"Ticket":"T1","Línea":1,"Cliente":100,"Importe":1234.5,"Fecha":"2024-02-29T09:30:00Z"}',
      '{"Ticket":"T1","Línea":2,"Cliente":100,"Importe":-3,"Fecha":"2024-02-29"}',
      'nada',
    ].join('\n');
    await same('lineas', 'ventas.jsonl', Buffer.from(text));
  });

  it('quoted values with everything in them reach the warehouse as they are', async () => {
    const topic = 'Dijo: "hola; adiós"\ny colgó \\N \\t';
    const csv = `Cliente;Fecha;Motivo\n1;01/02/2024;"${topic.replaceAll('"', '""')}"\n2;01/02/2024;  sin comillas "dentro"  \n`;
    await bench.load(await bench.file('llamadas.csv', csv), {
      source: { name: 'llamadas' },
      kind: 'contacts',
      columns: { Cliente: 'customer_key', Fecha: 'occurred_at', Motivo: 'topic' },
    });
    expect(await bench.context.warehouse.rows('select topic from contact final order by topic')).toEqual([
      { topic },
      { topic: 'sin comillas "dentro"' },
    ]);
  });

  it('Latin-1 facts and a stretch of Windows-1252 in a UTF-8 file are read as they were meant', async () => {
    const columns = { Código: 'product_key', Nombre: 'product_name' };
    const into = { source: { name: 'productos' }, kind: 'products' as const, columns };
    await bench.load(await bench.file('p1.csv', Buffer.from('Código;Nombre\nA;Jamón ibérico\n', 'latin1')), into);
    const glued = Buffer.concat([Buffer.from(`Código;Nombre\n${'B;Café con leche\n'.repeat(20_000)}`), Buffer.from('C;Piña\n', 'latin1')]);
    await bench.load(await bench.file('p2.csv', glued), into);
    expect(await bench.context.warehouse.rows('select name from product final order by product_key')).toEqual([
      { name: 'Jamón ibérico' },
      { name: 'Café con leche' },
      { name: 'Piña' },
    ]);
  });

  it('a few broken bytes make no Latin-1 of a UTF-8 file, and are read as what they are', async () => {
    const columns = { Código: 'product_key', Nombre: 'product_name' };
    const broken = Buffer.concat([Buffer.from('Código;Nombre\nD;Añojo y '), Buffer.from('piña\n', 'latin1'), Buffer.from('E;Té\n')]);
    await bench.load(await bench.file('p3.csv', broken), { source: { name: 'rotos' }, kind: 'products', columns });
    expect(
      await bench.context.warehouse.rows(`select name from product final where product_key in ('D', 'E') order by product_key`),
    ).toEqual([{ name: 'Añojo y piña' }, { name: 'Té' }]);
  });

  it.each([
    ['gzip', 'cortado.csv.gz', gzipSync(Array.from({ length: 500 }, (_, i) => `cliente ${i * 7919};x`).join('\n')).subarray(0, 900)],
    ['Parquet', 'roto.parquet', Buffer.from('PAR1 no es nada PAR1')],
    ['XLSX', 'roto.xlsx', Buffer.from('PK\u0003\u0004 no es nada')],
  ])('a damaged file is said to be so, without the words of its reader: %s', async (_, name, content) => {
    const received = await upload(name, content);
    await expect(inspectUpload(bench.context, received)).rejects.toMatchObject({ code: 'VIN_IMPORT_DAMAGED', params: { file: name } });
  });

  it('what was seen of an upload: options, columns with their probable meaning, and whether it has been here before', async () => {
    const text =
      'Nº cliente;Nombre;Apellidos;F. Nacimiento;Importe total\n1;Ana;García López;05/01/1980;1,50\n2;Luis;Muñoz;31/12/1975;2,25\n';
    const seen = await inspectUpload(bench.context, await upload('vistos.csv', text));
    expect(seen).toMatchObject({
      kind: 'customers',
      estimatedRows: 2,
      sameAs: null,
      options: { delimiter: ';', decimal: ',', dateOrder: 'dmy' },
    });
    expect(seen.columns.map(({ field }) => field)).toEqual(['key', 'given_name', 'surname', 'birth_date', null]);
    expect(seen.columns[1]!.samples).toEqual(['Ana', 'Luis']);
    const done = await bench.load(await bench.file('vistos.csv', text), { source: { name: 'vistos' } });
    expect((await inspectUpload(bench.context, await upload('otra vez.csv', text))).sameAs).toMatchObject({ importId: done.id });

    const asOneColumn = await inspectUpload(bench.context, await upload('v.csv', text), { ...seen.options, delimiter: '|' });
    expect(asOneColumn.columns).toHaveLength(1);
  });

  it('a preview shows customers as they will be, and facts as the warehouse reads them', async () => {
    const people = await upload('gente.csv', 'Código cliente;Nombre;Correo\n1;MARIA DEL CARMEN;Ana@Gmail.com\n;LUIS;luis@\n');
    const request = { uploadId: people.id, country: 'ES', options: people.options };
    const shown = await previewImport(bench.context, {
      ...request,
      kind: 'customers',
      columns: { 'Código cliente': 'key', Nombre: 'given_name', Correo: 'email' },
    });
    expect(shown.rows[0]).toMatchObject({ row: 2, rejected: false });
    expect(shown.rows[0]!.cells.map(({ value }) => value)).toEqual(['1', 'María del Carmen', 'ana@gmail.com']);
    expect(shown.rows[1]!.cells[2]).toMatchObject({ raw: 'luis@', problem: 'no-at-sign' });

    const sales = await upload('ventas.csv', 'Cliente;Importe;Fecha\n1;1.234,50 €;31/12/2023\n2;gratis;31/12/2023\n');
    const facts = { uploadId: sales.id, country: 'ES', options: sales.options, kind: 'purchases' as const };
    const { rows, missing } = await previewImport(bench.context, {
      ...facts,
      columns: { Cliente: 'customer_key', Importe: 'amount', Fecha: 'occurred_at' },
    });
    expect(missing).toEqual([]);
    expect(rows[0]!.cells.map(({ value }) => value)).toEqual(['1', '1234.5', '2023-12-31']);
    expect(rows[1]).toMatchObject({ row: 3, rejected: true, cells: [{}, { raw: 'gratis', problem: 'not_a_number' }, {}] });
    const less = await previewImport(bench.context, { ...facts, columns: { Importe: 'amount' } });
    expect(less.missing).toEqual(['customer_key', 'occurred_at']);
    // Columns that nothing can be wrong with, as while somebody is still choosing.
    const free = await previewImport(bench.context, { ...facts, columns: { Cliente: 'channel' } });
    expect(free.rows.map(({ rejected, cells }) => [rejected, cells[0]?.value])).toEqual([
      [false, '1'],
      [false, '2'],
    ]);
  });

  it('columns that differ only in case are two, each remembered with its own meaning', async () => {
    const source = { name: 'mayusculas' };
    const columns = { ID: 'key', id: 'national_id', Nombre: 'given_name', NOMBRE: 'surname' };
    await bench.load(await bench.file('m1.csv', 'ID;id;Nombre;NOMBRE\n1;12345678Z;Ana;Peña\n'), { source, kind: 'customers', columns });
    // The second time nothing is said: what was remembered holds, and a column never seen is as proposed.
    const done = await bench.load(
      await bench.file('m2.csv', 'id;ID;NOMBRE;Nombre;Correo;N.º cliente\n87654321X;2;Ruiz;Eva;eva@example.com;9\n'),
      {
        source,
        kind: 'customers',
      },
    );
    const records = await bench.desk(`select key, raw from source_record where source_id = $1 order by key`, [done.sourceId]);
    expect(records).toEqual([
      { key: '1', raw: { key: '1', national_id: '12345678Z', given_name: 'Ana', surname: 'Peña' } },
      { key: '2', raw: { key: '2', national_id: '87654321X', given_name: 'Eva', surname: 'Ruiz', email: 'eva@example.com' } },
    ]);
    const [mapping] = await bench.desk<{ columns: object }>('select columns from mapping where source_id = $1', [done.sourceId]);
    expect(mapping!.columns).toEqual({ ...columns, Correo: 'email', 'N.º cliente': null });
  });
});
