// Segments as people and programs use them, on a whole server: made, previewed, moved by what happens, explained.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { customerFile, importFile, tellFacts } from '@vinculo/customer-file';
import { feature as insight, segmentSources } from '@vinculo/insight';
import { audience, segments } from '@vinculo/segments';
import { newId, SYSTEM } from '@vinculo/postgres';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestServer, testServer, type Visitor } from './test-server.ts';

/** Longest from an event to the move it causes. */
const MOVED_WITHIN_MS = 5_000;
/** Longest a test waits for anything else. */
const PATIENCE_MS = 30_000;

const HOME: Record<string, string[]> = { Madrid: ['Calle Mayor 1', '28013', 'Madrid'], Sevilla: ['Calle Feria 2', '41003', 'Sevilla'] };
const PEOPLE = [
  ['1', 'Lucía', 'Peña Castro', 'Madrid', 'lucia@example.com', '612000001', '1990-05-06'],
  ['2', 'Hugo', 'Vidal Sanz', 'Madrid', 'hugo@example.com', '612000002', '1970-01-02'],
  ['3', 'Rocío', 'Ortiz Lozano', 'Sevilla', '', '612000003', '2001-09-09'],
  ['4', 'Noé', 'Muñoz Güell', 'Sevilla', 'noe@example.com', '612000004', ''],
].map((cells) => [...cells, ...HOME[cells[3]!]!]);
const lines = (...rows: string[][]) => `${rows.map((cells) => cells.join(';')).join('\n')}\n`;
const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);

let server: TestServer;
let owner: Visitor;
const ids: Record<string, string> = {};
beforeAll(async () => {
  server = await testServer({ features: [customerFile({ membership: audience }), segments(segmentSources), insight] });
  owner = server.owner;
  await load('clientes.csv', [
    [
      'Código',
      'Nombre',
      'Apellidos',
      'Provincia',
      'Correo electrónico',
      'Móvil',
      'Fecha nacimiento',
      'Dirección',
      'Código postal',
      'Población',
    ],
    ...PEOPLE,
  ]);
  await load('productos.csv', [
    ['Código artículo', 'Descripción', 'Categoría'],
    ['A', 'Café molido', 'Café'],
    ['B', 'Té verde', 'Té'],
  ]);
  await load('ventas.csv', [
    ['Línea', 'Ticket', 'Nº cliente', 'Código artículo', 'Cantidad', 'Importe', 'Fecha', 'Canal'],
    ['L1', 'T1', '1', 'A', '1', '10,00', day(10), 'Tienda'],
    ['L2', 'T2', '1', 'A', '1', '12,00', day(20), 'Tienda'],
    ['L3', 'T3', '2', 'A', '1', '9,00', day(200), 'Web'],
    ['L4', 'T4', '2', 'A', '1', '9,00', day(5), 'Web'],
    ['L5', 'T5', '3', 'B', '1', '90,00', day(5), 'Web'],
  ]);
  await server.quiet();
  const { body } = await owner.get('/customers?limit=50');
  for (const { id, name } of body.items as { id: string; name: string }[]) ids[name.split(' ')[0]!] = id;
});
afterAll(() => server?.stop());

async function load(name: string, rows: string[][]): Promise<void> {
  const path = join(server.context.config.dataFolder, name);
  await writeFile(path, lines(...rows));
  await importFile(server.context, { path, source: { name: 'tienda' }, actor: SYSTEM });
}

const group = (match: 'all' | 'any' | 'none', ...of: object[]) => ({ kind: 'group', match, of });
const rule = (...of: object[]) => ({ version: 1, where: group('all', ...of) });
const inMadrid = { kind: 'field', field: 'province', op: 'in', value: ['Madrid'] };
const coffee = (times: number) => ({
  kind: 'fact',
  fact: 'purchase',
  which: [{ by: 'category', is: ['Café'] }],
  period: { last: 90, unit: 'day' },
  measure: 'times',
  op: 'gte',
  value: times,
});

