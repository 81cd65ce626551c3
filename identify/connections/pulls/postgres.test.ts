import { type PostgresServer, startPostgresServer } from '@vinculo/testing';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { PullSettings } from '../api/pulls.ts';
import { type PullBench, pullBench } from './pulls.fixture.ts';
import { changeConnection } from './save-connection.ts';
import { listTables, tryPlace } from './trial.ts';
import { SYSTEM } from '@vinculo/postgres';

let server: PostgresServer;
let erp: Client;
let bench: PullBench;
beforeAll(async () => {
  server = await startPostgresServer();
}, 120_000);
afterAll(() => server?.stop());
beforeEach(async () => {
  bench = await pullBench();
  erp = new Client({ connectionString: server.url });
  await erp.connect();
  await erp.query(`
    drop table if exists cliente, linea cascade;
    create table cliente (id integer primary key, nombre text, apellidos text, email text, alta date, cambiado timestamptz not null);
    insert into cliente select i, 'Ana', 'García ' || i, 'ana' || i || '@example.com', '2020-01-31', '2026-01-01 10:00:00+00'::timestamptz + i * interval '1 minute'
      from generate_series(1, 50) i`);
}, 60_000);
afterEach(async () => {
  await erp.end();
  await bench.close();
});

const secrets = () => ({ password: decodeURIComponent(new URL(server.url).password) });
const settings = (changes: Partial<Extract<PullSettings, { kind: 'postgres' }>> = {}): Extract<PullSettings, { kind: 'postgres' }> => ({
  kind: 'postgres',
  host: '127.0.0.1',
  port: Number(new URL(server.url).port),
  database: 'crm',
  user: 'tienda',
  tls: 'off',
  query: 'select id, nombre, apellidos, email, alta, cambiado from cliente; ',
  cursor: 'cambiado',
  overlapSeconds: 300,
  ...changes,
});
const columns = { id: 'key', nombre: 'given_name', apellidos: 'surname', email: 'email', alta: null, cambiado: null };
const customers = () => ({ importKind: 'customers' as const, columns, secrets: secrets() });
const records = () =>
  bench.desk<{ key: string; email: string }>(`select key, raw ->> 'email' as email from source_record order by key::int`);

describe('a trial of a PostgreSQL', () => {
  it('shows columns with their types, which of them can be a cursor, and the first rows', async () => {
    const trial = await tryPlace(bench.context, SYSTEM, { settings: settings(), secrets: secrets() });
    expect(trial.columns).toEqual([
      { name: 'id', type: 'integer', cursor: true },
      { name: 'nombre', type: 'text', cursor: true },
      { name: 'apellidos', type: 'text', cursor: true },
      { name: 'email', type: 'text', cursor: true },
      { name: 'alta', type: 'date', cursor: true },
      { name: 'cambiado', type: 'timestamp with time zone', cursor: true },
    ]);
    expect(trial.rows).toHaveLength(20);
    expect(trial.rows[0]).toEqual(['1', 'Ana', 'García 1', 'ana1@example.com', '2020-01-31', '2026-01-01 10:01:00+00']);
  });

  it('lists tables and views with the query that reads each', async () => {
    await erp.query('create or replace view "vista rara" as select 1 as uno');
    expect(await listTables(bench.context, { settings: settings({ query: '-' }), secrets: secrets() })).toEqual([
      { name: 'cliente', query: 'select * from "public"."cliente"' },
      { name: 'vista rara', query: 'select * from "public"."vista rara"' },
    ]);
    await erp.query('drop view "vista rara"');
  });

  it.each([
    ['VIN_CONNECTION_DENIED', {}, { password: 'otra' }],
    ['VIN_CONNECTION_DATABASE', { database: 'nada' }, undefined],
    ['VIN_CONNECTION_UNREACHABLE', { port: 1 }, undefined],
    ['VIN_CONNECTION_UNREACHABLE', { host: 'no-existe.invalid' }, undefined],
    ['VIN_CONNECTION_TLS', { tls: 'verify' }, undefined],
    ['VIN_CONNECTION_QUERY', { query: 'select * from no_existe' }, undefined],
    ['VIN_CONNECTION_QUERY', { query: 'select 1; drop table cliente' }, undefined],
    ['VIN_CONNECTION_CURSOR', { cursor: 'otra' }, undefined],
    ['VIN_CONNECTION_EMPTY', { query: 'select * from cliente where false' }, undefined],
  ] as const)('says %s of %o', async (code, changes, other) => {
    await expect(tryPlace(bench.context, SYSTEM, { settings: settings(changes), secrets: other ?? secrets() })).rejects.toMatchObject({
      code,
    });
    expect((await erp.query('select count(*)::int as n from cliente')).rows).toEqual([{ n: 50 }]);
  });

  it('can write nothing, whatever the query tries', async () => {
    const query = `select * from cliente where (select setval(pg_get_serial_sequence('contador', 'n'), 99)) is not null`;
    await erp.query('drop table if exists contador; create table contador (n serial)');
    await expect(
      tryPlace(bench.context, SYSTEM, { settings: settings({ query, cursor: undefined }), secrets: secrets() }),
    ).rejects.toMatchObject({
      code: 'VIN_CONNECTION_QUERY',
      params: { reason: expect.stringContaining('read-only') },
    });
    await erp.query('drop table contador');
  });
});

