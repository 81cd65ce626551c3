import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { childEnvironment } from '@vinculo/config';
import { type PostgresServer, startPostgresServer } from '@vinculo/testing';
import { openWarehouse } from '@vinculo/warehouse';
import { Client } from 'pg';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type PullBench, pullBench } from './pulls.fixture.ts';

const CHILD = fileURLToPath(new URL('./pulls.child.fixture.ts', import.meta.url));
const ROWS = 6_000;
const PART_ROWS = 1_000;
const KILLS = 4;

let server: PostgresServer;
let bench: PullBench;
let child: ChildProcess | undefined;
beforeEach(async () => {
  server = await startPostgresServer();
  bench = await pullBench();
}, 120_000);
afterEach(async () => {
  child?.kill('SIGKILL');
  await bench.close();
  await server.stop();
});

it('a connection whose server is killed again and again brings every row, and none twice', async () => {
  const { hostname, port, password } = new URL(server.url);
  const erp = new Client({ connectionString: server.url });
  await erp.connect();
  // Four lines a value, so that a cut between two of the same would show.
  await erp.query(`
    create table linea as select i as n, 'T' || i / 3 as pedido, i % 50 as cliente, 'A' || i % 7 as articulo, 1.25::numeric as importe,
           '2026-01-01'::timestamptz + (i / 4) * interval '1 second' as cambiado
      from generate_series(1, ${ROWS}) i`);
  await erp.end();
  const id = await bench.add(
    {
      kind: 'postgres',
      host: hostname,
      port: Number(port),
      database: 'crm',
      user: 'tienda',
      tls: 'off',
      query: 'select * from linea',
      cursor: 'cambiado',
      overlapSeconds: 0,
    },
    {
      importKind: 'purchases',
      columns: {
        n: 'line_key',
        pedido: 'order_key',
        cliente: 'customer_key',
        articulo: 'product_key',
        importe: 'amount',
        cambiado: 'occurred_at',
      },
      secrets: { password: decodeURIComponent(password) },
    },
  );
  const { config } = bench.stores;
  await bench.context.jobs.stop();
  await bench.context.warehouse.close();
  const start = () =>
    spawn(process.execPath, ['--import', 'tsx', CHILD, id, String(PART_ROWS)], {
      stdio: 'inherit',
      env: childEnvironment({
        VINCULO_DATA_FOLDER: config.dataFolder,
        DATABASE_URL: config.databaseUrl!,
        VINCULO_LOG_LEVEL: 'silent',
        VINCULO_SECRET: config.secret!,
      }),
    });
  const imports = async () => (await bench.desk<{ n: number }>('select count(*)::int as n from connection_import'))[0]!.n;
  const state = async () => (await bench.desk<{ state: string }>('select state from connection_run'))[0]?.state;

  let killed = 0;
  for (; killed < KILLS && (await state()) !== 'done'; killed++) {
    const before = await imports();
    child = start();
    // Some time after it has begun something: in the middle of a read, of an import, between the two.
    while ((await imports()) === before && (await state()) !== 'done' && child.exitCode === null)
      await new Promise((resolve) => setTimeout(resolve, 20));
    await new Promise((resolve) => setTimeout(resolve, killed * 200));
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }
  child = start();
  await expect.poll(state, { timeout: 60_000, interval: 200 }).toBe('done');
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
  expect(killed).toBeGreaterThan(2);

  bench.context.warehouse = await openWarehouse(config);
  const [facts] = await bench.context.warehouse.rows<object>(
    `select count() as lines, uniqExact(order_key) as orders, toString(sum(amount)) as total from purchase final`,
  );
  await bench.context.warehouse.close();
  expect(facts).toEqual({ lines: ROWS, orders: ROWS / 3 + 1, total: String(ROWS * 1.25) });
  // One run in the history, of imports that together have every row.
  const runs = await bench.desk<{ runs: number; added: number; open: number }>(`
    select count(distinct r.id)::int as runs, sum(i.rows_new)::int as added, count(*) filter (where i.state <> 'done')::int as open
      from connection_run r join connection_import ci on ci.run_id = r.id join import i on i.id = ci.import_id`);
  expect(runs).toEqual([{ runs: 1, added: ROWS, open: 0 }]);
  expect(await bench.connection(id)).toMatchObject({ cursor: '2026-01-01 00:25:00+00', failures: 0 });
}, 240_000);