async function make(name: string, of: object, more: object = {}): Promise<string> {
  const { status, body } = await owner.send('POST', '/segments', { kind: 'rule', name, rule: of, ...more });
  expect(body).toMatchObject({ name });
  expect(status).toBe(201);
  await expect
    .poll(async () => (await owner.get(`/segments/${String(body.id)}`)).body.countedAt, { timeout: PATIENCE_MS, interval: 50 })
    .not.toBeNull();
  return String(body.id);
}
const names = async (id: string, query = '') =>
  ((await owner.get(`/segments/${id}/customers${query}`)).body.items as { name: string }[]).map(({ name }) => name.split(' ')[0]!);
const soon = (id: string, who: string[]) =>
  expect.poll(async () => (await names(id)).toSorted(), { timeout: MOVED_WITHIN_MS, interval: 50 }).toEqual(who.toSorted());

describe('a segment', () => {
  let madrid: string;
  let lovers: string;

  it('is previewed while it is written: how many, which share, what they bring, some of them', async () => {
    const { body } = await owner.send('POST', '/segments/preview', { rule: rule(inMadrid, coffee(2)) });
    expect(body).toMatchObject({ count: 1, everybody: 4, share: 0.25, revenue: 22 });
    expect(body.sample).toMatchObject([{ id: ids.Lucía, revenue: 22 }]);
    expect((await owner.send('POST', '/segments/preview', { rule: rule() })).body.count).toBe(4);
    expect((await owner.send('POST', '/segments/preview', { rule: rule(group('none', inMadrid)) })).body.count).toBe(2);
  });

  it('is counted once made, and listed with its size', async () => {
    madrid = await make('De Madrid', rule(inMadrid));
    lovers = await make('Cafeteros', rule(inMadrid, coffee(2)));
    expect((await names(madrid)).toSorted()).toEqual(['Hugo', 'Lucía']);
    expect(await names(lovers)).toEqual(['Lucía']);
    const { body } = await owner.get('/segments?sort=name');
    expect(body.items).toMatchObject([
      { name: 'Cafeteros', size: 1, trend: [1] },
      { name: 'De Madrid', size: 2, trend: [2] },
    ]);
  });

  it('lists its customers by name, revenue or last purchase, page by page, and as a file', async () => {
    expect(await names(madrid, '?sort=-revenue')).toEqual(['Lucía', 'Hugo']);
    expect(await names(madrid, '?sort=-last_purchase')).toEqual(['Hugo', 'Lucía']);
    const first = await owner.get(`/segments/${madrid}/customers?limit=1`);
    const second = await owner.get(`/segments/${madrid}/customers?limit=1&cursor=${String(first.body.next)}`);
    expect(
      [...(first.body.items as { name: string }[]), ...(second.body.items as { name: string }[])].map(({ name }) => name.split(' ')[0]),
    ).toEqual(['Lucía', 'Hugo']);
    expect(second.body.next).toBeNull();
    const reply = await fetch(`${server.url}/api/v1/segments/${madrid}/export`, {
      headers: { cookie: [...owner.cookies].map(([name, value]) => `${name}=${value}`).join('; '), 'accept-language': 'es' },
    });
    const csv = await reply.text();
    expect(csv.trim().split('\r\n')).toHaveLength(3);
    expect(csv).toContain('lucia@example.com');
    expect((await owner.get('/audit?action=segment.exported')).body.items).toHaveLength(1);
  });

  it('is a filter of the list of customers, of its count and of its file, beside the others', async () => {
    const listed = async (query: string) => {
      const { status, body } = await owner.get(`/customers?${query}`);
      expect(status).toBe(200);
      return (body.items as { name: string }[]).map(({ name }) => name.split(' ')[0]!);
    };
    const counted = async (query: string) => (await owner.get(`/customers/count?${query}`)).body;
    expect(await listed(`segment=${madrid}&sort=-revenue`)).toEqual(['Lucía', 'Hugo']);
    expect(await counted(`segment=${madrid}`)).toEqual({ count: 2, exact: true });
    expect(await listed(`segment=${madrid}&search=vidal`)).toEqual(['Hugo']);
    const { body } = await owner.get('/customers/channels');
    expect(body.items).toEqual([
      { channel: 'web', customers: 2 },
      { channel: 'store', customers: 1 },
    ]);
    expect((await listed('channel=web')).toSorted()).toEqual(['Hugo', 'Rocío']);
    expect(await listed(`segment=${madrid}&channel=web`)).toEqual(['Hugo']);
    expect(await counted(`segment=${madrid}&channel=web`)).toEqual({ count: 1, exact: true });
    // Of a segment that nobody made, nobody.
    expect(await listed(`segment=${newId()}`)).toEqual([]);
    const cookie = [...owner.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const reply = await fetch(`${server.url}/api/v1/customers/export?segment=${madrid}&channel=web&columns=name`, { headers: { cookie } });
    expect((await reply.text()).trim().split('\r\n').slice(1)).toEqual(['Hugo Vidal Sanz']);
    const told = (await owner.get('/audit?action=customer.export')).body.items as { detail: object }[];
    expect(told[0]).toMatchObject({ detail: { segment: madrid, channel: 'web' } });
  });

  it('explains why somebody is in it, down to the purchases', async () => {
    const { body } = await owner.get(`/segments/${lovers}/why/${ids.Lucía}`);
    expect(body).toMatchObject({ inside: true, rule: { holds: true } });
    const [lives, bought] = (body.rule as { of: Record<string, unknown>[] }).of;
    expect(lives).toMatchObject({ holds: true, found: ['Madrid'] });
    expect(bought).toMatchObject({ holds: true, found: 2 });
    expect(bought!.facts).toMatchObject([
      { amount: 10, what: 'Café molido · Café' },
      { amount: 12, what: 'Café molido · Café' },
    ]);
    const not = await owner.get(`/segments/${lovers}/why/${ids.Hugo}`);
    expect(not.body).toMatchObject({ inside: false, rule: { holds: false, of: [{ holds: true }, { holds: false, found: 1 }] } });
  });

  it('takes in by a purchase that arrives, within five seconds, and tells who entered', async () => {
    const path = join(server.context.config.dataFolder, 'mas-ventas.csv');
    await writeFile(
      path,
      lines(
        ['Línea', 'Ticket', 'Nº cliente', 'Código artículo', 'Cantidad', 'Importe', 'Fecha', 'Canal'],
        ['L9', 'T9', '2', 'A', '1', '15,00', day(1), 'Web'],
      ),
    );
    await importFile(server.context, { path, source: { name: 'tienda' }, actor: SYSTEM });
    await soon(lovers, ['Hugo', 'Lucía']);
    const { rows } = await sql<{ data: Record<string, unknown> }>`
      select data from outbox where type = 'segment.entered' and subject_id = ${lovers} order by id desc limit 1`.execute(
      server.context.store.db,
    );
    expect(rows[0]!.data).toMatchObject({ customers: [ids.Hugo], count: 1, reason: 'event' });
  });

  it('takes in by what somebody looks at, within five seconds, says which products, and asks for no more than it must', async () => {
    const look = async (product: string, id: string) => {
      const { store, warehouse } = server.context;
      const { rows } = await sql<{ id: string; source: string }>`
        select l.record_id as id, r.source_id as source from link l join source_record r on r.id = l.record_id
         where l.customer_id = ${ids.Rocío} and l.valid_to is null limit 1`.execute(store.db);
      const at = new Date().toISOString().slice(0, 19).replace('T', ' ');
      const [{ id: record, source }] = rows as [{ id: string; source: string }];
      await warehouse.insert('event', [
        {
          record_id: record,
          event_id: id,
          source_id: source,
          type: 'track',
          name: 'Product Viewed',
          occurred_at: at,
          received_at: at,
          products: [product],
          version: 1,
        },
      ]);
      await store.transaction(SYSTEM, (tx) => tellFacts(tx, [record], ['event']));
    };
    const waiting = async () =>
      (await sql<{ all: number }>`select count(*)::int as all from segment_pending`.execute(server.context.store.db)).rows[0]!.all;
    // No segment asks for visits yet: nobody is looked at because of one.
    await server.quiet();
    await look('A', newId());
    await server.quiet();
    expect(await waiting()).toBe(0);
    const looking = {
      kind: 'fact',
      fact: 'event',
      which: [{ by: 'category', is: ['Café'] }],
      period: { last: 7, unit: 'day' },
      measure: 'viewed',
      op: 'gte',
      value: 3,
    };
    const keen = await make('Miran café', rule(looking));
    expect(await names(keen)).toEqual([]);
    await look('A', newId());
    await look('B', newId());
    await server.quiet();
    expect(await names(keen)).toEqual([]);
    await look('A', newId());
    await soon(keen, ['Rocío']);
    const { body } = await owner.get(`/segments/${keen}/why/${ids.Rocío}`);
    const shown = { what: 'Café molido', channel: 'web', amount: null };
    expect(body).toMatchObject({ rule: { of: [{ holds: true, found: 3, facts: [shown, shown, shown] }] } });
    // Her purchases are where scoring left them: nothing has to be read afresh for a visit.
    const touched = await server.context.warehouse.rows('select 1 from segment_touched where customer_id = {id:UUID}', { id: ids.Rocío });
    expect(touched).toEqual([]);
    expect((await owner.get('/segments/suggestions?of=event.name')).body.items).toEqual([
      { value: 'Product Viewed', label: 'Product Viewed' },
    ]);
  });

  it('takes in and lets go by a change of the profile, within five seconds', async () => {
    const { rows } = await sql<{ id: string }>`select id from source where name = 'tienda'`.execute(server.context.store.db);
    const fields = { given_name: 'Rocío', surname: 'Ortiz Lozano', mobile: '612000003', birth_date: '2001-09-09' };
    const put = (province: string) =>
      owner.send('PUT', `/sources/${rows[0]!.id}/records/3`, {
        ...fields,
        province,
        address: HOME[province]![0],
        postcode: HOME[province]![1],
        city: HOME[province]![2],
      });
    await expect.poll(async () => (await put('Madrid')).status, { timeout: 30_000, interval: 500 }).toBe(200);
    await soon(madrid, ['Hugo', 'Lucía', 'Rocío']);
    expect((await put('Sevilla')).status).toBe(200);
    await soon(madrid, ['Hugo', 'Lucía']);
    const moves = (await owner.get(`/segments/${madrid}/moves`)).body.items as { name: string; entered: boolean }[];
    expect(moves.slice(0, 2)).toMatchObject([
      { customerId: ids.Rocío, entered: false, reason: 'event' },
      { customerId: ids.Rocío, entered: true, reason: 'event' },
    ]);
  });

  it('stays as it is when everything is scored again', async () => {
    await server.quiet();
    const before = { madrid: await names(madrid), lovers: await names(lovers) };
    const { rows } = await sql<{ n: number }>`select count(*) as n from segment_batch`.execute(server.context.store.db);
    const jobId = await server.context.jobs.enqueue('insight.score', {});
    await server.context.jobs.wait(jobId, 60_000);
    await server.quiet();
    expect({ madrid: await names(madrid), lovers: await names(lovers) }).toEqual(before);
    const after = await sql<{ n: number }>`select count(*) as n from segment_batch`.execute(server.context.store.db);
    expect(after.rows[0]!.n).toBe(rows[0]!.n);
    // What was touched is in the tables of scoring now.
    expect(await server.context.warehouse.rows('select 1 from segment_touched final')).toEqual([]);
  });

  it('reads nobody afresh any more for a file that was there when scoring began, whoever is first to hear of it', async () => {
    await load('mas.csv', [
      ['Línea', 'Ticket', 'Nº cliente', 'Código artículo', 'Cantidad', 'Importe', 'Fecha', 'Canal'],
      ['L9', 'T9', '4', 'B', '1', '5,00', day(300), 'Web'],
    ]);
    const jobId = await server.context.jobs.enqueue('insight.score', {});
    await server.context.jobs.wait(jobId, 60_000);
    await server.quiet();
    expect(await server.context.warehouse.rows('select 1 from segment_touched final')).toEqual([]);
    const { body } = await owner.send('POST', '/segments/preview', {
      rule: rule({ kind: 'fact', fact: 'purchase', measure: 'times', op: 'gte', value: 1 }, { ...coffee(1), op: 'lt' }),
    });
    expect(body.count).toBe(2);
  });

  it('may ask by scores and by other segments, and refuses to depend on itself', async () => {
    const loyal = await make(
      'Madrid y café',
      rule({ kind: 'segment', segment: lovers, in: true }, { kind: 'field', field: 'score.revenue', op: 'gte', value: 20 }),
    );
    expect((await names(loyal)).toSorted()).toEqual(['Hugo', 'Lucía']);
    const { body } = await owner.get(`/segments/${lovers}`);
    expect(body.usedBy).toMatchObject([{ id: loyal }]);
    const circle = await owner.send('PATCH', `/segments/${lovers}`, {
      version: body.version,
      rule: rule({ kind: 'segment', segment: loyal, in: true }),
    });
    expect(circle).toMatchObject({ status: 422, body: { code: 'VIN_SEGMENT_CYCLE' } });
    expect(String(circle.body.detail)).toContain('Madrid y café → Cafeteros');
    expect((await owner.send('POST', `/segments/${lovers}/archive`)).body.code).toBe('VIN_SEGMENT_IN_USE');
    expect((await owner.send('POST', `/segments/${loyal}/archive`)).body.archived).toBe(true);
  });

  it('changes with its rule, and refuses a change made from an older one', async () => {
    const { body } = await owner.get(`/segments/${madrid}`);
    const south = rule({ kind: 'field', field: 'province', op: 'in', value: ['Sevilla'] });
    expect((await owner.send('PATCH', `/segments/${madrid}`, { version: body.version, rule: south })).status).toBe(200);
    await soon(madrid, ['Noé', 'Rocío']);
    expect((await owner.send('PATCH', `/segments/${madrid}`, { version: body.version, name: 'Otro' })).body.code).toBe(
      'VIN_SEGMENT_CONFLICT',
    );
    const history = await owner.get(`/segments/${madrid}/history`);
    expect((history.body.batches as object[])[0]).toMatchObject({ reason: 'rule', entered: 2, gone: 2, size: 2 });
    expect((history.body.days as object[]).at(-1)).toMatchObject({ size: 2 });
  });

  it('says clearly what is wrong with a rule', async () => {
    const ask = async (condition: object) =>
      (await owner.send('POST', '/segments/preview', { rule: rule(condition) }, { 'accept-language': 'en' })).body;
    expect((await ask({ kind: 'field', field: 'shoe', op: 'in', value: ['x'] })).detail).toContain('there is no field "shoe"');
    expect((await ask({ kind: 'field', field: 'province', op: 'gte', value: 1 })).detail).toContain('"gte" does not fit province');
    expect((await ask({ kind: 'field', field: 'age', op: 'between', value: [9, 1] })).code).toBe('VIN_SEGMENT_RULE');
  });

  it('is made by those who may, and asks by worth for those who see it', async () => {
    const service = await server.join('service');
    expect((await service.send('POST', '/segments', { kind: 'rule', name: 'x', rule: rule(inMadrid) })).status).toBe(403);
    expect((await service.get('/segments')).status).toBe(200);
    const fulfilment = await server.join('fulfilment', 'almacen@example.com');
    const { body } = await fulfilment.get('/segments/catalogue');
    expect((body.fields as { id: string }[]).map(({ id }) => id)).not.toContain('score.tier');
    expect((await fulfilment.get('/segments/suggestions?of=score.tier')).status).toBe(403);
    expect((await fulfilment.get('/customers?alive=likely')).status).toBe(403);
    expect((await fulfilment.get('/customers?channel=web')).status).toBe(200);
  });
});

describe('suggestions', () => {
  it('are the values there are', async () => {
    const of = async (what: string) =>
      ((await owner.get(`/segments/suggestions?of=${what}`)).body.items as { label: string }[]).map(({ label }) => label);
    expect(await of('province')).toEqual(['Madrid', 'Sevilla']);
    expect(await of('province&search=sev')).toEqual(['Sevilla']);
    expect(await of('purchase.category')).toEqual(['Café', 'Té']);
    expect(await of('purchase.product&search=molido')).toEqual(['Café molido']);
    expect(await of('purchase.product&search=cafe%20MOLI')).toEqual(['Café molido']);
    expect(await of('purchase.category&search=te')).toEqual(['Té']);
    expect(await of('purchase.category&search=caf%C3%A9')).toEqual(['Café']);
    expect(await of('purchase.category&search=nada')).toEqual([]);
    expect(await of('source')).toContain('tienda');
    expect((await of('purchase.channel')).toSorted()).toEqual(['store', 'web']);
  });
});

describe('a list made by hand', () => {
  let list: string;
  it('takes customers by id, number and e-mail, and says of which lines nobody is known', async () => {
    list = String((await owner.send('POST', '/segments', { kind: 'list', name: 'Feria de mayo' })).body.id);
    const { body } = await owner.send('POST', `/segments/${list}/entries`, {
      customers: [ids.Noé],
      text: 'cliente;nota\nLUCIA@example.com;primera fila\n3\nnadie@example.com\n',
    });
    expect(body).toMatchObject({ added: 3, already: 0, unknown: ['nadie@example.com'], ambiguousCount: 0, size: 3 });
    expect((await names(list)).toSorted()).toEqual(['Lucía', 'Noé', 'Rocío']);
    expect((await owner.send('POST', `/segments/${list}/entries`, { text: 'lucia@example.com' })).body).toMatchObject({
      added: 0,
      already: 1,
    });
    expect((await owner.send('POST', `/segments/${list}/removals`, { customers: [ids.Noé] })).body).toEqual({ removed: 1, size: 2 });
  });

  it('follows a merge and its undo', async () => {
    const merged = await owner.send('POST', '/customers/merge', { into: ids.Hugo, from: ids.Rocío, reason: 'prueba' });
    expect(merged.status, JSON.stringify(merged.body)).toBe(200);
    const kept = String(merged.body.customerId);
    const members = async () =>
      ((await owner.get(`/segments/${list}/customers`)).body.items as { id: string }[]).map(({ id }) => id).toSorted();
    await expect.poll(members, { timeout: PATIENCE_MS, interval: 50 }).toEqual([ids.Lucía!, kept].toSorted());
    expect((await owner.send('POST', `/identity-changes/${String(merged.body.changeId)}/undo`)).status).toBe(200);
    await expect.poll(members, { timeout: PATIENCE_MS, interval: 50 }).toEqual([ids.Lucía!, ids.Rocío!].toSorted());
  });

  it('is frozen out of a segment', async () => {
    const segment = ((await owner.get('/segments?search=cafeteros')).body.items as { id: string; size: number }[])[0]!;
    const { body } = await owner.send('POST', '/segments', { kind: 'list', name: 'Cafeteros de hoy', from: segment.id });
    await expect.poll(async () => (await owner.get(`/segments/${String(body.id)}`)).body.size, { timeout: PATIENCE_MS }).toBe(segment.size);
    expect(body.frozenFrom).toMatchObject({ id: segment.id });
  });
});

describe('a mailing list of people who are no customers', () => {
  it('keeps them apart, tells who is a customer already, and makes customers of them when asked', async () => {
    const list = String((await owner.send('POST', '/segments', { kind: 'prospects', name: 'Boletín' })).body.id);
    const before = (await owner.get('/customers/count')).body.count;
    const { body } = await owner.send('POST', `/segments/${list}/prospects`, {
      prospects: [
        { name: 'Marta Gil', email: 'Marta@example.com', origin: 'Feria', consent: true, consentProof: 'casilla del formulario' },
        { name: 'Lucía Peña', email: 'lucia@example.com', origin: 'Feria' },
        { name: 'Sin Correo', origin: 'Feria' },
      ],
    });
    expect(body).toMatchObject({ added: 2, size: 2, customers: [{ email: 'lucia@example.com', customerId: ids.Lucía }] });
    expect((await owner.get('/customers/count')).body.count).toBe(before);
    expect((await owner.send('POST', '/segments/preview', { rule: rule({ kind: 'segment', segment: list, in: true }) })).status).toBe(422);

    const [marta] = (await owner.get(`/segments/${list}/prospects?search=marta`)).body.items as { id: string; consent: boolean }[];
    expect(marta!.consent).toBe(true);
    const made = await owner.send('POST', `/prospects/${marta!.id}/convert`);
    expect(made.body).toMatchObject({ created: true });
    expect((await owner.get('/customers/count')).body.count).toBe(Number(before) + 1);
    expect((await owner.send('POST', `/prospects/${marta!.id}/convert`)).body.code).toBe('VIN_SEGMENT_PROSPECT_CONVERTED');
    expect((await owner.get(`/segments/${list}`)).body.size).toBe(1);
  });
});