describe('a connection to a PostgreSQL', () => {
  it('brings everything first, then what is new or changed, then nothing', async () => {
    const id = await bench.add(settings(), customers());
    const first = await bench.run(id);
    expect(first).toMatchObject({
      state: 'done',
      rowsRead: 50,
      rowsNew: 50,
      cursorFrom: null,
      cursorTo: '2026-01-01 10:50:00+00',
      error: null,
    });
    expect(first.imports).toHaveLength(1);
    expect(await records()).toHaveLength(50);

    expect(await bench.run(id)).toMatchObject({ state: 'done', rowsNew: 0, rowsRead: 6, rowsSame: 6, imports: [] });

    await erp.query(`
      insert into cliente values (51, 'Eva', 'Sanz', 'eva@example.com', null, '2026-01-01 11:00:00+00');
      update cliente set email = 'nuevo@example.com', cambiado = '2026-01-01 11:01:00+00' where id = 7`);
    const third = await bench.run(id);
    expect(third).toMatchObject({
      state: 'done',
      rowsNew: 1,
      rowsChanged: 1,
      cursorFrom: '2026-01-01 10:50:00+00',
      cursorTo: '2026-01-01 11:01:00+00',
    });
    expect((await records()).find(({ key }) => key === '7')!.email).toBe('nuevo@example.com');
    expect(await records()).toHaveLength(51);
  });

  it('meets rows that were written late, and rows that share the value it stopped at', async () => {
    const id = await bench.add(settings(), customers());
    await bench.run(id);
    await erp.query(`
      insert into cliente values (52, 'Tarde', 'Uno', 't@example.com', null, '2026-01-01 10:46:00+00');
      insert into cliente values (53, 'Igual', 'Dos', 'i@example.com', null, '2026-01-01 10:50:00+00')`);
    expect(await bench.run(id)).toMatchObject({ state: 'done', rowsNew: 2 });
  });

  it('advances by numbers of any length without rounding them', async () => {
    await erp.query(`alter table cliente add column n bigint; update cliente set n = 9007199254740990 + id`);
    const id = await bench.add(settings({ query: 'select id, nombre, apellidos, email, n from cliente', cursor: 'n' }), {
      ...customers(),
      columns: { id: 'key', nombre: 'given_name', apellidos: 'surname', email: 'email', n: null },
    });
    expect(await bench.run(id)).toMatchObject({ cursorTo: '9007199254741040', rowsNew: 50 });
    await erp.query(`insert into cliente values (60, 'Eva', 'Sanz', 'eva@example.com', null, now(), 9007199254741041)`);
    expect(await bench.run(id)).toMatchObject({ rowsRead: 2, rowsNew: 1, rowsSame: 1, cursorTo: '9007199254741041' });
  });

  it('is not put past everything to come by a date in the next century', async () => {
    await erp.query(`insert into cliente values (70, 'Eva', 'Sanz', 'eva@example.com', null, '2126-01-01 10:00:00+00')`);
    const id = await bench.add(settings(), customers());
    expect(await bench.run(id)).toMatchObject({ rowsNew: 51, cursorTo: '2026-01-01 10:50:00+00' });
    expect(await bench.run(id)).toMatchObject({ rowsNew: 0, imports: [] });
    await erp.query(`insert into cliente values (71, 'Luz', 'Sanz', 'luz@example.com', null, '2026-01-02 10:00:00+00')`);
    expect(await bench.run(id)).toMatchObject({ rowsNew: 1, cursorTo: '2026-01-02 10:00:00+00' });
  });

  it('without a cursor reads everything, and imports it only when something is other than the last time', async () => {
    const id = await bench.add(settings({ cursor: undefined, query: 'select * from cliente order by id' }), customers());
    expect(await bench.run(id)).toMatchObject({ rowsNew: 50 });
    expect(await bench.run(id)).toMatchObject({ rowsRead: 50, rowsSame: 50, imports: [] });
    await erp.query(`update cliente set nombre = 'Otra' where id = 1`);
    expect(await bench.run(id)).toMatchObject({ rowsChanged: 1, rowsSame: 49 });
  });

  it('adds the lines of an order that come later instead of taking the earlier ones for gone', async () => {
    await erp.query(`
      create table linea (n integer primary key, pedido text, cliente integer, articulo text, importe numeric(10, 2), fecha timestamptz);
      insert into linea values (1, 'P1', 1, 'A', 10.50, '2026-01-01'), (2, 'P1', 1, 'B', 20, '2026-01-01')`);
    const id = await bench.add(settings({ query: 'select * from linea', cursor: 'n' }), {
      importKind: 'purchases',
      columns: {
        n: 'line_key',
        pedido: 'order_key',
        cliente: 'customer_key',
        articulo: 'product_key',
        importe: 'amount',
        fecha: 'occurred_at',
      },
      secrets: secrets(),
    });
    expect(await bench.run(id)).toMatchObject({ state: 'done', rowsNew: 2, rowsRejected: 0 });
    await erp.query(`insert into linea values (3, 'P1', 1, 'C', 5, '2026-01-01')`);
    expect(await bench.run(id)).toMatchObject({ state: 'done', rowsNew: 1 });
    expect(await bench.context.warehouse.rows(`select toString(sum(amount)) as total, count() as lines from purchase final`)).toEqual([
      { total: '35.5', lines: 3 },
    ]);
  });

  it('keeps rejected rows where those of any import are, and goes on', async () => {
    await erp.query(`insert into cliente values (90, null, null, null, null, '2026-01-03 10:00:00+00')`);
    const id = await bench.add(settings(), { ...customers(), columns: { ...columns, id: null } });
    const run = await bench.run(id);
    expect(run).toMatchObject({ state: 'done', rowsRead: 51, rowsRejected: 1, cursorTo: '2026-01-03 10:00:00+00' });
    expect(run.imports).toEqual([expect.objectContaining({ rowsRejected: 1, state: 'done' })]);
  });
});

