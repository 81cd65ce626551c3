// Hand-back to a folder, a real SFTP server, a real PostgreSQL and a real MariaDB.
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { feature as customerFile } from '@vinculo/customer-file';
import { type Context, feature as http } from '@vinculo/http';
import { newId, SYSTEM } from '@vinculo/postgres';
import { contextOver, serve, type Served, startMariadbServer, startPostgresServer, startSftpServer, testStores } from '@vinculo/testing';
import { sql } from 'kysely';
import { createConnection } from 'mysql2/promise';
import { Client } from 'pg';
import SftpClient from 'ssh2-sftp-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askDue } from './ask-due.ts';
import { handBack } from './part.ts';
import { runHandBack } from './run-hand-back.ts';

const ALL = ['connection.read', 'connection.write', 'customer.read', 'customer.read_personal', 'customer.export', 'value.read'];
const segment = newId();
let members: string[] = [];
const sources = {
  audience: {
    nameOf: async (_: unknown, id: string) => (id === segment ? 'Los mejores' : undefined),
    async *members() {
      yield members;
    },
    moved: async () => [],
  },
};
const part = handBack(sources);
let world: Served & { context: Context };
let folder: string;
const people: string[] = [];
const shop = newId();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vinculo-hand-back-'));
  const stores = await testStores({
    migrations: [
      { name: 'http', folder: http.migrations! },
      { name: 'customer-file', folder: customerFile.migrations! },
      { name: 'connections', folder: new URL('../migrations/', import.meta.url) },
    ],
    warehouseMigrations: [{ name: 'customer-file', folder: customerFile.warehouse! }],
  });
  const context = contextOver(stores);
  world = {
    ...(await serve({ context, close: () => stores.close() }, [part], {
      may: { ana: ALL, writer: ['connection.read', 'connection.write', 'customer.read'], reader: ['connection.read'] },
      jobs: [part],
    })),
    context,
  };
  const { db } = context.store;
  await sql`insert into source (id, name, label, trust) values (${shop}, 'web-shop', 'Tienda', 50)`.execute(db);
  for (let n = 0; n < 2_300; n++) people.push(newId());
  await sql`
    insert into customer (id, kind, display_name, sort_name, email, city, golden, records, sources, search)
    select id, 'person', 'Cliente, "' || n || '"', lpad(n::text, 5, '0'), 'c' || n || '@correo.example', 'Ávila', '{}', 1, '{}', ''
      from unnest(${people}::uuid[]) with ordinality as p(id, n)`.execute(db);
  const record = newId();
  await sql`insert into source_record (id, source_id, key, kind, raw, traits, hash) values (${record}, ${shop}, 'C-1', 'person', '{}', '{}', 0)`.execute(
    db,
  );
  await sql`insert into link (id, record_id, customer_id, reason, evidence) values (${newId()}, ${record}, ${people[0]!}, 'alone', '{}')`.execute(
    db,
  );
});
afterAll(async () => {
  await world?.close();
  await rm(folder, { recursive: true, force: true });
});

const make = async (more: object) => {
  const { status, body } = await world.ask('ana', 'POST', '/hand-backs', {
    name: 'Al ERP',
    list: { kind: 'filter', filter: {} },
    fields: ['name', 'email', 'city', `key:${shop}`, 'changedAt'],
    target: { kind: 'folder', folder, fileName: 'clientes', format: 'csv' },
    schedule: { every: 'never' },
    ...more,
  });
  expect(status, JSON.stringify(body)).toBe(201);
  return body as { id: string };
};
const run = async (id: string) => {
  const { body } = await world.ask('ana', 'POST', `/hand-backs/${id}/run`);
  const job = await world.context.jobs.wait(body.jobId, 60_000);
  return { job, run: (await world.ask('ana', 'GET', `/hand-backs/${id}/runs`)).body.items[0] };
};
const rename = (id: string, name: string) =>
  sql`update customer set display_name = ${name}, changed_at = now() where id = ${id}`.execute(world.context.store.db);

