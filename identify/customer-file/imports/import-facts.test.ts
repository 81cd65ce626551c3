import { createReadStream } from 'node:fs';
import { recordId, SYSTEM } from '@vinculo/postgres';
import { sql } from 'kysely';
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

  it('of a source that tells nothing else makes a record of every number; one that tells who its customers are waits for them', async () => {
    const records = async (sourceId: string) =>
      (
        await sql<{ key: string; given: string | null }>`
        select key, traits ->> 'given' as given from source_record where source_id = ${sourceId} order by key`.execute(
          bench.context.store.db,
        )
      ).rows;
    const bare = await load('tpv.csv', file(...GOOD, 'L3;T2;200;A;1;5;01/01/2024;Web'), 'tpv');
    expect(await records(bare.sourceId)).toEqual([
      { key: '100', given: null },
      { key: '200', given: null },
    ]);
    const compared = 'select key, kind, given, filled from match_record final where source_id = {sourceId:UUID} order by key';
    expect(await bench.context.warehouse.rows(compared, { sourceId: bare.sourceId })).toEqual([
      { key: '100', kind: 'person', given: '', filled: 0 },
      { key: '200', kind: 'person', given: '', filled: 0 },
    ]);
    // More purchases, more numbers; nothing of those known changes.
    await load('tpv2.csv', file('L4;T4;200;A;1;5;02/01/2024;Web', 'L5;T5;300;A;1;5;02/01/2024;Web'), 'tpv');
    expect((await records(bare.sourceId)).map(({ key }) => key)).toEqual(['100', '200', '300']);
    // Then it says who they are: the same records, now with names. A number it did not tell of waits from now on.
    const named = await bench.load(await bench.file('clientes.csv', 'id_cliente;nombre;apellidos\n100;Ana;Ruiz Gil\n'), {
      source: { name: 'tpv' },
    });
    expect(named).toMatchObject({ kind: 'customers', rowsChanged: 1 });
    expect((await records(bare.sourceId))[0]).toEqual({ key: '100', given: 'Ana' });
    await load('tpv3.csv', file('L6;T6;400;A;1;5;02/01/2024;Web'), 'tpv');
    expect(await records(bare.sourceId)).toHaveLength(3);
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

  describe('an order whose lines have no keys', () => {
    const till = (...rows: string[]) => `Ticket;Nº tarjeta;Código artículo;Importe;Fecha\n${rows.join('\n')}\n`;
    const MONDAY = ['T1;1;CAFE;1,20;05/02/2024', 'T1;1;CAFE;1,20;05/02/2024', 'T1;1;BOLLO;2,00;05/02/2024', 'T2;2;CAFE;1,20;05/02/2024'];
    const kept = async (sourceId: string) =>
      (await lines(sourceId, 'order_key, product_key, amount')).map((line) => Object.values(line as object).join(' '));

    it('is replaced by its corrected self; other orders stay', async () => {
      const first = await load('lunes.csv', till(...MONDAY), 'caja');
      expect(first).toMatchObject({ rowsNew: 4 });
      const corrected = till('T1;1;CAFE;1,50;05/02/2024', 'T1;1;TARTA;3,00;05/02/2024');
      expect(await load('corregido.csv', corrected, 'caja')).toMatchObject({ rowsNew: 1, rowsChanged: 1, rowsSame: 0 });
      expect(await kept(first.sourceId)).toEqual(['T1 CAFE 1.5', 'T1 TARTA 3', 'T2 CAFE 1.2']);
      expect(await load('corregido.csv', corrected, 'caja')).toMatchObject({ rowsNew: 0, rowsChanged: 0, rowsSame: 2 });
      // And back, which is a correction too.
      expect(await load('lunes.csv', till(...MONDAY), 'caja')).toMatchObject({ rowsNew: 2, rowsChanged: 1, rowsSame: 1 });
      expect(await kept(first.sourceId)).toEqual(['T1 BOLLO 2', 'T1 CAFE 1.2', 'T1 CAFE 1.2', 'T2 CAFE 1.2']);
    });

    it('keeps what was bought when something of it comes back, and what a till sold under the same number on another day', async () => {
      const { sourceId } = await load('lunes.csv', till(...MONDAY), 'caja 2');
      await load('vuelta.csv', till('T1;1;BOLLO;-2,00;05/02/2024', 'T1;1;CAFE;1,20;06/02/2024', 'T1;7;CAFE;9,00;05/02/2024'), 'caja 2');
      expect(await kept(sourceId)).toEqual([
        'T1 BOLLO -2',
        'T1 BOLLO 2',
        'T1 CAFE 1.2',
        'T1 CAFE 1.2',
        'T1 CAFE 1.2',
        'T1 CAFE 9',
        'T2 CAFE 1.2',
      ]);
    });

    it('with a rejected row is not whole: nothing of it goes away, and its corrected rows are added', async () => {
      const bad = till(...MONDAY.slice(0, 3), 'T1;1;TARTA;tres;05/02/2024');
      const done = await load('mala.csv', bad, 'caja 3');
      expect(done).toMatchObject({ rowsNew: 3, rowsRejected: 1 });
      let csv = '';
      for await (const part of errorsCsv(bench.context.warehouse, await findImport(bench.context.store.db, done.id), 'en')) csv += part;
      const [header, row] = csv.trimEnd().split('\r\n');
      // The row as it was, with the amount that was meant.
      const path = await bench.file('corregida.csv', [header, row!.replaceAll('tres', '"3,00"')].join('\r\n'));
      const id = await correctImport(bench.context, SYSTEM, done.id, createReadStream(path), 'corregida.csv');
      await bench.context.jobs.wait((await findImport(bench.context.store.db, id)).job_id!, 30_000);
      const all = ['T1 BOLLO 2', 'T1 CAFE 1.2', 'T1 CAFE 1.2', 'T1 TARTA 3'];
      expect(await kept(done.sourceId)).toEqual(all);
      expect(await load('mala.csv', bad, 'caja 3')).toMatchObject({ rowsNew: 0, rowsSame: 3, rowsRejected: 1 });
      expect(await kept(done.sourceId)).toEqual(all);
      // The whole file put right says all there is of the order.
      await load('buena.csv', till(...MONDAY.slice(0, 3), 'T1;1;TARTA;3,00;05/02/2024'), 'caja 3');
      expect(await kept(done.sourceId)).toEqual(all);
    });
  });

  it('belong to the customers of another source where the file uses their numbers, and that is remembered', async () => {
    const people = await bench.load(await bench.file('t.csv', 'Código cliente;Nombre;Correo\n55;Ana;ana@example.com\n'), {
      source: { name: 'numeros' },
    });
    const sold = (ticket: string) =>
      bench.file(`${ticket}.csv`, `Ticket;Nº cliente;Código artículo;Importe;Fecha\n${ticket};55;X;5;05/02/2024\n`);
    const shop = { source: { name: 'tienda de fuera' } };
    const done = await bench.load(await sold('W1'), { ...shop, customersOf: 'numeros' });
    await bench.load(await sold('W2'), shop);
    expect(await lines(done.sourceId, 'record_id, order_key')).toEqual(
      ['W1', 'W2'].map((order_key) => ({ record_id: recordId(people.sourceId, '55'), order_key })),
    );
    await expect(bench.load(await sold('W3'), { ...shop, customersOf: 'nadie' })).rejects.toMatchObject({ code: 'VIN_SOURCE_NOT_FOUND' });
  });

  it('names products the catalogue does not have, and leaves the others as they are', async () => {
    const { warehouse } = bench.context;
    const products = () => warehouse.rows('select product_key, name, price, cost from product final order by product_key');
    await bench.load(await bench.file('p.csv', 'Código;Nombre;Sección;PVP;Coste\nN1;Té;Bebidas;2,20;0,40\nN2;;Bebidas;3;1\n'), {
      source: { name: 'nombres' },
      kind: 'products',
      columns: { Código: 'product_key', Nombre: 'product_name', Sección: 'category', PVP: 'price', Coste: 'cost' },
    });
    const columns = { Cliente: 'customer_key', Código: 'product_key', Artículo: 'product_name', Importe: 'amount', Fecha: 'occurred_at' };
    const rows = ['1;N1;Té verde;2,20;05/02/2024', '1;N2;Zumo;3;05/02/2024', '1;N3;Leche;1;05/02/2024', '1;;Pan;1;05/02/2024'];
    const sold = await bench.file('v.csv', `Cliente;Código;Artículo;Importe;Fecha\n${rows.join('\n')}\n`);
    const done = await bench.load(sold, { source: { name: 'nombres' }, kind: 'purchases', columns });
    const named = [
      { product_key: 'N1', name: 'Té', price: 2.2, cost: 0.4 },
      { product_key: 'N2', name: 'Zumo', price: 3, cost: 1 },
      { product_key: 'N3', name: 'Leche', price: null, cost: null },
      { product_key: 'Pan', name: 'Pan', price: null, cost: null },
    ];
    expect(await products()).toEqual(named);
    expect((await lines(done.sourceId, 'product_key')).map((line) => (line as { product_key: string }).product_key).toSorted()).toEqual([
      'N1',
      'N2',
      'N3',
      'Pan',
    ]);
    expect(await bench.load(sold, { source: { name: 'nombres' }, kind: 'purchases', columns })).toMatchObject({ rowsNew: 0, rowsSame: 4 });
    expect(await products()).toEqual(named);
    await warehouse.command('truncate table product');
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

    let text = '';
    for await (const part of errorsCsv(warehouse, await findImport(bench.context.store.db, done.id), 'es')) text += part;
    const [header, ...rows] = text.trimEnd().split('\r\n');
    expect(header).toBe(`\ufeffarchivo;fila;columna;valor;motivo;${HEADER}`);
    expect(rows).toHaveLength(9);
    expect(rows[3]).toContain('mala.csv;7;Fecha | Importe;"31/02/2024 | 3,8O";');
    expect(rows[5]).toContain("'=cmd()");

    // A person puts three of them right in the spreadsheet and deletes the others.
    const corrected = [
      header,
      rows[1]!.replace(';;A;', ';300;A;'),
      rows[3]!.replace('"3,8O";31/02', '"3,80";28/02'),
      rows[4]!.replaceAll('12.50', '12,50'),
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
    await bench.load(await bench.file('canjes.csv', 'Cupón;Campaña;Cliente;Ticket;Fecha\nC1;18;7;T9;05/12/2023\n'), {
      ...into,
      kind: 'redemptions',
      columns: { Cupón: 'coupon_key', Campaña: 'campaign_key', Cliente: 'customer_key', Ticket: 'order_key', Fecha: 'redeemed_at' },
    });
    expect(
      await warehouse.rows(
        'select (select count() from coupon final) as coupons, coupon_key, order_key, redeemed_at from redemption final',
      ),
    ).toEqual([{ coupons: 1, coupon_key: 'C1', order_key: 'T9', redeemed_at: '2023-12-04T23:00:00Z' }]);
  });

  it('keeps what contracts measure, each once however its day is written', async () => {
    const { warehouse } = bench.context;
    const columns = {
      Cliente: 'customer_key',
      Cuenta: 'account_key',
      Producto: 'product_key',
      Día: 'occurred_at',
      Medida: 'measure',
      Valor: 'value',
    };
    const head = 'Cliente;Cuenta;Producto;Día;Medida;Valor\n';
    const into = { source: { name: 'banca' }, kind: 'account_facts' as const, columns };
    const first = await bench.load(
      await bench.file(
        'saldos.csv',
        `${head}7;A1;Cuenta;31/01/2026;Saldo medio;1.200,50\n7;A1;Cuenta;31/01/2026;Cuotas;3\n7;A1;Cuenta;31/01/2026;Nada;\n`,
      ),
      into,
    );
    expect(first).toMatchObject({ rowsNew: 2, rowsRejected: 1 });
    const again = await bench.load(await bench.file('otra.csv', `${head}7;A1;Cuenta;2026-01-31;Saldo medio;1.300,00\n`), into);
    expect(again).toMatchObject({ rowsNew: 0, rowsChanged: 1 });
    expect(await warehouse.rows('select account_key, product_key, measure, value from account_fact final order by measure')).toEqual([
      { account_key: 'A1', product_key: 'cuenta', measure: 'cuotas', value: 3 },
      { account_key: 'A1', product_key: 'cuenta', measure: 'saldo medio', value: 1300 },
    ]);
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

  it('asks for the scores again when something came, and only then: permissions move the funnel, calls cost', async () => {
    const { jobs } = bench.context;
    jobs.define({ name: 'insight.score', run: async () => {} });
    const asked = async () => (await jobs.list({ name: 'insight.score', state: 'waiting', limit: 50 })).items.map(({ id }) => id);
    const calls = await bench.file('llamadas.csv', 'id;cliente;fecha;motivo\nK1;7;05/01/2024;Duda\n');
    const columns = { id: 'contact_key', cliente: 'customer_key', fecha: 'occurred_at', motivo: 'topic' };
    const into = { source: { name: 'centralita' }, kind: 'contacts' as const, columns };
    expect(await bench.load(calls, into)).toMatchObject({ rowsNew: 1 });
    await expect.poll(asked).toHaveLength(1);
    for (const id of await asked()) await jobs.cancel(id, SYSTEM);
    expect(await bench.load(calls, into)).toMatchObject({ rowsNew: 0, rowsSame: 1 });
    expect(await asked()).toEqual([]);
    const consents = await bench.file('c3.csv', consentFile('true').replace('7,', '17,'));
    expect(await bench.load(consents, { source: { name: 'web' }, kind: 'consents' })).toMatchObject({ rowsNew: 1 });
    await expect.poll(asked).toHaveLength(1);
  });

  it('leaves no staging table behind', async () => {
    expect(
      await bench.context.warehouse.rows(`select name from system.tables where name like 'import\\_%' and name != 'import_error'`),
    ).toEqual([]);
  });
});
