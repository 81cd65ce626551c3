import { mkdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { feature as customerFile } from '@vinculo/customer-file';
import { serve, type Served } from '@vinculo/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cleanConnections, askDue } from './due.ts';
import { part } from './part.ts';
import { type PullBench, pullBench } from './pulls.fixture.ts';

const READ = ['connection.read', 'source.read'];
let bench: PullBench;
let served: Served;
let inbox: string;
beforeAll(async () => {
  bench = await pullBench();
  served = await serve({ context: bench.context, close: async () => {} }, [part, { routes: customerFile.routes! }], {
    may: { ana: [...READ, 'connection.write', 'import.run'], leo: READ, eva: ['connection.write'] },
  });
  inbox = join(bench.context.config.dataFolder, 'inbox');
  await mkdir(inbox, { recursive: true });
  await writeFile(join(inbox, 'clientes.csv'), 'id;nombre;correo\n1;Ana;ana@example.com\n2;Luz;luz@example.com\n');
  await utimes(join(inbox, 'clientes.csv'), new Date(Date.now() - 300_000), new Date(Date.now() - 300_000));
});
afterAll(async () => {
  await served?.app.close();
  await bench?.close();
});

const settings = () => ({ kind: 'folder', folder: inbox, pattern: '*.csv' });
const input = (name: string, changes: object = {}) => ({
  name,
  settings: settings(),
  sourceId: bench.sourceId,
  importKind: 'customers',
  columns: { id: 'key', nombre: 'given_name', correo: 'email' },
  schedule: { every: 'minutes', minutes: 15 },
  ...changes,
});
const http = (changes: object = {}) => ({
  settings: { kind: 'http', url: 'http://127.0.0.1:1/clientes', headers: ['X-Key'], rows: '' },
  secrets: { bearer: 'muy-secreto', 'header.X-Key': 'otro-secreto' },
  ...changes,
});

describe('connections over the API', () => {
  it('go from a trial to rows, by the steps of an import', async () => {
    const trial = await served.ask('ana', 'POST', '/connections/trials', { settings: settings() });
    expect(trial).toMatchObject({
      status: 200,
      body: {
        rows: [
          ['1', 'Ana', 'ana@example.com'],
          ['2', 'Luz', 'luz@example.com'],
        ],
      },
    });
    const seen = await served.ask('ana', 'POST', `/imports/uploads/${trial.body.uploadId}/inspect`, {});
    expect(seen.body).toMatchObject({ kind: 'customers', columns: [{ field: 'key' }, { field: 'given_name' }, { field: 'email' }] });
    const added = await served.ask('ana', 'POST', '/connections', input('Clientes del ERP'));
    expect(added).toMatchObject({ status: 201, body: { name: 'Clientes del ERP', kind: 'folder', secrets: [], whole: true } });
    const { id } = added.body;
    await expect.poll(async () => (await served.ask('leo', 'GET', `/connections/${id}`)).body.state, { timeout: 20_000 }).toBe('fine');
    const { body } = await served.ask('leo', 'GET', `/connections/${id}/runs`);
    expect(body.items).toMatchObject([{ state: 'done', askedBy: 'ana', rowsRead: 2, rowsNew: 2, imports: [{ fileName: 'clientes.csv' }] }]);
    expect((await served.ask('leo', 'GET', '/connections?search=clientes')).body.items).toMatchObject([
      { id, rowsNew: 2, lastRun: { state: 'done' } },
    ]);
    expect((await served.ask('leo', 'GET', '/connections?search=nada')).body.items).toEqual([]);
  });

  it('keep their secrets to themselves, and let parts of them be changed', async () => {
    const added = await served.ask('ana', 'POST', '/connections', input('Tienda', { ...http(), enabled: false }));
    expect(added.body).toMatchObject({ secrets: ['bearer', 'header.X-Key'], state: 'paused', nextAt: null });
    const { id } = added.body;
    const changed = await served.ask('ana', 'PATCH', `/connections/${id}`, { secrets: { 'header.X-Key': '' } });
    expect(changed.body).toMatchObject({ secrets: ['bearer'] });
    for (const { body } of [added, changed, await served.ask('ana', 'GET', '/connections')])
      expect(JSON.stringify(body)).not.toContain('secreto');
    const told = await bench.desk<{ data: object }>(`select data from outbox where subject_id = $1`, [id]);
    expect(JSON.stringify(told)).not.toContain('secreto');
    expect(told.at(-1)).toMatchObject({ data: { secrets: ['header.X-Key'] } });
  });

  it('can be paused, run by hand, removed and brought back', async () => {
    const { id } = (await served.ask('ana', 'POST', '/connections', input('Pausa', { enabled: false }))).body;
    expect((await served.ask('ana', 'POST', `/connections/${id}/run`)).status).toBe(202);
    await expect
      .poll(async () => (await served.ask('leo', 'GET', `/connections/${id}`)).body.lastRun?.state, { timeout: 20_000 })
      .toBe('done');
    const resumed = await served.ask('ana', 'PATCH', `/connections/${id}`, { enabled: true });
    expect(Date.parse(resumed.body.nextAt) - Date.now()).toBeLessThan(15 * 60_000);
    expect((await served.ask('ana', 'DELETE', `/connections/${id}`)).status).toBe(204);
    expect((await served.ask('leo', 'GET', `/connections/${id}`)).status).toBe(404);
    await served.ask('ana', 'POST', '/connections', input('Pausa', { enabled: false }));
    expect((await served.ask('ana', 'POST', `/connections/${id}/restore`)).body).toMatchObject({ code: 'VIN_CONNECTION_CONFLICT' });
    await bench.desk(`update connection set name = 'Pausa 2' where id = $1`, [id]);
    expect((await served.ask('ana', 'POST', `/connections/${id}/restore`)).body).toMatchObject({ id, name: 'Pausa 2' });
  });

  it.each([
    ['a schedule nobody understands', { schedule: { every: 'cron', cron: 'mañana' } }, 'VIN_CONNECTION_SCHEDULE'],
    ['a folder that is not open to it', { settings: { kind: 'folder', folder: '/etc' } }, 'VIN_CONNECTION_FOLDER'],
    ['a mapping without what it needs', { columns: { id: null } }, 'VIN_IMPORT_KEY_MISSING'],
    ['a source that is not there', { sourceId: '01890000-0000-7000-8000-000000000000' }, 'VIN_SOURCE_NOT_FOUND'],
    ['a name that is taken', { name: 'tienda' }, 'VIN_CONNECTION_CONFLICT'],
    ['an address of another kind', { settings: { kind: 'http', url: 'file:///etc/passwd' } }, 'VIN_REQUEST_INVALID'],
    ['a secret of no known kind', { secrets: { otro: 'x' } }, 'VIN_REQUEST_INVALID'],
  ])('refuse %s', async (_what, changes, code) => {
    expect((await served.ask('ana', 'POST', '/connections', input('Mala', changes))).body).toMatchObject({ code });
  });

  it('are seen by who may read them, and touched by who may write them', async () => {
    const { id } = (await served.ask('ana', 'GET', '/connections')).body.items[0];
    for (const [who, method, url, status] of [
      ['nadie', 'GET', '/connections', 401],
      ['leo', 'POST', '/connections', 403],
      ['leo', 'PATCH', `/connections/${id}`, 403],
      ['leo', 'POST', `/connections/${id}/run`, 403],
      ['leo', 'DELETE', `/connections/${id}`, 403],
      ['leo', 'POST', '/connections/trials', 403],
      ['eva', 'POST', '/connections/trials', 403],
      ['eva', 'GET', '/connections', 403],
    ] as const) {
      expect({ who, method, url, ...(await served.ask(who, method, url, method === 'GET' ? undefined : {})) }).toMatchObject({
        who,
        method,
        url,
        status,
      });
    }
  });

  it('come by pages in the order of their names', async () => {
    const names: string[] = [];
    let cursor: string | null = null;
    do {
      const { body }: { body: { items: { name: string }[]; next: string | null } } = await served.ask(
        'leo',
        'GET',
        `/connections?limit=2${cursor ? `&cursor=${cursor}` : ''}`,
      );
      names.push(...body.items.map(({ name }) => name.toLowerCase()));
      cursor = body.next;
    } while (cursor);
    expect(names.length).toBeGreaterThan(3);
    expect(names).toEqual(names.toSorted());
  });
});

describe('time', () => {
  it('asks for what is due, once, and says when it is due next', async () => {
    await bench.desk(`update connection set next_at = null`);
    const { id } = (await served.ask('ana', 'POST', '/connections', input('Cada cuarto', { enabled: true }))).body;
    await expect
      .poll(async () => (await served.ask('leo', 'GET', `/connections/${id}`)).body.lastRun?.state, { timeout: 20_000 })
      .toBe('done');
    await bench.desk(`update connection set next_at = now() - interval '1 hour' where id = $1`, [id]);
    expect(await Promise.all([askDue(bench.context), askDue(bench.context)])).toEqual(expect.arrayContaining([{ runs: 1 }, null]));
    expect((await bench.connection(id)).next_at!.getTime()).toBeGreaterThan(Date.now());
    await expect
      .poll(
        async () =>
          (await served.ask('leo', 'GET', `/connections/${id}/runs`)).body.items.map(({ askedBy }: { askedBy: string }) => askedBy),
        {
          timeout: 20_000,
        },
      )
      .toEqual(['Vínculo', 'ana']);
  });

  it('tries what may pass again before its time, at longer intervals', async () => {
    const { id } = (
      await served.ask('ana', 'POST', '/connections', input('Caída', { ...http(), schedule: { every: 'day', hour: 3, minute: 0 } }))
    ).body;
    await expect.poll(async () => (await bench.connection(id)).failures, { timeout: 20_000 }).toBe(1);
    const wait = async () => ((await bench.connection(id)).next_at!.getTime() - Date.now()) / 1000;
    expect(await wait()).toBeLessThanOrEqual(120);
    await bench.desk(`update connection set next_at = now() + interval '1 day' where id = $1`, [id]);
    await bench.run(id);
    expect(await wait()).toBeGreaterThan(200);
    expect(await wait()).toBeLessThanOrEqual(240);
  });

  it('lets what was removed a month ago be forgotten, secrets included', async () => {
    const { id } = (await served.ask('ana', 'POST', '/connections', input('Vieja', { ...http(), enabled: false }))).body;
    const credentials = async () => (await bench.desk<{ n: number }>('select count(*)::int as n from credential'))[0]!.n;
    const before = await credentials();
    await served.ask('ana', 'DELETE', `/connections/${id}`);
    expect(await cleanConnections(bench.context)).toMatchObject({ connections: 0 });
    await bench.desk(`update connection set deleted_at = now() - interval '31 days' where id = $1`, [id]);
    expect(await cleanConnections(bench.context)).toMatchObject({ connections: 1 });
    expect(await credentials()).toBe(before - 1);
  });
});
