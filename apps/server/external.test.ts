import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { importFile } from '@vinculo/customer-file';
import { SYSTEM } from '@vinculo/postgres';
import { type ClickHouseServer, type PostgresServer, startClickHouseServer, startPostgresServer, testConfig } from '@vinculo/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningServer, startServer } from './start.ts';
import { OWNER, type Visitor, visitor } from './test-server.ts';

const GIVEN = ['Lucía', 'Íñigo', 'Begoña', 'Martín', 'Noé', 'Xavier', 'Guadalupe', 'Concepción', 'Álvaro', 'Inés', 'Hugo', 'Rocío'];
const SURNAMES = ['Peña', 'Muñoz', 'Ibáñez', 'Güell', 'Núñez', 'Castro', 'Vidal', 'Sanz', 'Ortiz', 'Lozano'];

const two = (of: number) => String(of).padStart(2, '0');
const lines = (...rows: string[]) => `${rows.join('\n')}\n`;

/** As many different people as given names and surnames together make, the same at every run. */
const PEOPLE = GIVEN.flatMap((given, g) =>
  SURNAMES.map((surname, s) => {
    const n = g * SURNAMES.length + s;
    return {
      card: String(n + 1),
      given,
      surnames: `${surname} ${SURNAMES[(s + g + 1) % SURNAMES.length]}`,
      day: two(1 + (n % 28)),
      month: two(1 + (n % 12)),
      year: 1950 + ((n * 7) % 50),
      mobile: String(612_000_000 + n * 7_919),
      email: `cliente${n * 31}@example.com`,
    };
  }),
);
/** Those who also buy on the web. */
const ONLINE = PEOPLE.filter((_, n) => n % 2 === 0);

const CARD = lines(
  'Nº cliente;Nombre;Apellidos;Fecha nacimiento;Teléfono;Correo electrónico',
  ...PEOPLE.map(({ card, given, surnames, day, month, year, mobile, email }) =>
    [card, given, surnames, `${day}/${month}/${year}`, mobile, email].join(';').toLocaleUpperCase('es'),
  ),
);
const SHOP = lines(
  'id,nombre,apellidos,email,telefono,fecha_nacimiento',
  ...ONLINE.map(({ card, given, surnames, day, month, year, mobile, email }) =>
    [`W-${card}`, given, surnames, email, `+34${mobile}`, `${year}-${month}-${day}`].join(','),
  ),
);
const PURCHASES = lines(
  'Línea;Ticket;Nº tarjeta;Código artículo;Cantidad;Importe;Fecha;Canal',
  'L1;T1;1;A;2;1.234,50;31/12/2023 10:30;Tienda',
);

let postgres: PostgresServer;
let clickhouse: ClickHouseServer;
beforeAll(async () => {
  [postgres, clickhouse] = await Promise.all([startPostgresServer(), startClickHouseServer()]);
});
afterAll(() => Promise.all([postgres.stop(), clickhouse.stop()]));

describe('the server on stores that are servers themselves', () => {
  let server: RunningServer;
  let owner: Visitor;
  const config = testConfig();
  const start = async () => {
    config.databaseUrl = postgres.url;
    config.clickhouseUrl = clickhouse.url;
    server = await startServer({ config, quiet: true });
    owner = visitor(server.url);
  };
  const load = async (name: string, content: string | Buffer, source: string) => {
    const path = join(config.dataFolder, name);
    await writeFile(path, content);
    return importFile(server.context, { path, source: { name: source }, actor: SYSTEM });
  };
  /** The customers that a filter finds, as the list counts and shows them. */
  const count = async (filter = '') => (await owner.get(`/customers/count?${filter}`)).body.count;
  const buyers = async () => (await owner.get('/customers?buyers=yes&sort=-revenue')).body.items;

  afterAll(async () => {
    await server?.stop();
    await rm(config.dataFolder, { recursive: true, force: true });
  });

  it('starts from nothing, is ready and takes its owner', async () => {
    await start();
    const { store, warehouse } = server.context;
    expect([store.embedded, warehouse.embedded]).toEqual([false, false]);
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
    expect((await owner.send('POST', '/setup', OWNER)).status).toBe(201);
    expect(await count()).toBe(0);
  });

  it('takes files in, makes one customer of two records, and says what each is worth', async () => {
    const records = [PEOPLE.length, ONLINE.length];
    expect(await load('tarjeta.csv', CARD, 'tarjeta')).toMatchObject({ state: 'done', rowsNew: records[0], rowsRejected: 0 });
    expect(await load('tienda.csv', SHOP, 'tienda')).toMatchObject({ state: 'done', rowsNew: records[1], rowsRejected: 0 });
    expect(await load('compras.csv', PURCHASES, 'tarjeta')).toMatchObject({ kind: 'purchases', rowsNew: 1, rowsRejected: 0 });

    await expect.poll(() => count('duplicates=yes'), { timeout: 30_000 }).toBe(ONLINE.length);
    expect(await count()).toBe(PEOPLE.length);
    await expect
      .poll(buyers, { timeout: 30_000 })
      .toMatchObject([{ name: 'Lucía Peña Muñoz', records: 2, score: { revenue: 1234.5, orders: 1 } }]);
  });

  it('takes a Parquet file, which it cannot ask that server to read', async () => {
    const sql = `select 'L2' as "Línea", 'T2' as "Ticket", '2' as "Nº tarjeta", 'B' as "Código artículo", 1 as "Cantidad",
                        toDecimal64('9.99', 4) as "Importe", toDateTime('2024-01-02 10:00:00', 'UTC') as "Fecha"`;
    const parts: Buffer[] = [];
    for await (const part of server.context.warehouse.bytes(sql, {}, { format: 'Parquet' })) parts.push(part);
    expect(await load('compras.parquet', Buffer.concat(parts), 'tarjeta')).toMatchObject({ state: 'done', rowsNew: 1, rowsRejected: 0 });
  });

  it('stops and starts again on what is there', async () => {
    await server.stop();
    await start();
    expect((await owner.get('/setup')).body).toEqual({ needed: false });
    const { email, password } = OWNER;
    expect((await owner.send('POST', '/api/auth/sign-in/email', { email, password })).status).toBe(200);
    expect(await count()).toBe(PEOPLE.length);
  });
});