describe('a file', () => {
  it('has every customer of the list once, quoted as RFC 4180 says, and can be downloaded', async () => {
    const { id } = await make({});
    const { run: last } = await run(id);
    expect(last).toMatchObject({ state: 'done', customers: 2_300, written: 2_300, fileName: 'clientes.csv', askedBy: 'ana' });
    const text = await readFile(join(folder, 'clientes.csv'), 'utf8');
    const lines = text.trimEnd().split('\r\n');
    expect(lines[0]).toBe('customer_id,name,email,city,key_web_shop,changed_at');
    expect(lines).toHaveLength(2_301);
    expect(new Set(lines.slice(1).map((line) => line.slice(0, 36)))).toEqual(new Set(people));
    expect(lines[1]).toMatch(new RegExp(`^${people[0]},"Cliente, ""1""",c1@correo.example,Ávila,C-1,\\d{4}-`));
    expect(await readdir(folder)).toEqual(['clientes.csv']);
    const file = await world.app.inject({ url: `/api/v1/hand-backs/${id}/file`, headers: { 'x-who': 'ana' } });
    expect(file.body).toBe(text);
    expect((await world.ask('reader', 'GET', `/hand-backs/${id}/file`)).status).toBe(403);
    expect((await world.ask('reader', 'GET', `/hand-backs/${id}`)).body.hasFile).toBe(true);
  });

  it('of a segment, with the day in its name, as JSON lines and as Parquet', async () => {
    members = people.slice(0, 3);
    const list = { kind: 'segment', id: segment };
    const { id } = await make({ list, target: { kind: 'folder', folder: 'erp', fileName: '{date}-mejores', format: 'jsonl' } });
    const { run: last } = await run(id);
    expect(last).toMatchObject({ state: 'done', customers: 3 });
    expect(last.fileName).toMatch(/^\d{4}-\d\d-\d\d-mejores\.jsonl$/);
    const text = await readFile(join(world.context.config.dataFolder, 'hand-back', 'erp', last.fileName), 'utf8');
    expect(JSON.parse(text.split('\n')[0]!)).toMatchObject({ customer_id: people[0], key_web_shop: 'C-1' });

    const parquet = await make({ list, target: { kind: 'folder', folder, fileName: 'mejores', format: 'parquet' } });
    expect((await run(parquet.id)).run.state).toBe('done');
    const rows = await world.context.warehouse.rows<{ customer_id: string; t: string }>(
      `select customer_id, toTypeName(changed_at) as t from file('${join(folder, 'mejores.parquet')}', Parquet) order by customer_id`,
    );
    expect(rows.map((row) => row.customer_id)).toEqual(people.slice(0, 3).toSorted());
    expect(rows[0]!.t).toContain('DateTime64');
  });

  it('of what changed: the first time everybody, then who changed, and who left', async () => {
    members = people.slice(0, 10);
    const { id } = await make({
      list: { kind: 'segment', id: segment },
      fields: ['name'],
      mode: 'changed',
      target: { kind: 'folder', folder, fileName: 'cambios', format: 'csv' },
    });
    expect((await run(id)).run).toMatchObject({ written: 10, removed: 0 });
    expect((await run(id)).run).toMatchObject({ customers: 10, written: 0, removed: 0 });
    await rename(people[3]!, 'Otro nombre');
    members = [...people.slice(0, 9), people[10]!];
    expect((await run(id)).run).toMatchObject({ written: 2, removed: 1 });
    const lines = (await readFile(join(folder, 'cambios.csv'), 'utf8')).trimEnd().split('\r\n');
    expect(lines[0]).toBe('customer_id,change,name');
    expect(lines.slice(1).map((line) => line.split(',').slice(0, 2))).toEqual([
      [people[3], 'upsert'],
      [people[10], 'upsert'],
      [people[9], 'remove'],
    ]);
    // A run that fails at the end told nothing: the next tells it all.
    await rename(people[4]!, 'Cambiada');
    await rm(folder, { recursive: true });
    expect((await run(id)).job.state).toBe('failed');
    folder = await mkdtemp(folder);
    await rename(people[5]!, 'Cambiada también');
    await world.ask('ana', 'PATCH', `/hand-backs/${id}`, { name: 'Con otro nombre' });
    await sql`update hand_back set target = jsonb_set(target, '{folder}', ${JSON.stringify(folder)}::jsonb) where id = ${id}`.execute(
      world.context.store.db,
    );
    expect((await run(id)).run).toMatchObject({ written: 2, removed: 0 });
  });

  it('goes nowhere where our own files are, and says what is wrong', async () => {
    for (const bad of ['../x', world.context.config.dataFolder, join(world.context.config.dataFolder, 'postgres'), '/no/such/folder']) {
      const { body } = await world.ask('ana', 'POST', '/hand-backs', {
        name: 'x',
        list: { kind: 'filter', filter: {} },
        fields: [],
        target: { kind: 'folder', folder: bad, fileName: 'x', format: 'csv' },
        schedule: { every: 'never' },
      });
      expect(body.code, bad).toBe('VIN_HAND_BACK_FOLDER');
    }
    for (const fileName of ['../x', 'a/b', '.x', '']) {
      const { status } = await world.ask('ana', 'POST', '/hand-backs/test', {
        target: { kind: 'folder', folder, fileName, format: 'csv' },
      });
      expect(status, fileName).toBe(400);
    }
  });
});