describe('columns that change', () => {
  it('are told once when they are new or of another type, and a mapped one that is gone stops the run', async () => {
    const ana = await bench.person('Ana');
    const id = await bench.add(settings({ query: 'select * from cliente' }), { ...customers(), alertTo: [ana] });
    await bench.run(id);
    await erp.query(`alter table cliente add column notas text; alter table cliente alter column alta type timestamptz`);
    const second = await bench.run(id);
    expect(second).toMatchObject({
      state: 'done',
      drift: { appeared: ['notas'], vanished: [], changed: [{ column: 'alta', from: 'date', to: 'timestamp with time zone' }] },
    });
    await bench.run(id);
    expect(await bench.mails()).toEqual([
      { recipient: 'ana@example.com', template: 'connection-drifted', data: expect.objectContaining({ connection: expect.any(String) }) },
    ]);

    await erp.query('alter table cliente rename column email to correo');
    await erp.query(`insert into cliente (id, nombre, cambiado) values (99, 'Sin', '2026-02-01')`);
    const stopped = await bench.run(id);
    expect(stopped).toMatchObject({
      state: 'failed',
      error: { code: 'VIN_CONNECTION_COLUMN_GONE', message: expect.stringContaining('«email»') },
      imports: [],
    });
    expect(stopped.cursorTo).toBeNull();
    expect(await bench.connection(id)).toMatchObject({ failures: 1, cursor: '2026-01-01 10:50:00+00' });

    await changeConnection(bench.context, SYSTEM, id, { columns: { ...columns, correo: 'email', notas: null, email: null } });
    const mapping = { id: 'key', nombre: 'given_name', apellidos: 'surname', correo: 'email', alta: null, cambiado: null, notas: null };
    await changeConnection(bench.context, SYSTEM, id, { columns: mapping });
    expect(await bench.run(id)).toMatchObject({ state: 'done', rowsNew: 1, drift: null });
  });
});

