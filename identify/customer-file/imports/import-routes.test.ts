import { createApp } from '@vinculo/http';
import { type Actor, newId, SYSTEM } from '@vinculo/postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ImportBench, importBench } from './imports.fixture.ts';
import { part } from './part.ts';

interface Answer<T> {
  status: number;
  headers: Headers;
  body: T;
}

const CSV = 'Código cliente;Nombre;Apellidos;Correo electrónico\n1;Ana;Peña López;ana@example.com\n;Sin clave;;\n';

const upload = (name: string, content: string) => {
  const form = new FormData();
  form.append('file', new Blob([content]), name);
  return form;
};

describe('importing over the API, as the console and the command line do', () => {
  let bench: ImportBench;
  let app: Awaited<ReturnType<typeof createApp>>;
  let url: string;
  let actor: Actor = SYSTEM;

  beforeAll(async () => {
    bench = await importBench();
    app = await createApp(bench.context, [{ name: 'imports', routes: part.routes }]);
    app.setAuthenticator(async () => actor);
    url = await app.listen({ port: 0, host: '127.0.0.1' });
  });
  afterAll(async () => {
    await app.close();
    await bench.close();
  });

  async function call<T>(method: string, path: string, body?: unknown, key: string = newId()): Promise<Answer<T>> {
    const form = body instanceof FormData;
    const reply = await fetch(`${url}/api/v1${path}`, {
      method,
      body: form ? body : body === undefined ? undefined : JSON.stringify(body),
      headers: {
        'accept-language': 'es',
        'idempotency-key': key,
        ...(body !== undefined && !form ? { 'content-type': 'application/json' } : {}),
      },
    });
    const text = await reply.text();
    const json = reply.headers.get('content-type')?.includes('json');
    return { status: reply.status, headers: reply.headers, body: (json ? JSON.parse(text) : text) as T };
  }
  async function untilDone(id: string) {
    for (;;) {
      const { body } = await call<{ state: string; rowsNew: number; rowsRejected: number }>('GET', `/imports/${id}`);
      if (['done', 'failed', 'cancelled'].includes(body.state)) return body;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  it('from an empty house to corrected rows', async () => {
    const source = await call<{ id: string }>('POST', '/sources', { name: 'web', label: 'Tienda web' });
    expect(source).toMatchObject({ status: 201, body: { name: 'web', country: 'ES', trust: 50, records: 0, lastImportAt: null } });
    expect(await call('POST', '/sources', { name: 'web', label: 'Otra' })).toMatchObject({
      status: 409,
      body: { code: 'VIN_SOURCE_CONFLICT' },
    });
    expect(await call('GET', `/sources/${source.body.id}/mapping?kind=customers`)).toMatchObject({
      status: 200,
      body: { columns: {}, options: null, customersOf: null },
    });

    type Upload = { id: string; kind: string; options: object; columns: { column: string; field: string | null }[] };
    const seen = await call<Upload>('POST', '/imports/uploads', upload('clientes de la web.csv', CSV));
    expect(seen).toMatchObject({
      status: 201,
      body: { fileName: 'clientes de la web.csv', kind: 'customers', options: { delimiter: ';' } },
    });
    const again = await call<Upload>('POST', `/imports/uploads/${seen.body.id}/inspect`, {
      options: { ...seen.body.options, dateOrder: 'mdy' },
    });
    expect(again.body.options).toMatchObject({ dateOrder: 'mdy' });

    const columns = Object.fromEntries(seen.body.columns.map(({ column, field }) => [column, field]));
    expect(columns).toEqual({ 'Código cliente': 'key', Nombre: 'given_name', Apellidos: 'surname', 'Correo electrónico': 'email' });
    const request = { uploadId: seen.body.id, sourceId: source.body.id, kind: 'customers', columns, options: seen.body.options };
    expect((await call<{ rows: unknown[] }>('POST', '/imports/preview', request)).body.rows).toHaveLength(2);

    const started = await call<{ id: string }>('POST', '/imports', request);
    expect(started).toMatchObject({ status: 202, body: { sourceLabel: 'Tienda web', createdBy: 'Vínculo' } });
    expect(await untilDone(started.body.id)).toMatchObject({ state: 'done', rowsNew: 1, rowsRejected: 1 });
    expect((await call('GET', '/imports?limit=1')).body).toMatchObject({ items: [{ id: started.body.id }], next: null });
    expect((await call('GET', `/sources/${source.body.id}/mapping?kind=customers`)).body).toMatchObject({ columns });
    expect((await call('GET', '/sources')).body).toMatchObject({ items: [{ records: 1 }] });

    const errors = await call('GET', `/imports/${started.body.id}/errors`);
    expect(errors.body).toMatchObject({
      items: [{ row: 3, column: 'Código cliente', reason: 'required', raw: { Nombre: 'Sin clave' } }],
      next: null,
    });
    const csv = await call<string>('GET', `/imports/${started.body.id}/errors.csv`);
    expect(csv.headers.get('content-disposition')).toContain('clientes%20de%20la%20web-errores.csv');
    expect(csv.body).toContain('Falta un valor que hace falta para cargar la fila;;Sin clave');

    const corrections = upload('errores.csv', csv.body.replace(';;Sin clave', ';2;Sin clave'));
    const corrected = await call<{ id: string }>('POST', `/imports/${started.body.id}/corrections`, corrections);
    expect(corrected.status).toBe(202);
    expect(await untilDone(corrected.body.id)).toMatchObject({ state: 'done', rowsNew: 1, rowsRejected: 0 });
    expect(await call('POST', `/imports/${corrected.body.id}/cancel`)).toMatchObject({ status: 409, body: { code: 'VIN_JOB_FINISHED' } });
  });

  it('a file sent twice under one key is one draft', async () => {
    const key = newId();
    const send = () => call<{ id: string }>('POST', '/imports/uploads', upload('dos veces.csv', CSV), key);
    const first = await send();
    const again = await send();
    expect(again).toMatchObject({ status: 201, body: first.body });
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect((await call<{ id: string }>('POST', '/imports/uploads', upload('dos veces.csv', CSV))).body.id).not.toBe(first.body.id);
    // Sent at once, as when a browser tries again before the first answer: still one.
    const other = newId();
    const twins = await Promise.all([1, 2].map(() => call<{ id: string }>('POST', '/imports/uploads', upload('a la vez.csv', CSV), other)));
    expect(new Set(twins.map(({ body }) => body.id)).size).toBe(1);
  });

  it('says what is wrong with a request, in the reader’s language', async () => {
    expect(await call('POST', '/imports/uploads', upload('foto.png', '\x89PNG\0\0'))).toMatchObject({
      status: 422,
      body: { code: 'VIN_IMPORT_FORMAT' },
    });
    expect(await call('POST', '/imports/uploads', upload('vacio.csv', ''))).toMatchObject({
      status: 422,
      body: { code: 'VIN_IMPORT_EMPTY' },
    });
    expect(await call('POST', '/imports/uploads', {})).toMatchObject({ status: 400, body: { code: 'VIN_REQUEST_INVALID' } });
    expect(await call('GET', `/imports/${newId()}`)).toMatchObject({ status: 404, body: { code: 'VIN_IMPORT_NOT_FOUND' } });
    expect(await call('POST', `/imports/uploads/${newId()}/inspect`, { options: OPTIONS })).toMatchObject({
      status: 404,
      body: { code: 'VIN_UPLOAD_NOT_FOUND' },
    });
  });

  it('needs the right to', async () => {
    actor = { ...SYSTEM, kind: 'user', permissions: new Set(['source.read']) };
    expect((await call('GET', '/sources')).status).toBe(200);
    expect((await call('GET', '/fields')).status).toBe(200);
    expect((await call('POST', '/sources', { name: 'x', label: 'X' })).status).toBe(403);
    expect((await call('POST', '/imports/uploads', upload('a.csv', CSV))).status).toBe(403);
    actor = SYSTEM;
  });

  it('a source is of a kind, and a change of one thing leaves the others', async () => {
    const made = await call<{ id: string }>('POST', '/sources', { name: 'app', label: 'App', kind: 'api', country: 'CO', trust: 80 });
    expect(made).toMatchObject({ status: 201, body: { kind: 'api' } });
    expect(await call('PATCH', `/sources/${made.body.id}`, { label: 'La app' })).toMatchObject({
      status: 200,
      body: { label: 'La app', kind: 'api', country: 'CO', trust: 80 },
    });
  });
});

const OPTIONS = {
  format: 'csv',
  compression: 'none',
  encoding: 'utf-8',
  delimiter: ';',
  quote: '"',
  header: true,
  decimal: ',',
  dateOrder: 'dmy',
};