describe('who may', () => {
  const base = { name: 'x', list: { kind: 'filter', filter: {} }, schedule: { every: 'never' } };
  it('hand over personal data only with the right to export it, scores only with the right to see them', async () => {
    const target = { kind: 'folder', folder, fileName: 'x', format: 'csv' };
    const email = await world.ask('writer', 'POST', '/hand-backs', { ...base, target, fields: ['name', 'email'] });
    expect(email).toMatchObject({ status: 403, body: { code: 'VIN_HAND_BACK_FIELDS' } });
    expect((await world.ask('writer', 'POST', '/hand-backs/preview', { list: base.list, fields: ['revenue'] })).status).toBe(403);
    expect(
      (
        await world.ask('writer', 'POST', '/hand-backs', {
          ...base,
          target,
          fields: ['name'],
          list: { kind: 'filter', filter: { tier: 'best' } },
        })
      ).status,
    ).not.toBe(201);
    const mine = await world.ask('writer', 'POST', '/hand-backs', { ...base, target, fields: ['name', 'orders'] });
    expect(mine.status).toBe(201);
    const { id } = await make({});
    expect((await world.ask('writer', 'PATCH', `/hand-backs/${id}`, { target })).status).toBe(403);
    expect((await world.ask('writer', 'PATCH', `/hand-backs/${id}`, { state: 'paused' })).status).toBe(200);
    const fields = await world.ask('writer', 'GET', '/hand-backs/fields');
    expect(fields.body.items.find((one: { id: string }) => one.id === 'email').allowed).toBe(false);
    expect((await world.ask('ana', 'POST', '/hand-backs/preview', { list: base.list, fields: ['email'] })).body).toMatchObject({
      count: 2_300,
      columns: ['customer_id', 'email'],
    });
  });

  it('a run leaves a line with how many, and a schedule asks for it', async () => {
    const { id } = await make({ schedule: { every: 'minutes', minutes: 1 }, fields: ['name'] });
    await sql`update hand_back set next_at = now() - interval '1 second' where id = ${id}`.execute(world.context.store.db);
    expect(await askDue(world.context)).toEqual({ runs: 1 });
    expect(await askDue(world.context)).toBeNull();
    await expect
      .poll(async () => (await world.ask('ana', 'GET', `/hand-backs/${id}`)).body.lastRun?.state, { timeout: 20_000 })
      .toBe('done');
    const { rows } = await sql<{ data: object }>`select data from outbox where type = 'hand_back.delivered' and subject_id = ${id}`.execute(
      world.context.store.db,
    );
    expect(rows[0]!.data).toMatchObject({ written: 2_300, configuredBy: 'ana', fields: ['name'] });
  });
});

it('over SFTP: the key of the server is demanded, and the file is whole or not there', async () => {
  const server = await startSftpServer();
  const { host, port, user, privateKey, passphrase } = server;
  const client = new SftpClient();
  try {
    const target = { kind: 'sftp', host, port, user, folder: server.folder, fileName: 'clientes', format: 'jsonl' };
    const tried = await world.ask('ana', 'POST', '/hand-backs/test', { target, secrets: { privateKey, passphrase } });
    expect(tried.body).toMatchObject({ ok: true, hostKey: server.hostKey });
    const { id } = await make({ target: { ...target, hostKey: server.hostKey }, secrets: { privateKey, passphrase } });
    expect((await run(id)).run).toMatchObject({ state: 'done', written: 2_300 });
    await client.connect({ host, port, username: user, privateKey, passphrase });
    const list = await client.list(server.folder);
    expect(list.map(({ name }) => name)).toEqual(['clientes.jsonl']);
    expect(
      String(await client.get(`${server.folder}/clientes.jsonl`))
        .trimEnd()
        .split('\n'),
    ).toHaveLength(2_300);
    await client.end();
    await server.changeKey();
    const { run: refused } = await run(id);
    expect(refused).toMatchObject({ state: 'failed', error: { code: 'VIN_CONNECTION_HOST_KEY' } });
    // Kept secrets are not shown to another machine.
    expect((await world.ask('ana', 'PATCH', `/hand-backs/${id}`, { target: { ...target, host: 'otra.example' } })).body.code).toBe(
      'VIN_HAND_BACK_TARGET',
    );
    expect(JSON.stringify((await world.ask('ana', 'GET', `/hand-backs/${id}`)).body)).not.toContain('PRIVATE');
  } finally {
    await client.end().catch(() => {});
    await server.stop();
  }
});

