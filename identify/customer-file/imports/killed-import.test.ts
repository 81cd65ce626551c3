import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { childEnvironment } from '@vinculo/config';
import { openWarehouse } from '@vinculo/warehouse';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ImportBench, importBench } from './imports.fixture.ts';
import type { Kind, Position } from './import-run.ts';

const CHILD = fileURLToPath(new URL('./imports.child.fixture.ts', import.meta.url));

/** More than one block of customers, and of purchases. */
const CUSTOMERS = 60_000;
const PURCHASES = 250_000;

function customers(): string {
  let text = 'Código cliente;Nombre;Apellidos;Teléfono;Correo electrónico;Dirección;CP;Población\n';
  for (let i = 0; i < CUSTOMERS; i++)
    text += `${i};Ana ${i};García López;6${String(11_111_111 + i)};ana${i}@example.com;Calle Mayor ${i % 300}, 3º B;28013;Madrid\n`;
  return text;
}

function purchases(): string {
  let text = 'Ticket;Línea;Código cliente;Código artículo;Importe;Fecha\n';
  for (let i = 0; i < PURCHASES; i++)
    text += `T${i >> 2};${i};${i % 5000};A${i % 90};${i % 100},25;${String(1 + (i % 28)).padStart(2, '0')}/02/2024 10:30\n`;
  return text;
}

/** Orders of four lines without keys of their own; corrected, each has lost its last line and the others cost one more. */
function orders(corrected: boolean): string {
  let text = 'Ticket;Código cliente;Código artículo;Importe;Fecha\n';
  for (let i = 0; i < PURCHASES; i++) {
    const order = i >> 2;
    if (corrected && i % 4 === 3) continue;
    text += `T${order};${order % 5000};A${i % 2};${(i % 100) + (corrected ? 1 : 0)},25;${String(1 + (order % 28)).padStart(2, '0')}/02/2024\n`;
  }
  return text;
}

interface State {
  id: string;
  state: string;
  position: Position;
  rows_read: number;
  rows_new: number;
  rows_same: number;
  rows_changed: number;
  rows_rejected: number;
}

describe('an import whose server is killed', () => {
  let bench: ImportBench;
  let child: ChildProcess | undefined;
  beforeEach(async () => {
    bench = await importBench();
  });
  afterEach(async () => {
    child?.kill('SIGKILL');
    await bench.close();
  });

  const state = async () => (await bench.desk<State>('select * from import order by created_at desc'))[0];

  /** Lets another process import the file and kills it as soon as `when` holds. */
  async function killDuring(path: string, kind: Kind, when: (state: State) => boolean): Promise<State> {
    const { config } = bench.stores;
    await bench.context.jobs.stop();
    await bench.context.warehouse.close();
    child = spawn(process.execPath, ['--import', 'tsx', CHILD, path, kind], {
      stdio: 'inherit',
      env: childEnvironment({ VINCULO_DATA_FOLDER: config.dataFolder, DATABASE_URL: config.databaseUrl!, VINCULO_LOG_LEVEL: 'silent' }),
    });
    for (;;) {
      const now = await state();
      if (now && when(now)) break;
      if (child.exitCode !== null) throw new Error(`The process ended by itself: ${JSON.stringify(now)}`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    child.kill('SIGKILL');
    await once(child, 'exit');
    const killed = (await state())!;
    // As at the next start of the server: the stores are opened anew and the jobs take up what was left.
    Object.assign(bench.context, { warehouse: await openWarehouse(config) });
    await bench.restart();
    return killed;
  }

  async function end(): Promise<State> {
    for (let i = 0; i < 600; i++) {
      const now = (await state())!;
      if (['done', 'failed', 'cancelled'].includes(now.state)) return now;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error('The import did not go on');
  }

  const staging = () =>
    bench.context.warehouse.rows(`select name from system.tables where name like 'import\\_%' and name != 'import_error'`);

  it.each<[string, (state: State) => boolean]>([
    ['checking', ({ state, position }) => state === 'checking' && (position.records ?? 0) > 0],
    ['committing', ({ state }) => state === 'committing'],
    ['telling the warehouse', ({ position }) => position.committed === true],
  ])('while %s customers goes on where it was: nothing lost, nothing doubled', async (_, when) => {
    const killed = await killDuring(await bench.file('clientes.csv', customers()), 'customers', when);
    expect(killed.state).not.toBe('done');
    const ended = await end();
    expect(ended).toMatchObject({
      state: 'done',
      rows_read: CUSTOMERS,
      rows_new: CUSTOMERS,
      rows_changed: 0,
      rows_same: 0,
      rows_rejected: 0,
    });
    expect(await bench.desk('select count(*), count(distinct key) as keys from source_record')).toEqual([
      { count: CUSTOMERS, keys: CUSTOMERS },
    ]);
    expect(await bench.context.warehouse.rows('select count() as n, uniqExact(email) as emails from match_record final')).toEqual([
      { n: CUSTOMERS, emails: CUSTOMERS },
    ]);
    expect(await staging()).toEqual([]);
  });

  it.each<[string, (state: State) => boolean]>([
    ['checking', ({ state, position }) => state === 'checking' && (position.records ?? 0) > 0],
    ['writing', ({ position }) => position.committed === true],
  ])('while %s purchases goes on where it was: nothing lost, nothing doubled', async (_, when) => {
    const killed = await killDuring(await bench.file('compras.csv', purchases()), 'purchases', when);
    expect(killed.state).not.toBe('done');
    expect(await end()).toMatchObject({
      state: 'done',
      rows_read: PURCHASES,
      rows_new: PURCHASES,
      rows_changed: 0,
      rows_same: 0,
      rows_rejected: 0,
    });
    const sum = Array.from({ length: PURCHASES }, (_, i) => (i % 100) + 0.25).reduce((a, b) => a + b);
    expect(
      await bench.context.warehouse.rows('select count() as n, sum(amount) as amount, uniqExact(line_id) as lines from purchase final'),
    ).toEqual([{ n: PURCHASES, amount: sum, lines: PURCHASES }]);
    expect(await staging()).toEqual([]);
  });

  it('while writing corrected orders goes on where it was: their lines are the corrected ones and no others', async () => {
    await bench.load(await bench.file('antes.csv', orders(false)), { source: { name: 'matado' }, kind: 'purchases' });
    // The import before is done, and has a position too.
    const killed = await killDuring(
      await bench.file('ahora.csv', orders(true)),
      'purchases',
      ({ position }) => position.committed === true,
    );
    expect(killed.state).not.toBe('done');
    const left = (PURCHASES * 3) / 4;
    expect(await end()).toMatchObject({ state: 'done', rows_read: left, rows_new: 0, rows_changed: left, rows_rejected: 0 });
    const sum = Array.from({ length: PURCHASES }, (_, i) => (i % 4 === 3 ? 0 : (i % 100) + 1.25)).reduce((a, b) => a + b);
    expect(
      await bench.context.warehouse.rows('select count() as n, sum(amount) as amount, uniqExact(line_id) as lines from purchase final'),
    ).toEqual([{ n: left, amount: sum, lines: left }]);
    expect(await staging()).toEqual([]);
  });
});
