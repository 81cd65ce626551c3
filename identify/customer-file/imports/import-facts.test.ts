import { createReadStream } from 'node:fs';
import { recordId, SYSTEM } from '@vinculo/postgres';
import { translator } from '@vinculo/languages';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { correctImport } from './correct-import.ts';
import { errorsCsv, listErrors } from './import-errors.ts';
import { findImport } from './import-run.ts';
import { type ImportBench, importBench } from './imports.fixture.ts';

const HEADER = 'Línea;Ticket;Nº tarjeta;Código artículo;Cantidad;Importe;Fecha;Canal';
const file = (...rows: string[]) => `${[HEADER, ...rows].join('\n')}\n`;
const GOOD = ['L1;T1;100;A;2;1.234,50;31/12/2023 10:30;Tienda', 'L2;T1;100;B;1;9,99;31/12/2023 10:30;Web'];

const consentFile = (granted: string) =>
  `customer_id,purpose,channel,granted,date,proof\n7,Marketing,email,${granted},2024-01-05 10:00:00,web\n8,marketing,,no,2024-01-06,\n9,marketing,sms,quizá,2024-01-06,\n`;

describe('a file of purchases', () => {
  let bench: ImportBench;
  beforeAll(async () => {
    bench = await importBench();
  });
  afterAll(() => bench.close());
  const load = async (name: string, content: string, source: string) =>
    bench.load(await bench.file(name, content), { source: { name: source } });
  const lines = (sourceId: string, columns = '*') =>
    bench.context.warehouse.rows(
      `select ${columns} from purchase final where source_id = {sourceId:UUID} order by order_key, product_key, amount`,
      { sourceId },
    );

  it('becomes lines under the records of their customers, amounts exact and times in UTC', async () => {
    const done = await load('compras.csv', file(...GOOD), 'uno');
    expect(done).toMatchObject({ kind: 'purchases', rowsRead: 2, rowsNew: 2, rowsRejected: 0 });
    expect((await lines(done.sourceId))[0]).toMatchObject({
      record_id: recordId(done.sourceId, '100'),
      order_key: 'T1',
      occurred_at: '2023-12-31T09:30:00Z',
      product_key: 'A',
      quantity: 2,
      amount: 1234.5,
      currency: 'EUR',
      channel: 'store',
      cost: null,
    });
  });

  it('taken in twice changes nothing; a corrected line replaces its older self', async () => {
    const first = await load('a.csv', file(...GOOD), 'dos');
    expect(await load('a.csv', file(...GOOD), 'dos')).toMatchObject({ rowsNew: 0, rowsChanged: 0, rowsSame: 2 });
    const changed = file(GOOD[0]!, GOOD[1]!.replace('9,99', '8,99'), 'L3;T2;200;A;1;5;01/01/2024;Web');
    expect(await load('b.csv', changed, 'dos')).toMatchObject({ rowsNew: 1, rowsChanged: 1, rowsSame: 1 });
    expect(await lines(first.sourceId, 'amount')).toEqual([{ amount: 1234.5 }, { amount: 8.99 }, { amount: 5 }]);
  });

  it('returns are negative however the till writes them', async () => {
    const rows = [
      'L1;T1;1;A;-1;10,00;01/02/2024;Web',
      'L2;T2;1;A;1;-10,00;01/02/2024;Web',
      'L3;T3;1;A;-1;-10,00;01/02/2024;Web',
      'L4;T4;1;A;1;(10,00);01/02/2024;Web',
      'L5;T5;1;A;1;10,00-;01/02/2024;Web',
    ];
    const done = await load('r.csv', file(...rows), 'devoluciones');
    expect(await lines(done.sourceId, 'amount')).toEqual(rows.map(() => ({ amount: -10 })));
  });

  it('two coffees on one receipt are two coffees, also the second time', async () => {
    const text =
      'Ticket;Nº tarjeta;Código artículo;Importe;Fecha\nT1;1;CAFE;1,20;01/02/2024\nT1;1;CAFE;1,20;01/02/2024\nT1;1;BOLLO;2,00;01/02/2024\n';
    const done = await load('cafe.csv', text, 'bar');
    expect(done).toMatchObject({ rowsNew: 3 });
    expect(await load('cafe.csv', text, 'bar')).toMatchObject({ rowsNew: 0, rowsSame: 3 });
    expect(await lines(done.sourceId, 'amount')).toEqual([{ amount: 2 }, { amount: 1.2 }, { amount: 1.2 }]);
  });

  it('rows that cannot be taken stop nothing: they are listed, downloaded, corrected and loaded again', async () => {
    const bad = [
      ';;;;;;;',
      'L4;T2;;A;1;1,00;01/02/2024;Web',
      'L5;T2;100;A;uno;1,00;01/02/2024;Web',
      'L6;T2;100;A;1;3,8O;31/02/2024;Web',
      'L7;T2;100;A;1;12.50;01/02/2024;Web',
      'L8;T2;100;A;1;;01/02/2024;=cmd()',
      'L9;T2;100;"A"x;1;1,00;01/02/2024;Web',
      'L10;T2;100;A;1;1,00;01/02/2024;Web;sobra',
      'L11;T2;100',
    ];
    const done = await load('mala.csv', file(...GOOD, ...bad), 'tres');
    expect(done).toMatchObject({ state: 'done', rowsRead: 11, rowsNew: 2, rowsRejected: 9 });

    const { warehouse } = bench.context;
    const errors = await listErrors(warehouse, done.id, { limit: 100 });
    expect(errors.map(({ row, column, value, reason }) => [row, column, value, reason])).toEqual([
      [4, 'Fecha', '', 'required'],
      [4, 'Importe', '', 'required'],
      [4, 'Nº tarjeta', '', 'required'],
      [5, 'Nº tarjeta', '', 'required'],
      [6, 'Cantidad', 'uno', 'not_a_number'],
      [7, 'Fecha', '31/02/2024', 'not_a_date'],
      [7, 'Importe', '3,8O', 'not_a_number'],
      [8, 'Importe', '12.50', 'not_a_number'],
      [9, 'Importe', '', 'required'],
      [10, '', bad[6], 'broken_quotes'],
      [11, '', bad[7], 'too_many_columns'],
      [12, '', bad[8], 'too_few_columns'],
    ]);
    expect((await listErrors(warehouse, done.id, { limit: 1, after: [7, 'Fecha'] }))[0]).toMatchObject({ row: 7, column: 'Importe' });

    const t = translator('es');
    let text = '';
    for await (const part of errorsCsv(warehouse, await findImport(bench.context.store.db, done.id), (reason) =>
      t(`imports:reason.${reason}`),
    ))
      text += part;
    const [header, ...rows] = text.trimEnd().split('\r\n');
    expect(header).toBe(`\ufefffile,row,column,value,reason,${HEADER.replaceAll(';', ',')}`);
    expect(rows).toHaveLength(9);
    expect(rows[3]).toContain('mala.csv,7,Fecha | Importe,"31/02/2024 | 3,8O",');
    expect(rows[5]).toContain("'=cmd()");

    // A person puts three of them right in the spreadsheet and deletes the others.
    const corrected = [
      header,
      rows[1]!.replace(',,A,', ',300,A,'),
      rows[3]!.replace('"3,8O",31/02', '"3,80",28/02'),
      rows[4]!.replaceAll('12.50', '"12,50"'),
    ].join('\r\n');
    const path = await bench.file('mala-errores.csv', corrected);
    const id = await correctImport(bench.context, SYSTEM, done.id, createReadStream(path), 'mala-errores.csv');
    const { job_id: job } = await findImport(bench.context.store.db, id);
    await bench.context.jobs.wait(job!, 30_000);
    expect(await findImport(bench.context.store.db, id)).toMatchObject({
      state: 'done',
      corrects: done.id,
      rows_read: 3,
      rows_new: 3,
      rows_rejected: 0,
    });
    expect(await lines(done.sourceId, 'amount')).toEqual([
      { amount: 1234.5 },
      { amount: 9.99 },
      { amount: 1 },
      { amount: 3.8 },
      { amount: 12.5 },
    ]);
  });

  it('a mapping that cannot be meant is refused before anything is read', async () => {
    const path = await bench.file('m.csv', file(...GOOD));
    await expect(bench.load(path, { kind: 'purchases', columns: { Importe: 'amount', Fecha: 'occurred_at' } })).rejects.toMatchObject({
      code: 'VIN_IMPORT_KEY_MISSING',
    });
    await expect(
      bench.load(path, { kind: 'purchases', columns: { 'Nº tarjeta': 'customer_key', Fecha: 'occurred_at' } }),
    ).rejects.toMatchObject({
      code: 'VIN_IMPORT_MAPPING',
    });
    await expect(
      bench.load(path, {
        kind: 'purchases',
        columns: { 'Nº tarjeta': 'customer_key', Fecha: 'occurred_at', Importe: 'amount', Ticket: 'amount' },
      }),
    ).rejects.toMatchObject({ code: 'VIN_IMPORT_MAPPING' });
  });

  it('reads every kind of fact', async () => {
    const { warehouse } = bench.context;
    const into = { source: { name: 'varios' } };
    await bench.load(await bench.file('productos.csv', 'Código;Nombre;Sección;PVP;Coste\nA;Café;Bebidas;1,20;0,40\n'), {
      ...into,
      kind: 'products',
    });
    expect(await warehouse.rows('select product_key, name, category, price, cost from product final')).toEqual([
      { product_key: 'A', name: 'Café', category: 'Bebidas', price: 1.2, cost: 0.4 },
    ]);
    await bench.load(
      await bench.file(
        'llamadas.jsonl',
        '{"id":"LL1","ficha":"7","fecha":"2024-05-01 10:00:00","canal":"Teléfono","sentido":"entrante","motivo":"Factura"}\n',
      ),
      {
        ...into,
        kind: 'contacts',
        columns: {
          id: 'contact_key',
          ficha: 'customer_key',
          fecha: 'occurred_at',
          canal: 'channel',
          sentido: 'direction',
          motivo: 'topic',
        },
      },
    );
    expect(await warehouse.rows('select occurred_at, channel, direction, topic from contact final')).toEqual([
      { occurred_at: '2024-05-01T08:00:00Z', channel: 'phone', direction: 'in', topic: 'Factura' },
    ]);
    await bench.load(await bench.file('campanas.csv', 'Campaña;Nombre;Inicio;Fin\n18;Navidad;01/12/2023;06/01/2024\n'), {
      ...into,
      kind: 'campaigns',
      columns: { Campaña: 'campaign_key', Nombre: 'campaign_name', Inicio: 'starts_on', Fin: 'ends_on' },
    });
    expect(await warehouse.rows('select campaign_key, name, starts_on, ends_on from campaign final')).toEqual([
      { campaign_key: '18', name: 'Navidad', starts_on: '2023-12-01', ends_on: '2024-01-06' },
    ]);
    await bench.load(
      await bench.file(
        'envios.csv',
        'Campaña;Cliente;Fecha;Canal;Respuesta;F. respuesta\n18;7;01/12/2023;Correo postal;Sí;05/12/2023\n18;8;01/12/2023;Email;;\n',
      ),
      {
        ...into,
        kind: 'campaign_contacts',
        columns: {
          Campaña: 'campaign_key',
          Cliente: 'customer_key',
          Fecha: 'occurred_at',
          Canal: 'channel',
          Respuesta: 'response',
          'F. respuesta': 'responded_at',
        },
      },
    );
    expect(await warehouse.rows('select channel, response, responded_at from campaign_contact final order by response desc')).toEqual([
      { channel: 'post', response: 'sí', responded_at: '2023-12-04T23:00:00Z' },
      { channel: 'email', response: '', responded_at: null },
    ]);
    await bench.load(await bench.file('cupones.csv', 'Cupón;Campaña;Artículo\nC1;18;A\n'), {
      ...into,
      kind: 'coupons',
      columns: { Cupón: 'coupon_key', Campaña: 'campaign_key', Artículo: 'product_key' },
    });
    await bench.load(await bench.file('canjes.csv', 'Cupón;Campaña;Cliente;Fecha\nC1;18;7;05/12/2023\n'), {
      ...into,
      kind: 'redemptions',
      columns: { Cupón: 'coupon_key', Campaña: 'campaign_key', Cliente: 'customer_key', Fecha: 'redeemed_at' },
    });
    expect(
      await warehouse.rows('select (select count() from coupon final) as coupons, coupon_key, redeemed_at from redemption final'),
    ).toEqual([{ coupons: 1, coupon_key: 'C1', redeemed_at: '2023-12-04T23:00:00Z' }]);
  });

  it('keeps consents on the desk, each statement once', async () => {
    const columns = {
      customer_id: 'customer_key',
      purpose: 'purpose',
      channel: 'channel',
      granted: 'granted',
      date: 'occurred_at',
      proof: 'proof',
    };
    const into = { source: { name: 'web' }, kind: 'consents' as const, columns };
    expect(await bench.load(await bench.file('c1.csv', consentFile('true')), into)).toMatchObject({ rowsNew: 2, rowsRejected: 1 });
    expect(await bench.load(await bench.file('c1.csv', consentFile('true')), into)).toMatchObject({
      rowsNew: 0,
      rowsSame: 2,
      rowsRejected: 1,
    });
    expect(await bench.load(await bench.file('c2.csv', consentFile('false')), into)).toMatchObject({ rowsChanged: 1, rowsSame: 1 });
    const consents = await bench.desk(
      'select purpose, channel, granted, legal_basis, proof, occurred_at from consent order by occurred_at',
    );
    expect(consents).toEqual([
      {
        purpose: 'marketing',
        channel: 'email',
        granted: false,
        legal_basis: 'consent',
        proof: 'web',
        occurred_at: new Date('2024-01-05T09:00:00Z'),
      },
      {
        purpose: 'marketing',
        channel: 'any',
        granted: false,
        legal_basis: 'consent',
        proof: null,
        occurred_at: new Date('2024-01-05T23:00:00Z'),
      },
    ]);
  });

  it('leaves no staging table behind', async () => {
    expect(
      await bench.context.warehouse.rows(`select name from system.tables where name like 'import\\_%' and name != 'import_error'`),
    ).toEqual([]);
  });
});