describe.each(['postgres', 'mysql'] as const)('a table of %s', (engine) => {
  let query: (text: string) => Promise<Record<string, unknown>[]>;
  let end: () => Promise<unknown>;
  let target: Record<string, unknown>;
  let password: string;
  beforeAll(async () => {
    if (engine === 'postgres') {
      const server = await startPostgresServer();
      const url = new URL(server.url);
      password = decodeURIComponent(url.password);
      target = { host: url.hostname, port: Number(url.port), database: url.pathname.slice(1), user: decodeURIComponent(url.username) };
      const client = new Client({ connectionString: server.url });
      await client.connect();
      query = async (text) => (await client.query(text)).rows as Record<string, unknown>[];
      end = async () => (await client.end(), server.stop());
    } else {
      const server = await startMariadbServer();
      ({ password } = server);
      target = { host: server.host, port: server.port, database: server.database, user: server.user };
      const connection = await createConnection({
        ...(target as { host: string; port: number; database: string; user: string }),
        password,
      });
      query = async (text) => (await connection.query(text))[0] as unknown as Record<string, unknown>[];
      end = async () => (await connection.end(), server.stop());
    }
    target = { kind: 'database', engine, tls: 'off', ...target };
  });
  afterAll(() => end?.());
  const count = async (table: string) => Number((await query(`select count(*) as n from ${table}`))[0]!.n);

  it('is exchanged whole; readers have the former until they have the new', async () => {
    const { id } = await make({
      target: { ...target, table: 'clientes', write: 'replace' },
      secrets: { password },
      fields: ['name', 'email', 'orders', 'changedAt'],
    });
    expect((await run(id)).run).toMatchObject({ state: 'done', written: 2_300 });
    expect(await count('clientes')).toBe(2_300);
    expect((await query(`select * from clientes where customer_id = '${people[0]}'`))[0]).toMatchObject({
      name: 'Cliente, "1"',
      email: 'c1@correo.example',
      orders: null,
    });
    const seen = new Set<number>();
    const over = new AbortController();
    const looking = (async () => {
      while (!over.signal.aborted) seen.add(await count('clientes'));
    })();
    await run(id);
    await run(id);
    over.abort();
    await looking;
    expect([...seen]).toEqual([2_300]);
    const wrong = await world.ask('ana', 'POST', '/hand-backs/test', {
      target: { ...target, table: 'clientes' },
      secrets: { password: 'mala' },
    });
    expect(wrong.body).toMatchObject({ ok: false });
    expect(wrong.body.message).not.toContain('mala');
  });

  it('is changed row by row; who left is taken out; new columns are added; a table of others is left alone', async () => {
    members = people.slice(0, 5);
    const list = { kind: 'segment', id: segment };
    const { id } = await make({
      list,
      mode: 'changed',
      fields: ['name'],
      target: { ...target, table: 'mejores', write: 'upsert' },
      secrets: { password },
    });
    await run(id);
    expect(await count('mejores')).toBe(5);
    await rename(people[1]!, `Nombre nuevo ${engine}`);
    members = people.slice(1, 6);
    expect((await run(id)).run).toMatchObject({ written: 2, removed: 1 });
    expect((await query('select customer_id from mejores')).map((row) => row.customer_id).toSorted()).toEqual(
      people.slice(1, 6).toSorted(),
    );
    expect((await query(`select name from mejores where customer_id = '${people[1]}'`))[0]!.name).toBe(`Nombre nuevo ${engine}`);
    await world.ask('ana', 'PATCH', `/hand-backs/${id}`, { fields: ['name', 'city'], mode: 'whole' });
    members = people.slice(2, 4);
    expect((await run(id)).run.state).toBe('done');
    expect((await query('select city from mejores')).map((row) => row.city)).toEqual(['Ávila', 'Ávila']);

    await query('create table ajena (id int)');
    const other = await make({ target: { ...target, table: 'ajena', write: 'replace' }, secrets: { password } });
    expect((await run(other.id)).run).toMatchObject({ state: 'failed', error: { code: 'VIN_HAND_BACK_TARGET' } });
    expect(await count('ajena')).toBe(0);
  });

  it('a run that was killed in the middle leaves the table as it was, and the next does it', async () => {
    members = people.slice(0, 4);
    const list = { kind: 'segment', id: segment };
    const { id } = await make({ list, fields: ['name'], target: { ...target, table: 'matada', write: 'replace' }, secrets: { password } });
    await run(id);
    // As far as it gets before the end, and no further: what it made beside the table is still there.
    await query('create table matada__vinculo (x int)');
    members = people.slice(0, 7);
    const stop = new AbortController();
    const dying = runHandBack(world.context, sources, id, {
      id: newId(),
      actor: SYSTEM,
      signal: stop.signal,
      progress: async () => stop.abort(new Error('power')),
    });
    await expect(dying).rejects.toThrow('power');
    expect(await count('matada')).toBe(4);
    expect((await run(id)).run).toMatchObject({ state: 'done', written: 7 });
    expect(await count('matada')).toBe(7);
  });
});

it('what a file of another run left behind is of no matter', async () => {
  const { id } = await make({ target: { kind: 'folder', folder, fileName: 'resto', format: 'csv' } });
  await writeFile(join(folder, '.resto.csv.part'), 'medio');
  expect((await run(id)).run.state).toBe('done');
  expect((await readdir(folder)).filter((name) => name.startsWith('.'))).toEqual([]);
});
