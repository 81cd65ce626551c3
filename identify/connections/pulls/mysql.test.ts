import { SYSTEM } from '@vinculo/postgres';
import { type MariadbServer, startMariadbServer } from '@vinculo/testing';
import { createConnection, type Connection } from 'mysql2/promise';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { PullSettings } from '../api/pulls.ts';
import { type PullBench, pullBench } from './pulls.fixture.ts';
import { listTables, tryPlace } from './trial.ts';

let server: MariadbServer;
let shop: Connection;
let bench: PullBench;
beforeAll(async () => {
  server = await startMariadbServer();
}, 300_000);
afterAll(() => server?.stop());
beforeEach(async () => {
  bench = await pullBench();
  const { host, port, user, password, database } = server;
  shop = await createConnection({ host, port, user, password, database, multipleStatements: true, timezone: 'Z' });
  await shop.query(`
    set time_zone = '+00:00';
    drop table if exists pedido;
    create table pedido (
      id bigint unsigned primary key, cliente varchar(20), articulo varchar(20), importe decimal(10, 2), notas text,
      hecho timestamp(3) not null default '2026-01-01 00:00:00', visto datetime null, cambiado datetime(6) not null);
    insert into pedido values
      (1, 'C1', 'A', 10.50, 'con "comillas", coma\ny línea', '2026-01-31 23:30:00.250', '2026-01-31 23:30:00', '2026-02-01 10:00:00.000001'),
      (2, 'C2', 'B', 99.00, null, '2026-02-01 09:00:00', null, '2026-02-01 10:00:00.000002'),
      (3, 'C2', 'Ñandú 🦙', 0.01, '', '2026-02-01 09:00:00', null, '2026-02-01 10:00:00.000003')`);
}, 60_000);
afterEach(async () => {
  await shop.end();
  await bench.close();
});

const secrets = () => ({ password: server.password });
const settings = (changes: Partial<Extract<PullSettings, { kind: 'mysql' }>> = {}): Extract<PullSettings, { kind: 'mysql' }> => ({
  kind: 'mysql',
  host: server.host,
  port: server.port,
  database: server.database,
  user: server.user,
  tls: 'off',
  query: 'select * from pedido;',
  cursor: 'cambiado',
  overlapSeconds: 0,
  ...changes,
});
const purchases = () => ({
  importKind: 'purchases' as const,
  columns: {
    id: 'line_key',
    cliente: 'customer_key',
    articulo: 'product_key',
    importe: 'amount',
    hecho: 'occurred_at',
    notas: null,
    visto: null,
    cambiado: null,
  },
  secrets: secrets(),
});

