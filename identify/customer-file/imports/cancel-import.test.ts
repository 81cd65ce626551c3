import { SYSTEM } from '@vinculo/postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cancelImport } from './cancel-import.ts';
import { findImport, type ImportRow } from './import-run.ts';
import { type ImportBench, importBench } from './imports.fixture.ts';

// Several blocks of the check, so that there is a middle to be caught in.
const ROWS = 200_000;

function customers(): string {
  let text = 'Código cliente;Nombre;Apellidos;Correo electrónico\nsin clave\n';
  for (let i = 0; i < ROWS; i++) text += `${i};Ana ${i};García López;ana${i}@example.com${' '.repeat(60)}\n`;
  return text;
}

const checking = ({ state, position }: ImportRow) => state === 'checking' && (position.records ?? 0) > 0;
const committing = ({ state, position }: ImportRow) => state === 'committing' && !position.committed;

describe('cancelling an import', () => {
  let bench: ImportBench;
  let path: string;
  beforeAll(async () => {
    bench = await importBench();
    path = await bench.file('clientes.csv', customers());
  });
  afterAll(() => bench.close());

  /** Holds the import's own row, so that it cannot get any further, while `act` begins; undefined when it is not there yet. */
  async function held(when: (row: ImportRow) => boolean, act: (row: ImportRow) => Promise<unknown>) {
    const client = await bench.context.store.pool.connect();
    try {
      await client.query('begin');
      const { rows } = await client.query<{ id: string }>(
        `select id from import where state in ('waiting', 'checking', 'committing') for update`,
      );
      const row = rows[0] && (await findImport(bench.context.store.db, rows[0].id));
      if (!row || !when(row)) return undefined;
      const acted = act(row);
      // Its failure is told by whoever awaits it below, after the row is free again.
      acted.catch(() => {});
      return { row, acted };
    } finally {
      await client.query('commit');
      client.release();
    }
  }

  /** Starts an import and does something to it when it has got so far. */
  async function at(
    when: (row: ImportRow) => boolean,
    act: (row: ImportRow) => Promise<unknown>,
  ): Promise<{ ended: string; state: string }> {
    let over = false;
    const ended = bench
      .load(path)
      .then(
        ({ state }) => state,
        (error: Error) => error.name,
      )
      .finally(() => {
        over = true;
      });
    let caught: Awaited<ReturnType<typeof held>>;
    while (!(caught = await held(when, act))) {
      if (over) throw new Error(`The import ended as ${await ended} before it could be caught`);
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    const { row, acted } = caught;
    await acted;
    const how = await ended;
    for (let i = 0; i < 100 && (await bench.context.jobs.get(row.job_id!)).state === 'running'; i++)
      await new Promise((resolve) => setTimeout(resolve, 50));
    return { ended: how, state: (await findImport(bench.context.store.db, row.id)).state };
  }

  async function nothingLeft(): Promise<void> {
    const { warehouse } = bench.context;
    expect(await bench.desk('select count(*) from source_record')).toEqual([{ count: 0 }]);
    expect(await warehouse.rows('select (select count() from match_record) as records, count() as errors from import_error')).toEqual([
      { records: 0, errors: 0 },
    ]);
    expect(await warehouse.rows(`select name from system.tables where name like 'import\\_%' and name != 'import_error'`)).toEqual([]);
  }

  it('while it is checked leaves nothing', async () => {
    expect(await at(checking, ({ id }) => cancelImport(bench.context, SYSTEM, id))).toMatchObject({ state: 'cancelled' });
    await nothingLeft();
  });

  it('while it is being written leaves nothing: the transaction is rolled back', async () => {
    expect(await at(committing, ({ id }) => cancelImport(bench.context, SYSTEM, id))).toMatchObject({ state: 'cancelled' });
    await nothingLeft();
  });

  it('in the list of jobs is the same', async () => {
    expect(await at(checking, ({ job_id: job }) => bench.context.jobs.cancel(job!, SYSTEM))).toMatchObject({ state: 'cancelled' });
    await nothingLeft();
  });

  it('is refused once its rows are in', async () => {
    const done = await bench.load(path);
    expect(done).toMatchObject({ state: 'done', rowsNew: ROWS, rowsRejected: 1 });
    await expect(cancelImport(bench.context, SYSTEM, done.id)).rejects.toMatchObject({ code: 'VIN_JOB_FINISHED' });
  });
});