describe('secrets', () => {
  it('are nowhere but in the sealed credential: not in the log, the errors, the audit or the connection', async () => {
    const secret = 'muy-secreta-4711';
    const id = await bench.add(settings(), { ...customers(), secrets: { password: secret } });
    expect(await bench.run(id)).toMatchObject({ state: 'failed', error: { code: 'VIN_CONNECTION_DENIED' } });
    const everywhere = [
      bench.logged,
      await bench.desk('select * from connection'),
      await bench.desk('select * from connection_run'),
      await bench.desk('select * from job_run'),
      await bench.desk('select * from outbox'),
      (await bench.desk<{ sealed: Buffer }>('select sealed from credential')).map(({ sealed }) => sealed.toString('latin1')),
    ];
    expect(JSON.stringify(everywhere)).not.toContain(secret);
  });

  it('are not sent to another server than they were kept for', async () => {
    const id = await bench.add(settings(), customers());
    const trial = (changes: object) => tryPlace(bench.context, SYSTEM, { id, settings: settings(changes), secrets: {} });
    expect((await trial({ query: 'select * from cliente' })).rows).toHaveLength(20);
    await expect(trial({ host: 'localhost' })).rejects.toMatchObject({ code: 'VIN_CONNECTION_DENIED' });
    await changeConnection(bench.context, SYSTEM, id, { settings: settings({ host: 'localhost' }) });
    expect((await bench.connection(id)).credential_id).toBeNull();
  });
});

describe('somebody', () => {
  it('is told when it keeps failing, once, and when it works again', async () => {
    const ana = await bench.person('Ana');
    const id = await bench.add(settings({ database: 'nada' }), { ...customers(), alertAfter: 2, alertTo: [ana] });
    for (let i = 0; i < 3; i++) expect(await bench.run(id)).toMatchObject({ state: 'failed' });
    expect((await bench.mails()).map(({ template, data }) => [template, data.failures])).toEqual([['connection-failing', 2]]);
    await changeConnection(bench.context, SYSTEM, id, { settings: settings(), secrets: secrets() });
    expect(await bench.run(id)).toMatchObject({ state: 'done' });
    expect((await bench.mails()).map(({ template }) => template)).toEqual(['connection-failing', 'connection-recovered']);
    expect(await bench.connection(id)).toMatchObject({ failures: 0, alerted: false });
  });
});