describe('a MariaDB', () => {
  it('shows every value as it stands there, and instants with their zone', async () => {
    const trial = await tryPlace(bench.context, SYSTEM, { settings: settings(), secrets: secrets() });
    expect(trial.columns.map(({ name, type, cursor }) => [name, type, cursor])).toEqual([
      ['id', 'bigint', true],
      ['cliente', 'varchar', true],
      ['articulo', 'varchar', true],
      ['importe', 'decimal', true],
      ['notas', 'text', false],
      ['hecho', 'timestamp', true],
      ['visto', 'datetime', true],
      ['cambiado', 'datetime', true],
    ]);
    expect(trial.rows).toEqual([
      [
        '1',
        'C1',
        'A',
        '10.50',
        'con "comillas", coma\ny línea',
        '2026-01-31 23:30:00.250Z',
        '2026-01-31 23:30:00',
        '2026-02-01 10:00:00.000001',
      ],
      ['2', 'C2', 'B', '99.00', '', '2026-02-01 09:00:00Z', '', '2026-02-01 10:00:00.000002'],
      ['3', 'C2', 'Ñandú 🦙', '0.01', '', '2026-02-01 09:00:00Z', '', '2026-02-01 10:00:00.000003'],
    ]);
    expect(await listTables(bench.context, { settings: settings(), secrets: secrets() })).toEqual([
      { name: 'pedido', query: 'select * from `pedido`' },
    ]);
  });

  it.each([
    ['VIN_CONNECTION_DENIED', {}, { password: 'otra' }],
    ['VIN_CONNECTION_DENIED', { database: 'mysql' }, undefined],
    ['VIN_CONNECTION_UNREACHABLE', { port: 1 }, undefined],
    ['VIN_CONNECTION_QUERY', { query: 'select * from nada' }, undefined],
    ['VIN_CONNECTION_QUERY', { query: 'select 1 as a; drop table pedido' }, undefined],
    ['VIN_CONNECTION_TLS', { tls: 'verify' }, undefined],
  ] as const)('says %s of %o', async (code, changes, other) => {
    await expect(tryPlace(bench.context, SYSTEM, { settings: settings(changes), secrets: other ?? secrets() })).rejects.toMatchObject({
      code,
    });
  });

  it('is read from the cursor on, to the microsecond', async () => {
    const id = await bench.add(settings(), purchases());
    expect(await bench.run(id)).toMatchObject({ state: 'done', rowsNew: 3, rowsRejected: 0, cursorTo: '2026-02-01 10:00:00.000003' });
    expect(
      await bench.context.warehouse.rows(`select toString(min(occurred_at)) as first, toString(sum(amount)) as total from purchase final`),
    ).toEqual([{ first: '2026-01-31 23:30:00', total: '109.51' }]);
    await shop.query(`insert into pedido values (4, 'C9', 'Z', 1, null, '2026-02-02', null, '2026-02-01 10:00:00.000004')`);
    expect(await bench.run(id)).toMatchObject({
      state: 'done',
      rowsRead: 2,
      rowsNew: 1,
      rowsSame: 1,
      cursorTo: '2026-02-01 10:00:00.000004',
    });
    expect(await bench.run(id)).toMatchObject({ state: 'done', rowsNew: 0, imports: [] });
  });

  it('goes by numbers too, beyond what a float can tell apart', async () => {
    await shop.query('update pedido set id = 9007199254740990 + id');
    const id = await bench.add(settings({ cursor: 'id' }), purchases());
    expect(await bench.run(id)).toMatchObject({ cursorTo: '9007199254740993' });
    await shop.query(`insert into pedido values (9007199254740994, 'C9', 'Z', 1, null, '2026-02-02', null, '2026-02-01')`);
    expect(await bench.run(id)).toMatchObject({ rowsRead: 2, rowsNew: 1, cursorTo: '9007199254740994' });
  });

  it('is read as a stream: a table many times larger than what is held at once does not weigh on memory', async () => {
    await shop.query(`create or replace table grande (id int primary key auto_increment, texto varchar(1000));
      insert into grande (texto) select repeat('x', 1000) from seq_1_to_150000`);
    const { withPlace } = await import('./places/open-place.ts');
    let most = 0;
    let rows = 0;
    globalThis.gc?.();
    const before = process.memoryUsage().arrayBuffers + process.memoryUsage().heapUsed;
    await withPlace(settings({ query: 'select * from grande', cursor: 'id' }), secrets(), bench.context.config, async (place) => {
      if (!('table' in place)) throw new Error('A database is a table place');
      for await (const batch of place.table.rows({ from: { column: 'id', overlapSeconds: 0 }, signal: AbortSignal.timeout(60_000) })) {
        rows += batch.length;
        // A reader that takes its time: the server has to wait.
        if (rows % 20_000 === 0) await new Promise((resolve) => setTimeout(resolve, 50));
        const now = process.memoryUsage();
        most = Math.max(most, now.arrayBuffers + now.heapUsed - before);
      }
    });
    expect(rows).toBe(150_000);
    // The table is 150 MB.
    expect(most).toBeLessThan(100 << 20);
    await shop.query('drop table grande');
  }, 120_000);
});
